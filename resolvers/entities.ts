import { z } from 'zod';
import { type NodeType, nodeTypes } from '../src/domain/node-id.ts';
import { InputError, NotFoundError } from '../src/errors.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';
import type { EntityKey } from './entity.ts';
import { entityTypes, type ObjectOf } from './entity-types.ts';
import { keyOfNode } from './node.ts';
import { type AnyNode, readsOfIds } from './nodes.ts';
import { requireScope } from './rights.ts';

/** The keys by which other graphs can name an entity, by field name. */
export function keysOf(type: NodeType): Record<string, EntityKey<ObjectOf<NodeType>>> {
  const { byKey, otherKeys } = entityTypes[type];
  const byId: EntityKey<ObjectOf<NodeType>> = {
    argument: 'ids',
    description: 'At most 1,000.',
    reads: (id) => readsOfIds([id]),
    find: (id, context) => byKey.find(keyOfNode(type, id, 'id'), context),
  };
  return { id: byId, ...otherKeys };
}

/**
 * Apollo Federation: resolves entities that other subgraphs name, in the order of `representations`. A representation
 * that fails or names nothing affects its own position only.
 */
export const entities = (
  _: unknown,
  { representations }: { representations: readonly unknown[] },
  context: Context,
): Promise<AnyNode | null>[] => representations.map((representation) => entityOf(representation, context));

const representationShape = z.looseObject({ __typename: z.enum(nodeTypes) });

/**
 * Null if the keys are null. Throws NotFoundError for keys that name nothing, InputError for a representation that
 * names no entity type or key of this graph, and PermissionError for a type that the viewer may not see, whether or not
 * the entity exists.
 */
async function entityOf(representation: unknown, context: Context): Promise<AnyNode | null> {
  const parsed = representationShape.safeParse(representation);
  if (!parsed.success) throw new InputError('representations: expected the __typename of an entity of this graph.');
  const { __typename, ...members } = parsed.data;
  requireScope(context.viewer, entityTypes[__typename].scope);
  const keys = keysOf(__typename);
  const named = Object.entries(keys).filter(([key]) => members[key] !== undefined);
  if (named.length === 0) {
    const expected = Object.keys(keys).join(' or ');
    throw new InputError(`representations: expected the ${expected} of the ${__typename}, got none.`);
  }
  for (const [key, { find }] of named) {
    const value = members[key];
    if (value === null) continue;
    if (typeof value !== 'string') throw new InputError(`representations: expected a text for ${key}.`);
    const entity = await find(value, context);
    if (entity === null) throw new NotFoundError(`representations: there is no ${__typename} with this ${key}.`);
    return { ...entity, __typename };
  }
  return null;
}

const namedIn = (representations: readonly unknown[]) =>
  representations.flatMap((representation) => representationShape.safeParse(representation).data ?? []);

export const typesOfRepresentations = (representations: readonly unknown[]): readonly NodeType[] =>
  namedIn(representations).map(({ __typename }) => __typename);

export const readsOfRepresentations = (representations: readonly unknown[]): readonly ListName[] =>
  namedIn(representations).flatMap(({ __typename, ...members }) => {
    const [named] = Object.entries(keysOf(__typename)).filter(([key]) => members[key] != null);
    if (named === undefined) return [];
    const [key, { reads }] = named;
    return reads(String(members[key]));
  });
