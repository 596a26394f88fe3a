import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { assignmentsPage, type OfTypeArgs, openAssignmentsPage } from './job-role-assignment.ts';
import { keyOfNode } from './node.ts';
import { byText, sortedBy } from './order.ts';
import { openPage, pageOf } from './paging.ts';

export const jobRole = (_: unknown, { id }: { id: string }, { loaders }: Context): Awaitable<JobRole | null> =>
  loaders.jobRole.load(keyOfNode('JobRole', id, 'id'));

const byName = byText<JobRole>(
  (role) => role.name,
  (role) => role.ctrlHubId,
);

/** By name. Ctrl Hub publishes no list of roles: these are the roles of all visible assignments. */
export function jobRoles(_: unknown, args: PageArgs, context: Context): Awaitable<Connection<JobRole>> {
  const page = openPage(args, 'jobRoles', context);
  return whenThere(context.loaders.view(), (view) => {
    view.requireLists('assignments');
    const roles = [...(view.snapshot.assignments?.roles.values() ?? [])];
    return pageOf(sortedBy(roles, byName), page, byName, context);
  });
}

export const organisationOf = (
  { organisationId }: JobRole,
  _: unknown,
  { loaders }: Context,
): Awaitable<Organisation | null> => (organisationId === null ? null : loaders.organisation.load(organisationId));

export function assignmentsOfRole(
  role: JobRole,
  args: OfTypeArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openAssignmentsPage(args, `JobRole.assignments ${role.ctrlHubId}`, context);
  return whenThere(context.loaders.view(), (view) => {
    view.requireLists('assignments');
    return assignmentsPage(view.snapshot.assignments?.ofRole.get(role.ctrlHubId) ?? [], page, context);
  });
}
