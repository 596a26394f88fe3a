import { type Awaitable, allThere, whenThere } from '../domain/awaitable.ts';
import type { JobPosition, LuccaEmployee } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import { UpstreamError } from '../errors.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, groupBy, type Loader } from './batch.ts';
import { employeesByAddress } from './directories.ts';
import { keptWith } from './kept-with.ts';
import { knownRowsBy } from './known-rows.ts';
import type { Lists } from './lists.ts';
import type { ReadPlan } from './plan.ts';
import type { ReferenceLoaders } from './reference.ts';

const valuesPerRequest = 100;

/** Lucca's employees as far as one operation has read them. */
export type LuccaPeople = {
  /** Takes in rows read elsewhere and returns the records that stand for them in this operation. */
  remember(rows: readonly LuccaEmployee[]): readonly LuccaEmployee[];
  /** The same list until there are more of them. */
  known(): readonly LuccaEmployee[];
  isKnown(luccaId: string): boolean;
  /** True once the whole directory is known. */
  isComplete(): boolean;
  byId: Loader<string, LuccaEmployee | null>;
  /** All records with the address, whatever its case. Keys are addresses in a spelling at hand. */
  byEmail: Loader<string, readonly LuccaEmployee[] | null>;
  /** The people whose applicable job-position has the qualification, by its id. */
  holdersOf: Loader<string, readonly LuccaEmployee[] | null>;
  /** All of Lucca's employees; afterwards `known` is complete. */
  all(): Awaitable<readonly LuccaEmployee[]>;
  /** Asks who else has the address of somebody who was asked for by id: with others of a page that is not done. */
  confirmAddress(record: LuccaEmployee): Awaitable<unknown>;
  /** True when the whole directory costs nothing more, and will be there in time. */
  isWholeAtHand(): boolean;
};

export function createLuccaPeople(
  upstreams: Upstreams,
  lists: Lists,
  reference: ReferenceLoaders,
  plan: ReadPlan,
): LuccaPeople {
  const records = knownEmployees();
  const unconfirmed = new Set<string>();
  const options = { embedded: plan.luccaEmbedded };

  function remember(rows: readonly LuccaEmployee[]): readonly LuccaEmployee[] {
    records.add(rows);
    return records.all() === rows ? rows : rows.map((row) => records.get(row.luccaId) ?? row);
  }

  let everybody: readonly LuccaEmployee[] | undefined;
  const all = (): Awaitable<readonly LuccaEmployee[]> =>
    everybody ??
    whenThere(lists.luccaDirectory(), (directory) => {
      everybody ??= remember(directory);
      return everybody;
    });
  const isWholeAtHand = () => everybody !== undefined || lists.isAtHand('luccaDirectory');

  async function findByIds(ids: readonly string[]) {
    if (isWholeAtHand()) await all();
    const missing = everybody === undefined ? ids.filter((id) => records.get(id) === undefined) : [];
    if (missing.length > 0) {
      const found = remember(await upstreams.client('LUCCA').employeesById(missing, options));
      for (const { luccaId } of found) unconfirmed.add(luccaId);
    }
    return (id: string) => records.get(id) ?? null;
  }

  /** Who is known at all is known whole: the rows of an operation come with the same members. */
  const knownById = (id: string) => records.get(id) ?? (everybody === undefined ? undefined : null);

  /**
   * Lucca compares addresses strictly, and systems spell them differently: one request in the spellings at hand finds
   * nearly everybody. Only if somebody stays unknown is the directory read, where case does not matter.
   */
  async function findByEmails(emails: readonly string[]) {
    if (!isWholeAtHand()) {
      remember(await upstreams.client('LUCCA').employeesByEmail(spellingsOf(emails), options));
    }
    const found = employeesByAddress(records.all());
    const isComplete = emails.every((email) => found.has(foldEmail(email)));
    if (isComplete && !isWholeAtHand()) return (email: string) => found.get(foldEmail(email)) ?? [];
    try {
      await all();
      return everybodyAt;
    } catch (error) {
      if (!isStillReading(error)) throw error;
      return (email: string) => found.get(foldEmail(email)) ?? error;
    }
  }

  const everybodyAt = (email: string) => employeesByAddress(records.all()).get(foldEmail(email)) ?? [];

  /**
   * Lucca can filter by qualification, so the directory serves only where it is read anyway. Who needs all holders of all
   * qualifications waits for it even where it takes long: the filtered lists together are as long once more.
   */
  async function findHolders(ids: readonly string[]) {
    const rows =
      isWholeAtHand() || plan.lists.has('luccaDirectory')
        ? await all()
        : remember(await upstreams.client('LUCCA').employeesByJobQualification(ids, { embedded: true }));
    const positions = await allThere(rows, jobPositionOf);
    const holders = groupBy([...rows.keys()], (index) => positions[index]?.jobQualificationId ?? null);
    return (id: string) => (holders.get(id) ?? []).flatMap((index) => rows[index] ?? []);
  }

  const jobPositionOf = ({ jobPosition }: LuccaEmployee): Awaitable<JobPosition | null> =>
    jobPosition === null ? null : (jobPosition.value ?? reference.jobPosition.load(jobPosition.id));

  const byEmail = batched<string, readonly LuccaEmployee[]>(findByEmails, (email) =>
    everybody === undefined ? undefined : everybodyAt(email),
  );

  return {
    remember,
    known: records.all,
    isKnown: (luccaId) => records.get(luccaId) !== undefined,
    isComplete: () => everybody !== undefined,
    byId: batched<string, LuccaEmployee>(findByIds, knownById),
    byEmail,
    confirmAddress: ({ luccaId, email }) =>
      unconfirmed.has(luccaId) && email !== null ? byEmail.load(email) : undefined,
    holdersOf: batched<string, readonly LuccaEmployee[]>(findHolders, (id) =>
      everybody === undefined ? undefined : holdersIn(everybody)?.(id),
    ),
    all,
    isWholeAtHand,
  };
}

const knownEmployees = knownRowsBy((it: LuccaEmployee) => it.luccaId);

/** Null where somebody's job-position did not come with them. */
const holdersIn = keptWith((rows: readonly LuccaEmployee[]) => {
  if (rows.some(({ jobPosition }) => jobPosition !== null && jobPosition.value === null)) return null;
  const holders = groupBy(rows, (it) => it.jobPosition?.value?.jobQualificationId ?? null);
  return (id: string): readonly LuccaEmployee[] => holders.get(id) ?? [];
});

/** A big company's directory takes minutes: whoever was found without it need not wait for it. */
export const isStillReading = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && error.code === 'UPSTREAM_RATE_LIMITED';

/** As given and in lower case, unless both together would cost a second request. */
function spellingsOf(emails: readonly string[]): string[] {
  const given = [...new Set(emails)];
  const spellings = [...new Set([...given, ...given.map((email) => email.toLowerCase())])];
  return spellings.length <= valuesPerRequest ? spellings : given;
}
