import type { Reading } from '../domain/list-reading.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import type { Clients } from '../upstreams/upstreams.ts';

/** Reads a whole list, and goes on from an earlier one. */
export type ReadList<List> = (previous: List | null) => Reading<List>;

/** The lists that a client reads, by the names of its methods. */
type ListsOf<Client> = {
  [Name in keyof Client as Client[Name] extends ReadAny ? Name : never]: Client[Name] extends ReadList<infer List>
    ? List
    : never;
};
type ReadAny = (previous: never) => Reading<unknown>;

/** A union's members as one object with the members of all. */
type Joined<Union> = (Union extends unknown ? (it: Union) => void : never) extends (it: infer All) => void
  ? All
  : never;

/** All lists of all upstreams. */
export type Lists = Joined<{ [U in Upstream]: ListsOf<Clients[U]> }[Upstream]>;
export type ListName = keyof Lists;
export type RowOf<Name extends ListName> = Lists[Name]['rows'][number];

/**
 * The lists from which everybody is linked, with the upstreams that own them: they are read ahead, and change together
 * with the snapshot.
 */
const peopleLists = {
  employees: 'LUCCA',
  people: 'NAVER',
  members: 'CTRL_HUB',
  assignments: 'CTRL_HUB',
} as const satisfies { [Name in ListName]?: Upstream };

export type PeopleListName = keyof typeof peopleLists;
export type PeopleLists = Pick<Lists, PeopleListName>;

/** All other lists, read when an operation needs them: short ones that everything refers to by the key of a row. */
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

/** What has to be read to know an upstream's people. */
export const peopleListsOf = (upstream: Upstream): readonly PeopleListName[] =>
  peopleListsByUpstream.get(upstream) ?? [];
