import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import { type NodeType, parseNodeId } from '../src/domain/node-id.ts';
import type { JobRoleAssignment } from '../src/domain/organisation.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';
import type { AnyNode } from './node.ts';
import { requireScope, scopeToSee } from './rights.ts';

type FindNode = (key: string, context: Context) => Awaitable<object | null>;

/** Each goes through its type's loader, so that many ids of one type are one batch. */
export const findNode: Record<NodeType, FindNode> = {
  Employee: (key, { loaders }) => whenThere(loaders.view(), (view) => view.byIdentifier(key)),
  JobQualification: (key, { loaders }) => loaders.jobQualification.load(key),
  Profession: (key, { loaders }) => loaders.profession.load(key),
  JobRole: (key, { loaders }) => loaders.jobRole.load(key),
  JobRoleAssignment: assignmentByKey,
  Organisation: (key, { loaders }) => loaders.organisation.load(key),
  Grade: (key, { loaders }) => loaders.grade.load(key),
  Position: (key, { loaders }) => loaders.position.load(key),
};

/**
 * Null for an id whose object is gone. Throws InputError for a text that is no id of this graph, and PermissionError,
 * whether or not there is such an object, for a type that the viewer may not see.
 */
export function node(_: unknown, { id }: { id: string }, context: Context): Awaitable<AnyNode | null> {
  const parsed = parseNodeId(id);
  if (parsed === null) throw new InputError('id: expected an id that this graph gave out.');
  requireScope(context.viewer, scopeToSee(parsed.type));
  const { type, key } = parsed;
  return whenThere(findNode[type](key, context), (value) => (value === null ? null : { ...value, __typename: type }));
}

/** In the order asked. One id that fails costs its own place only. */
export const nodes = (_: unknown, { ids }: { ids: readonly string[] }, context: Context): Promise<AnyNode | null>[] =>
  ids.map(async (id) => node(_, { id }, context));

function assignmentByKey(key: string, { loaders }: Context): Awaitable<JobRoleAssignment | null> {
  const [assignmentId, userId] = key.split('.');
  if (assignmentId === undefined || userId === undefined) return null;
  return whenThere(loaders.view(), (view) => {
    view.requireLists('assignments');
    const held = view.snapshot.assignments?.ofUser.get(userId) ?? [];
    const found = held.find((row) => row.ctrlHubId === assignmentId) ?? null;
    if (found === null) view.refuseSkipped('CTRL_HUB', assignmentId);
    return found;
  });
}
