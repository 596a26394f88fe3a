import type { Awaitable } from '../src/domain/awaitable.ts';
import type { DataClass } from '../src/domain/data-class.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import { type ListName, type ReferenceListName, type RowOf, referenceLists } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';

/** How one object is found by a key. */
export type Lookup<Row> = {
  /** The lists that are read to find it. */
  reads(key: string): readonly ListName[];
  /** Null for a key that names nothing. */
  find(key: string, context: Context): Awaitable<Row | null>;
};

/** All that the graph has to know of a type whose objects have an id. Beside its resolvers; see entity-types.ts. */
export type Entity<Row> = {
  /** Begins the names of its batched queries: `grades` makes `gradesById`. */
  plural: string;
  /** What a caller needs to see one, a list of them, or how many there are. */
  scope: ReadScope;
  /** Of all fields that do not say otherwise. */
  dataClass: DataClass;
  /** How many there are in the largest company that this is made for. */
  population: number;
  /** The key inside an object's id. */
  keyOf(row: Row): string;
  byKey: Lookup<Row>;
  /** By the name of a field: how other graphs may name one, beside its id. */
  otherKeys: Record<string, EntityKey<Row>>;
};

/** `argument`: of the query that takes many, such as `keys` of `gradesByKey`. */
export type EntityKey<Row> = Lookup<Row> & { argument: string; description: string };

/** Of an entity whose objects are the rows of a reference list. */
export function inList<Name extends ReferenceListName>(list: Name): Pick<Entity<RowOf<Name>>, 'keyOf' | 'byKey'> {
  return {
    keyOf: referenceLists[list].keyOf,
    byKey: { reads: () => [list], find: (key, { loaders }) => loaders.row(list, key) },
  };
}
