import type { IdentityRule } from '../domain/identity-rule.ts';
import type { PeopleSource } from '../domain/people-source.ts';
import type { Records, SourceName } from '../domain/person.ts';
import type { IdentityMapping } from '../identity/mapping.ts';

/** A source with all of its records. */
export type SourceRecords<R extends Records, S extends SourceName<R> = SourceName<R>> = {
  [Name in S]: { readonly source: PeopleSource<R[Name], Name>; readonly records: readonly R[Name][] };
}[S];

export type DirectoryInput<R extends Records> = {
  /** In lead order. */
  readonly sources: readonly SourceRecords<R>[];
  /** In the order of use. */
  readonly rules: readonly IdentityRule[];
  readonly mapping: IdentityMapping<SourceName<R>>;
};
