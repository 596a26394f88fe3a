import { normalKey } from '../directory/normal-form.ts';
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

/** An upstream's people: how the directory sees them, and where in the lists they are. */
type PeopleOf<U extends Upstream> = {
  readonly source: PeopleSource<PeopleRecords[U], U>;
  /**
   * Of what has been read; in steps where it has to be put together. `previous`: what the previous snapshot holds, itself
   * where nothing has changed.
   */
  recordsIn(
    lists: Partial<PeopleLists>,
    previous: readonly PeopleRecords[U][] | undefined,
  ): readonly PeopleRecords[U][] | Generator<void, readonly PeopleRecords[U][]>;
  /** An identifier beside the keys, for records that have none of these. */
  alias?(record: PeopleRecords[U]): string | null;
  /** Of somebody with one of two names nothing is shown, as the vendor does it. */
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

/** Whose key follows the prefix of an identifier, such as `L:982`; undefined for what is none. */
export const upstreamOfIdentifier = (id: string): Upstream | undefined =>
  upstreamByPrefix.get(id.split(':', 1)[0] ?? '');

/** The key that names a record, as its upstream spells it; null for a record without any. */
export function keyOfRecord<U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null {
  for (const kind of peopleOf[upstream].source.keys) {
    const key = kind.of(record);
    if (key !== null) return key;
  }
  return null;
}

/** The first key that a record has to itself, in normal form; null for none. `isTheirs`: of an identifier such as `L:982`. */
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

export const aliasOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null =>
  peopleOf[upstream].alias?.(record) ?? null;

export const namesOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): RecordNames =>
  peopleOf[upstream].source.namesOf(record);

export const emailOfRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): string | null =>
  peopleOf[upstream].source.traitsOf(record).email;

/** Of an employment that has ended. */
export const isFormerRecord = <U extends Upstream>(upstream: U, record: PeopleRecords[U]): boolean =>
  peopleOf[upstream].source.isFormer(record);

export const showsHalfNames = (upstream: Upstream): boolean => !peopleOf[upstream].hidesHalfNames;

/** By what a record names somebody, as its upstream spells it. */
export type Identifiers = { upstream: Upstream; keys: readonly (string | null)[]; traits: Traits | null };

export function identifiersOf<U extends Upstream>(upstream: U, record: PeopleRecords[U]): Identifiers {
  const { source, alias } = peopleOf[upstream];
  const keys = [...source.keys.map((kind) => kind.of(record)), alias?.(record) ?? null];
  return { upstream, keys, traits: source.traitsOf(record) };
}

/** Of a row of each list of people: by what it names somebody. */
export const identifiersIn: { readonly [N in PeopleListName]: (row: RowOf<N>) => Identifiers } = {
  employees: (row) => identifiersOf('LUCCA', row),
  people: (row) => identifiersOf('NAVER', row),
  members: (row) => identifiersOf('CTRL_HUB', row),
  assignments: ({ userId }) => ({ upstream: 'CTRL_HUB', keys: [userId], traits: null }),
};

/** The members, and whoever a visible assignment names: one of whom nothing but the id is visible is somebody, too. */
function* ctrlHubUsers(
  { members, assignments }: Partial<PeopleLists>,
  previous: readonly CtrlHubUser[] | undefined,
): Generator<void, readonly CtrlHubUser[]> {
  const users = new Map<string, CtrlHubUser>();
  const add = (user: CtrlHubUser) => void users.set(user.ctrlHubId, user);
  yield* inSlices(assignments?.users ?? none, add);
  yield* inSlices(members?.rows ?? none, add);
  const unseen = new Set<string>();
  yield* inSlices(assignments?.rows ?? none, ({ userId }) => {
    if (!users.has(userId)) unseen.add(userId);
  });
  if (unseen.size > 0) {
    yield* inSlices(previous ?? none, (user) => {
      if (unseen.has(user.ctrlHubId) && isNameless(user)) add(user);
    });
    yield* inSlices(unseen, (ctrlHubId) => {
      if (!users.has(ctrlHubId)) add({ ctrlHubId, email: null, firstName: null, lastName: null });
    });
  }
  return sharedList(previous, [...users.values()]);
}

const isNameless = ({ email, firstName, lastName }: CtrlHubUser): boolean =>
  email === null && firstName === null && lastName === null;
