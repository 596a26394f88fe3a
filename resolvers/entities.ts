import { z } from 'zod';
import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import { type NodeType, nodeTypes } from '../src/domain/node-id.ts';
import { InputError, NotFoundError } from '../src/errors.ts';
import type { Context } from './context.ts';
import { type AnyNode, keyOfNode } from './node.ts';
import { findNode } from './nodes.ts';
import { requireScope, scopeToSee } from './rights.ts';

type FindEntity = (value: string, context: Context) => Awaitable<object | null>;

const byId =
  (type: NodeType): FindEntity =>
  async (id, context) =>
    findNode[type](keyOfNode(type, id, 'id'), context);

/** A text that is no address is nobody's: the keys of other graphs are not ours to refuse. */
const byEmail: FindEntity = (text, { loaders }) => whenThere(loaders.view(), (view) => view.byEmail(text));

/** The fields by which other graphs name an entity. Each goes through its type's loader, so that many are one batch. */
export const entityKeys: Record<NodeType, Record<string, FindEntity>> = {
  Employee: { id: byId('Employee'), email: byEmail },
  JobQualification: { id: byId('JobQualification') },
  Profession: { id: byId('Profession') },
  JobRole: { id: byId('JobRole') },
  JobRoleAssignment: { id: byId('JobRoleAssignment') },
  Organisation: { id: byId('Organisation') },
  Grade: { id: byId('Grade'), externalKey: findNode.Grade },
  Position: { id: byId('Position'), externalKey: findNode.Position },
};

/**
 * Apollo Federation: what is known of entities that other subgraphs name. In the order asked; one that fails, or names
 * nothing, costs its own place only.
 */
export const entities = (
  _: unknown,
  { representations }: { representations: readonly unknown[] },
  context: Context,
): Promise<AnyNode | null>[] => representations.map((it) => entityOf(it, context));

const representationShape = z.looseObject({ __typename: z.enum(nodeTypes) });

/**
 * Null where the keys are null. Throws NotFoundError for keys that name nothing, InputError for what names no entity of
 * this graph, and PermissionError, whether or not there is such an entity, for a type that the viewer may not see.
 */
async function entityOf(representation: unknown, context: Context): Promise<AnyNode | null> {
  const parsed = representationShape.safeParse(representation);
  if (!parsed.success) throw new InputError('representations: expected the __typename of an entity of this graph.');
  const { __typename, ...members } = parsed.data;
  requireScope(context.viewer, scopeToSee(__typename));
  const named = Object.entries(entityKeys[__typename]).filter(([key]) => members[key] !== undefined);
  if (named.length === 0) {
    const keys = Object.keys(entityKeys[__typename]).join(' or ');
    throw new InputError(`representations: expected the ${keys} of the ${__typename}, got none.`);
  }
  for (const [key, find] of named) {
    const value = members[key];
    if (value === null) continue;
    if (typeof value !== 'string') throw new InputError(`representations: expected a text for ${key}.`);
    const entity = await find(value, context);
    if (entity === null) throw new NotFoundError(`representations: there is no ${__typename} with this ${key}.`);
    return { ...entity, __typename };
  }
  return null;
}

/** Schema stitching: entities of one type by one of their keys, in the order asked. Null for null and for what is not there. */
export const entitiesBy =
  (type: NodeType, key: string) =>
  (values: readonly (string | null | undefined)[], context: Context): Promise<object | null>[] =>
    values.map(async (value) => (value == null ? null : (entityKeys[type][key]?.(value, context) ?? null)));
