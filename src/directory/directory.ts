import { Groups } from '../domain/groups.ts';
import { type Conflict, leadOf, type Person, type Records, type SourceName } from '../domain/person.ts';
import { type Addressed, findByAddress, indexAddresses } from './addresses.ts';
import type { Entry, Source } from './entry.ts';
import { findByIdentifier, indexIdentifiers } from './identifiers.ts';
import type { DirectoryInput } from './input.ts';
import { type LinkCount, linkRecords } from './link.ts';
import { inOrder, sortKeyOf } from './order.ts';
import { hasWords, searchTextOf } from './search.ts';
import { inSlices } from './slices.ts';

/** All people of all sources, linked once from whole lists. Immutable. */
export type Directory<R extends Records> = {
  /** In lead order. */
  readonly sources: readonly SourceName<R>[];
  /** Sorted by family name, else by whole name; ties by id. */
  readonly people: readonly Person<R>[];
  /** Finds a person by any identifier of any of their records, such as `L:982`. */
  byIdentifier(id: string): Person<R> | null;
  /** Finds a record's person by object identity. Null for a record that is unlinked and has no key. */
  personOf(source: SourceName<R>, record: object): Person<R> | null;
  addressed(address: string): Addressed<R>;
  /** Sorted independently of the order of the rows. */
  readonly conflicts: readonly Conflict<R>[];
  /** The conflicts that left this person, or their leading record, without a link. */
  conflictsOf(person: Person<R>): readonly Conflict<R>[];
  /** How many records each rule linked, for each source except the first; zeros included. */
  readonly links: readonly LinkCount<R>[];
  /** `words` come from `searchWords`. Each must be a prefix of a word in the leading record's names. */
  matchesSearch(person: Person<R>, words: readonly string[]): boolean;
  /** The sort key of `people`: the family name, else the whole display name. */
  sortKeyOf(person: Person<R>): string;
};

/** Builds the directory; yields after every few hundred records, to be run in slices. Pure: no I/O, no clock. */
export function* buildDirectory<R extends Records>(input: DirectoryInput<R>): Generator<void, Directory<R>> {
  const sources = new Map<string, Source<R>>(input.sources.map(({ source }) => [source.name, source]));
  const sourceOf = ({ leads }: Person<R>): Source<R> => {
    const source = sources.get(leads);
    if (source === undefined) throw new Error(`expected a person of this directory, got one led by ${leads}`);
    return source;
  };
  const { entries, people: unordered, conflicts, links } = yield* linkRecords(input);
  const people = yield* inOrder(unordered, (person) => sortKeyOf(person, sourceOf(person)));
  const identifiers = yield* indexIdentifiers(entries);
  const addresses = yield* indexAddresses(entries);
  const personOfRecord = yield* indexRecords(entries);
  const conflictsById = yield* indexConflicts(conflicts, personOfRecord);
  const searchTexts = new Map<Person<R>, string>();
  yield* inSlices(people, (person) => {
    searchTexts.set(person, searchTextOf(sourceOf(person).namesOf(leadOf(person))));
  });
  return {
    sources: input.sources.map(({ source }) => source.name),
    people,
    conflicts,
    links,
    byIdentifier: (id) => findByIdentifier(id, identifiers),
    personOf: (source, record) => {
      const person = personOfRecord.get(record);
      return person?.links[source]?.record === record ? person : null;
    },
    addressed: (address) => findByAddress(address, addresses, sources),
    conflictsOf: ({ id }) => conflictsById.get(id) ?? [],
    matchesSearch: (person, words) => hasWords(searchTexts.get(person) ?? '', words),
    sortKeyOf: (person) => sortKeyOf(person, sourceOf(person)),
  };
}

type PersonOfRecord<R extends Records> = ReadonlyMap<object, Person<R>>;

function* indexRecords<R extends Records>(
  entries: readonly (readonly Entry<R>[])[],
): Generator<void, PersonOfRecord<R>> {
  const personOfRecord = new Map<object, Person<R>>();
  for (const ofSource of entries) {
    yield* inSlices(ofSource, ({ record, person }) => {
      if (person !== null) personOfRecord.set(record, person);
    });
  }
  return personOfRecord;
}

/** Conflicts by the ids of the people whom they left unlinked. */
function* indexConflicts<R extends Records>(
  conflicts: readonly Conflict<R>[],
  personOfRecord: PersonOfRecord<R>,
): Generator<void, Groups<Conflict<R>>> {
  const byId = new Groups<Conflict<R>>();
  for (const conflict of conflicts) {
    yield* inSlices(conflict.people, (person) => {
      if (person.links[conflict.source] === undefined) byId.add(person.id, conflict);
    });
    yield* inSlices(conflict.records, (record) => {
      const person = personOfRecord.get(record);
      if (person?.leads === conflict.source) byId.add(person.id, conflict);
    });
  }
  return byId;
}
