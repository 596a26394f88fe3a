import type { Awaitable } from '../src/domain/awaitable.ts';
import type { DataClass } from '../src/domain/data-class.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import { type ListName, type ReferenceListName, type RowOf, referenceLists } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';

/** Finds one object by a key. */
export type Lookup<Row> = {
  /** The lists that the look-up reads. */
  reads(key: string): readonly ListName[];
  /** Null for an unknown key. */
  find(key: string, context: Context): Awaitable<Row | null>;
};

/** The declaration of a type whose objects have an id. It is beside the type's resolvers; see entity-types.ts. */
export type Entity<Row> = {
  /** Prefix of the names of its batched queries: `grades` makes `gradesById`. */
  plural: string;
  /** The scope required to see an object, a list of objects, or their number. */
  scope: ReadScope;
  /** Default for the type's fields. */
  dataClass: DataClass;
  /** Number of objects in the largest supported company. */
  population: number;
  /** The key inside an object's id. */
  keyOf(row: Row): string;
  byKey: Lookup<Row>;
  /** Keys besides the id by which other graphs can name an object, by field name. */
  otherKeys: Record<string, EntityKey<Row>>;
};

/** `argument`: the argument of the batched query, such as `keys` of `gradesByKey`. */
export type EntityKey<Row> = Lookup<Row> & { argument: string; description: string };

/** The look-up of an entity whose objects are the rows of a reference list. */
export function inList<Name extends ReferenceListName>(list: Name): Pick<Entity<RowOf<Name>>, 'keyOf' | 'byKey'> {
  return {
    keyOf: referenceLists[list].keyOf,
    byKey: { reads: () => [list], find: (key, { loaders }) => loaders.row(list, key) },
  };
}
