import type { JobPosition, LuccaEmployee } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import { UpstreamError } from '../errors.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, byKey, groupBy, type Loader } from './batch.ts';
import type { Lists } from './lists.ts';
import type { ReadPlan } from './plan.ts';
import type { ReferenceLoaders } from './reference.ts';

const valuesPerRequest = 100;

/** Lucca's employees as far as one operation has read them. */
export type LuccaPeople = {
  /** Takes in rows read elsewhere and returns the records that stand for them in this operation. */
  remember(rows: readonly LuccaEmployee[]): LuccaEmployee[];
  known(): readonly LuccaEmployee[];
  isKnown(luccaId: string): boolean;
  /** True once the whole directory is known. */
  isComplete(): boolean;
  /** Grows with every record: what was derived from `known` at another revision is out of date. */
  revision(): number;
  byId: Loader<string, LuccaEmployee | null>;
  /** All records with the address, whatever its case. Keys are addresses in a spelling at hand. */
  byEmail: Loader<string, readonly LuccaEmployee[] | null>;
  /** The people whose applicable job-position has the qualification, by its id. */
  holdersOf: Loader<string, readonly LuccaEmployee[] | null>;
  /** All of Lucca's employees; afterwards `known` is complete. */
  all(): Promise<readonly LuccaEmployee[]>;
  /** Asks who else has the address of somebody who was asked for by id: with others of a page that is not done. */
  confirmAddress(record: LuccaEmployee): Promise<void>;
  /** True when the whole directory costs nothing more, and will be there in time. */
  isWholeAtHand(): boolean;
};

export function createLuccaPeople(
  upstreams: Upstreams,
  lists: Lists,
  reference: ReferenceLoaders,
  plan: ReadPlan,
): LuccaPeople {
  const records = new Map<string, LuccaEmployee>();
  /** The records as a list, the same one until there are more; the directory itself where nothing else was read. */
  let rows: readonly LuccaEmployee[] = [];

  const unconfirmed = new Set<string>();

  const remember = (rows: readonly LuccaEmployee[]): LuccaEmployee[] =>
    rows.map((row) => {
      const earlier = records.get(row.luccaId);
      if (earlier !== undefined) return earlier;
      records.set(row.luccaId, row);
      return row;
    });

  function known(): readonly LuccaEmployee[] {
    if (rows.length !== records.size) rows = [...records.values()];
    return rows;
  }

  let everybody: readonly LuccaEmployee[] | undefined;
  async function all(): Promise<readonly LuccaEmployee[]> {
    const directory = await lists.luccaDirectory();
    if (everybody === undefined) {
      if (records.size === 0) rows = directory;
      const remembered = remember(directory);
      everybody = known() === directory ? directory : remembered;
    }
    return everybody;
  }
  const isWholeAtHand = () => lists.isAtHand('luccaDirectory');
  const options = { embedded: plan.luccaEmbedded };

  async function findByIds(ids: readonly string[]) {
    if (isWholeAtHand()) return byKey(await all(), (it) => it.luccaId);
    const missing = ids.filter((id) => !records.has(id));
    if (missing.length > 0) {
      const found = remember(await upstreams.client('LUCCA').employeesById(missing, options));
      for (const { luccaId } of found) unconfirmed.add(luccaId);
    }
    return (id: string) => records.get(id) ?? null;
  }

  /**
   * Lucca compares addresses strictly, and systems spell them differently: one request in the spellings at hand finds
   * nearly everybody. Only if somebody stays unknown is the directory read, where case does not matter.
   */
  async function findByEmails(emails: readonly string[]) {
    if (!isWholeAtHand()) {
      remember(await upstreams.client('LUCCA').employeesByEmail(spellingsOf(emails), options));
    }
    const found = addressed(known());
    const isComplete = emails.every((email) => found.has(foldEmail(email)));
    if (isComplete && !isWholeAtHand()) return (email: string) => found.get(foldEmail(email)) ?? [];
    try {
      const index = addressed(await all());
      return (email: string) => index.get(foldEmail(email)) ?? [];
    } catch (error) {
      if (!isStillReading(error)) throw error;
      return (email: string) => found.get(foldEmail(email)) ?? error;
    }
  }

  /** Lucca can filter by qualification, so the directory serves only where it is read anyway. */
  async function findHolders(ids: readonly string[]) {
    const rows = isWholeAtHand()
      ? await all()
      : remember(await upstreams.client('LUCCA').employeesByJobQualification(ids, { embedded: true }));
    const positions = await Promise.all(rows.map(jobPositionOf));
    const holders = groupBy([...rows.keys()], (index) => positions[index]?.jobQualificationId ?? null);
    return (id: string) => (holders.get(id) ?? []).flatMap((index) => rows[index] ?? []);
  }

  const jobPositionOf = async ({ jobPosition }: LuccaEmployee): Promise<JobPosition | null> =>
    jobPosition === null ? null : (jobPosition.value ?? reference.jobPosition.load(jobPosition.id));

  const byEmail = batched<string, readonly LuccaEmployee[]>(findByEmails);

  async function confirmAddress({ luccaId, email }: LuccaEmployee): Promise<void> {
    if (unconfirmed.has(luccaId) && email !== null) await byEmail.load(email);
  }

  return {
    remember,
    known,
    isKnown: (luccaId) => records.has(luccaId),
    isComplete: () => everybody !== undefined,
    revision: () => records.size,
    byId: batched(findByIds),
    byEmail,
    confirmAddress,
    holdersOf: batched(findHolders),
    all,
    isWholeAtHand,
  };
}

/** A big company's directory takes minutes: whoever was found without it need not wait for it. */
export const isStillReading = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && error.code === 'UPSTREAM_RATE_LIMITED';

/** As given and in lower case, unless both together would cost a second request. */
function spellingsOf(emails: readonly string[]): string[] {
  const given = [...new Set(emails)];
  const spellings = [...new Set([...given, ...given.map((email) => email.toLowerCase())])];
  return spellings.length <= valuesPerRequest ? spellings : given;
}

const addressed = (rows: readonly LuccaEmployee[]): Map<string, LuccaEmployee[]> =>
  groupBy(rows, (row) => (row.email === null ? null : foldEmail(row.email)));
