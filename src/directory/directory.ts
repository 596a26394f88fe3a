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

/** Every person that the sources know, linked once from whole lists. It never changes. */
export type Directory<R extends Records> = {
  /** In the order in which they lead. */
  readonly sources: readonly SourceName<R>[];
  /** By family name, else the whole name; ties by id. */
  readonly people: readonly Person<R>[];
  /** By any identifier of any record of theirs, such as `L:982`. */
  byIdentifier(id: string): Person<R> | null;
  /** By object identity. Null for a record that is linked to nobody and has no key. */
  personOf(source: SourceName<R>, record: object): Person<R> | null;
  addressed(address: string): Addressed<R>;
  /** In an order that does not depend on that of the rows. */
  readonly conflicts: readonly Conflict<R>[];
  /** Those that left this person, or the record that leads them, without a link. */
  conflictsOf(person: Person<R>): readonly Conflict<R>[];
  /** How many records of each source but the first were linked by each rule, zeros included. */
  readonly links: readonly LinkCount<R>[];
  /** `words` come from `searchWords`: each must begin a word of the leading record's names. */
  matchesSearch(person: Person<R>, words: readonly string[]): boolean;
  /** What `people` are in order of: the family name, else the whole display name. */
  sortKeyOf(person: Person<R>): string;
};

/** Yields after every few hundred records: the caller runs it in slices, or drains it. Pure: no I/O, no clock. */
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

/** By the ids of those whom they left without a link. */
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
