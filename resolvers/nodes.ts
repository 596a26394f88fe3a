import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import { type NodeType, parseNodeId } from '../src/domain/node-id.ts';
import { InputError } from '../src/errors.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';
import { entityTypes, type ObjectOf } from './entity-types.ts';
import { requireScope } from './rights.ts';

/** An object with an id and its type name, because grades and positions have the same shape. */
export type AnyNode = ObjectOf<NodeType> & { __typename: NodeType };

/**
 * Null if the object no longer exists. Throws InputError for a text that is no id of this graph, and PermissionError
 * for a type that the viewer may not see, whether or not the object exists.
 */
export function node(_: unknown, { id }: { id: string }, context: Context): Awaitable<AnyNode | null> {
  const parsed = parseNodeId(id);
  if (parsed === null) throw new InputError('id: expected an id that this graph gave out.');
  const { type, key } = parsed;
  const { scope, byKey } = entityTypes[type];
  requireScope(context.viewer, scope);
  const found: Awaitable<ObjectOf<NodeType> | null> = byKey.find(key, context);
  return whenLoaded(found, (object) => object && { ...object, __typename: type });
}

/** In the order of `ids`. An id that fails affects its own position only. */
export const nodes = (_: unknown, { ids }: { ids: readonly string[] }, context: Context): Promise<AnyNode | null>[] =>
  ids.map(async (id) => node(_, { id }, context));

const parsedOf = (ids: readonly string[]) => ids.flatMap((id) => parseNodeId(id) ?? []);

export const typesOfIds = (ids: readonly string[]): readonly NodeType[] => parsedOf(ids).map(({ type }) => type);

export const readsOfIds = (ids: readonly string[]): readonly ListName[] =>
  parsedOf(ids).flatMap(({ type, key }) => entityTypes[type].byKey.reads(key));
