import type { Reading } from '../domain/list-reading.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import type { Clients } from '../upstreams/upstreams.ts';

/** Begins a reading of a whole list. The reading shares unchanged rows and pages with `previous`. */
export type ReadList<List> = (previous: List | null) => Reading<List>;

/** The lists that a client can read, by method name. */
type ListsOf<Client> = {
  [Name in keyof Client as Client[Name] extends ReadAny ? Name : never]: Client[Name] extends ReadList<infer List>
    ? List
    : never;
};
type ReadAny = (previous: never) => Reading<unknown>;

/** Turns a union of objects into their intersection. */
type Joined<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All lists of all upstreams. */
export type Lists = Joined<{ [U in Upstream]: ListsOf<Clients[U]> }[Upstream]>;
export type ListName = keyof Lists;
export type RowOf<Name extends ListName> = Lists[Name]['rows'][number];

/**
 * The lists from which the directory is built, with the upstreams that own them. They are read ahead, and change
 * together with the snapshot.
 */
const peopleLists = {
  employees: 'LUCCA',
  people: 'NAVER',
  members: 'CTRL_HUB',
  assignments: 'CTRL_HUB',
} as const satisfies { [Name in ListName]?: Upstream };

export type PeopleListName = keyof typeof peopleLists;
export type PeopleLists = Pick<Lists, PeopleListName>;

/** All other lists: short ones, read on demand, to which other rows refer by key. */
export type ReferenceListName = Exclude<ListName, PeopleListName>;

type ReferenceList<Name extends ReferenceListName> = {
  readonly upstream: Upstream;
  keyOf(row: RowOf<Name>): string;
  index(rows: Lists[Name]['rows']): ReadonlyMap<string, RowOf<Name>>;
};

export const referenceLists: { readonly [Name in ReferenceListName]: ReferenceList<Name> } = {
  jobQualifications: ownedBy('LUCCA', (row) => row.luccaId),
  professions: ownedBy('LUCCA', (row) => row.luccaId),
  grades: ownedBy('NAVER', (row) => row.externalKey),
  positions: ownedBy('NAVER', (row) => row.externalKey),
};

function ownedBy<Row>(upstream: Upstream, keyOf: (row: Row) => string) {
  const index = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [keyOf(row), row]));
  return { upstream, keyOf, index };
}

const isKeyOf = <Table extends object>(table: Table, name: PropertyKey): name is keyof Table =>
  Object.hasOwn(table, name);

export const isPeopleList = (name: ListName): name is PeopleListName => isKeyOf(peopleLists, name);

export const upstreamOf = (name: ListName): Upstream =>
  isPeopleList(name) ? peopleLists[name] : referenceLists[name].upstream;

export const peopleListNames: readonly PeopleListName[] = Object.keys(peopleLists).filter((name) =>
  isKeyOf(peopleLists, name),
);
const referenceListNames: readonly ReferenceListName[] = Object.keys(referenceLists).filter((name) =>
  isKeyOf(referenceLists, name),
);
export const listNames: readonly ListName[] = [...peopleListNames, ...referenceListNames];

const peopleListsByUpstream = new Map(
  upstreams.map((upstream) => [upstream, peopleListNames.filter((name) => peopleLists[name] === upstream)]),
);

/** The lists that hold an upstream's people. */
export const peopleListsOf = (upstream: Upstream): readonly PeopleListName[] =>
  peopleListsByUpstream.get(upstream) ?? [];
