import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { assignmentsPage, type OfTypeArgs, openAssignmentsPage } from './job-role-assignment.ts';
import { keyOfNode } from './node.ts';
import { sortedByText } from './order.ts';
import { openPage, pageOf } from './paging.ts';

export const jobRole = (_: unknown, { id }: { id: string }, { loaders }: Context): Awaitable<JobRole | null> =>
  loaders.ctrlHub.roleById.load(keyOfNode('JobRole', id, 'id'));

/** By name. Ctrl Hub publishes no list of roles: these are the roles of all visible assignments. */
export async function jobRoles(_: unknown, args: PageArgs, context: Context): Promise<Connection<JobRole>> {
  const page = openPage(args, 'jobRoles', context);
  const { roles, assignments } = await context.loaders.ctrlHub.allAssignments();
  const held = new Set(assignments.map((it) => it.roleId));
  const rows = sortedByText(
    roles.filter((it) => held.has(it.ctrlHubId)),
    (it) => it.name,
    (it) => it.ctrlHubId,
  );
  return pageOf(rows, page, (it) => it.ctrlHubId, context);
}

export const organisationOf = (
  { organisationId }: JobRole,
  _: unknown,
  { loaders }: Context,
): Awaitable<Organisation | null> =>
  organisationId === null ? null : loaders.ctrlHub.organisationById.load(organisationId);

export function assignmentsOfRole(
  role: JobRole,
  args: OfTypeArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openAssignmentsPage(args, `JobRole.assignments ${role.ctrlHubId}`, context);
  const rows = context.loaders.ctrlHub.assignmentsOfRole.load(role.ctrlHubId);
  return whenThere(rows, (it) => assignmentsPage(it ?? [], page, context));
}
