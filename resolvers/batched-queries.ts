import type { DataClass } from '../src/domain/data-class.ts';
import { type NodeType, nodeTypes } from '../src/domain/node-id.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';
import { keysOf } from './entities.ts';
import { entityTypes, type ObjectOf } from './entity-types.ts';

type Values = readonly (string | null | undefined)[];

/** A batched query for schema stitching: entities of one type by one of their keys. */
export type BatchedQuery = {
  /** Such as `gradesByKey`. */
  name: string;
  type: NodeType;
  /** The field of the entity that holds the key. */
  key: string;
  argument: string;
  description: string;
  dataClass: DataClass;
  /** In the order of `values`. Null for a null value and for an unknown key. */
  find(values: Values, context: Context): Promise<ObjectOf<NodeType> | null>[];
  reads(values: Values): readonly ListName[];
};

export const batchedQueries: readonly BatchedQuery[] = nodeTypes.flatMap((type) => {
  const { plural, dataClass } = entityTypes[type];
  return Object.entries(keysOf(type)).map(([key, { argument, description, find, reads }]) => ({
    name: `${plural}By${argument.charAt(0).toUpperCase()}${argument.slice(1, -1)}`,
    ...{ type, key, argument, description, dataClass },
    find: (values: Values, context: Context) =>
      values.map(async (value) => (value == null ? null : find(value, context))),
    reads: (values: Values) => values.flatMap((value) => (value == null ? [] : reads(value))),
  }));
});
