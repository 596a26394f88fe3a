import type { IdentityRule } from '../domain/identity-rule.ts';
import type { PeopleSource } from '../domain/people-source.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { Conflict, Person, Records, SourceName } from './person.ts';

/** Every person that the sources know, linked once from whole lists. It never changes. */
export type Directory<R extends Records> = {
  readonly sources: readonly SourceName<R>[];
  /** By family name, else the whole name; ties by id. */
  readonly people: readonly Person<R>[];
  /** By any identifier of any record of theirs, such as `L:982`. */
  byIdentifier(id: string): Person<R> | null;
  /** Null for a record that is linked to nobody and has no key. */
  personOf(source: SourceName<R>, record: object): Person<R> | null;
  addressed(address: string): Addressed<R>;
  /** In an order that does not depend on that of the rows. */
  readonly conflicts: readonly Conflict<R>[];
  conflictsOf(person: Person<R>): readonly Conflict<R>[];
  /** How many records of each source but the first were linked by each rule. */
  readonly links: readonly LinkCount<R>[];
  /** `words` come from `searchWords`. */
  matchesSearch(person: Person<R>, words: readonly string[]): boolean;
  /** What `people` are in order of: the family name, else the whole display name. */
  sortKeyOf(person: Person<R>): string;
};

export type LinkCount<R extends Records> = { source: SourceName<R>; rule: IdentityRule; count: number };

/** Who has an e-mail address, in the steps in which they are asked; several people within a step are in order of id. */
export type Addressed<R extends Records> = {
  /** Their leading record has it, and is not former. They may be led by several sources. */
  readonly leading: readonly Person<R>[];
  /** A linked record has it. */
  readonly linked: readonly Person<R>[];
  /** Their leading record has it, and is former. */
  readonly former: readonly Person<R>[];
};

/** A source with all of its records. */
export type SourceRecords<R extends Records, S extends SourceName<R> = SourceName<R>> = {
  [Name in S]: { readonly source: PeopleSource<R[Name], Name>; readonly records: readonly R[Name][] };
}[S];

export type DirectoryInput<R extends Records> = {
  /** In the order in which they lead. */
  readonly sources: readonly SourceRecords<R>[];
  /** In the order in which they are tried. */
  readonly rules: readonly IdentityRule[];
  readonly mapping: IdentityMapping<SourceName<R>>;
};

/** Yields after every few hundred records: the caller runs it in slices, or drains it. */
// biome-ignore lint/correctness/useYield: the signature comes first, its body follows.
export function* buildDirectory<R extends Records>(_input: DirectoryInput<R>): Generator<void, Directory<R>> {
  throw new Error('not written yet');
}
