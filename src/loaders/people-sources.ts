import { normalKey } from '../directory/normal-form.ts';
import { type ComparedRecord, comparedRecord } from '../directory/record-comparison.ts';
import { inSlices } from '../directory/slices.ts';
import type { PeopleRecords } from '../domain/employee.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import type { PeopleSource, RecordNames, Traits } from '../domain/people-source.ts';
import { sharedList } from '../domain/row-sharing.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { ctrlHubPeople } from '../upstreams/ctrl-hub/people-source.ts';
import { luccaPeople } from '../upstreams/lucca/people-source.ts';
import { naverPeople } from '../upstreams/naver/people-source.ts';
import type { PeopleListName, PeopleLists, RowOf } from './list-names.ts';

/** An upstream's people: their source for the directory, and where the lists hold their records. */
type PeopleOf<U extends Upstream> = {
  readonly source: PeopleSource<PeopleRecords[U], U>;
  /**
   * The records in the lists; a generator if they have to be combined. `previous`: the records of the previous
   * snapshot, which is returned itself if nothing has changed.
   */
  recordsIn(
    lists: Partial<PeopleLists>,
    previous: readonly PeopleRecords[U][] | undefined,
  ): readonly PeopleRecords[U][] | Generator<void, readonly PeopleRecords[U][]>;
  /** A further identifier, for records without a key. */
  alias?(record: PeopleRecords[U]): string | null;
  /** True: a name of which one half is missing is not shown at all, as the vendor does. */
  hidesHalfNames?: boolean;
};

const none: readonly never[] = [];

export const peopleOf: { readonly [U in Upstream]: PeopleOf<U> } = {
  LUCCA: { source: luccaPeople, recordsIn: ({ employees }) => employees?.rows ?? none },
  NAVER: { source: naverPeople, recordsIn: ({ people }) => people?.rows ?? none, alias: ({ loginId }) => loginId },
  CTRL_HUB: { source: ctrlHubPeople, recordsIn: ctrlHubUsers, hidesHalfNames: true },
};

const upstreamByPrefix = new Map(
  upstreams.flatMap((upstream) => peopleOf[upstream].source.keys.map(({ prefix }) => [prefix, upstream] as const)),
);

/** The upstream of an identifier such as `L:982`, by its prefix; undefined for an unknown prefix. */
export const upstreamOfIdentifier = (id: string): Upstream | undefined =>
  upstreamByPrefix.get(id.split(':', 1)[0] ?? '');

/** A record's first key, spelled as in the upstream; null for a record without a key. */
export function keyOfRecord<U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null {
  for (const kind of peopleOf[upstream].source.keys) {
    const key = kind.of(record);
    if (key !== null) return key;
  }
  return null;
}

/**
 * A record's first key that identifies its person, in normal form; null if none does. `isTheirs`: whether an
 * identifier such as `L:982` finds the person.
 */
export function namingKeyOf<U extends Upstream>(
  upstream: U,
  record: PeopleRecords[U],
  isTheirs: (id: string) => boolean,
): string | null {
  const { keys, ignoresCaseOfKeys } = peopleOf[upstream].source;
  for (const kind of keys) {
    const key = normalKey(kind.of(record), ignoresCaseOfKeys);
    if (key !== null && isTheirs(`${kind.prefix}:${key}`)) return key;
  }
  return null;
}

/** The identifiers by which a row of the mapping file may name a record of the upstream, such as `L:982`. */
export const identifiersOfMappingKey = (upstream: Upstream, mappingKey: string): string[] =>
  peopleOf[upstream].source.keys.map(({ prefix }) => `${prefix}:${mappingKey}`);

export const comparedRecordOf = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): ComparedRecord =>
  comparedRecord(peopleOf[upstream].source, record);

export const aliasOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null =>
  peopleOf[upstream].alias?.(record) ?? null;

export const namesOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): RecordNames =>
  peopleOf[upstream].source.namesOf(record);

export const emailOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null =>
  peopleOf[upstream].source.traitsOf(record).email;

/** True for an ended employment. */
export const isFormerRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): boolean =>
  peopleOf[upstream].source.isFormer(record);

export const showsHalfNames = (upstream: Upstream): boolean => !peopleOf[upstream].hidesHalfNames;

/** All identifiers that a record holds, spelled as in its upstream. */
export type Identifiers = { upstream: Upstream; keys: readonly (string | null)[]; traits: Traits | null };

export function identifiersOf<U extends Upstream>(upstream: U, record: PeopleRecords[U]): Identifiers {
  const { source, alias } = peopleOf[upstream];
  const keys = [...source.keys.map((kind) => kind.of(record)), alias?.(record) ?? null];
  return { upstream, keys, traits: source.traitsOf(record) };
}

/** For each people list: the identifiers in one of its rows. */
export const identifiersIn: { readonly [N in PeopleListName]: (row: RowOf<N>) => Identifiers } = {
  employees: (row) => identifiersOf('LUCCA', row),
  people: (row) => identifiersOf('NAVER', row),
  members: (row) => identifiersOf('CTRL_HUB', row),
  assignments: ({ userId }) => ({ upstream: 'CTRL_HUB', keys: [userId], traits: null }),
};

/** The members and all users of visible assignments, including users of whom only the id is visible. */
function* ctrlHubUsers(
  { members, assignments }: Partial<PeopleLists>,
  previous: readonly CtrlHubUser[] | undefined,
): Generator<void, readonly CtrlHubUser[]> {
  const users = new Map<string, CtrlHubUser>();
  const add = (user: CtrlHubUser) => void users.set(user.ctrlHubId, user);
  yield* inSlices(assignments?.users ?? none, add);
  yield* inSlices(members?.rows ?? none, add);
  const missingIds = new Set<string>();
  yield* inSlices(assignments?.rows ?? none, ({ userId }) => {
    if (!users.has(userId)) missingIds.add(userId);
  });
  if (missingIds.size > 0) {
    yield* inSlices(previous ?? none, (user) => {
      if (missingIds.has(user.ctrlHubId) && isNameless(user)) add(user);
    });
    yield* inSlices(missingIds, (ctrlHubId) => {
      if (!users.has(ctrlHubId)) add({ ctrlHubId, email: null, firstName: null, lastName: null });
    });
  }
  return sharedList(previous, [...users.values()]);
}

const isNameless = ({ email, firstName, lastName }: CtrlHubUser): boolean =>
  email === null && firstName === null && lastName === null;
