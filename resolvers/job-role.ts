import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import type { Entity } from './entity.ts';
import { assignmentsPage, type OfTypeArgs, openAssignmentsPage } from './job-role-assignment.ts';
import { keyOfNode } from './node.ts';
import { byText, sortedBy } from './order.ts';
import { organisationEntity } from './organisation.ts';
import { openPage, pageOf } from './paging.ts';

export const jobRoleEntity: Entity<JobRole> = {
  plural: 'jobRoles',
  scope: 'job-roles.readonly',
  dataClass: 'PUBLIC',
  population: 1_000,
  keyOf: (role) => role.ctrlHubId,
  byKey: {
    reads: () => ['assignments'],
    find: (key, { loaders }) =>
      whenLoaded(loaders.view(), (view) => {
        const found = view.assignments.roles.get(key) ?? null;
        if (found === null) view.throwIfSkipped('CTRL_HUB', key);
        return found;
      }),
  },
  otherKeys: {},
};

export const jobRole = (_: unknown, { id }: { id: string }, context: Context): Awaitable<JobRole | null> =>
  jobRoleEntity.byKey.find(keyOfNode('JobRole', id, 'id'), context);

const byName = byText<JobRole>(
  (role) => role.name,
  (role) => role.ctrlHubId,
);

/** By name. Ctrl Hub has no list of roles; these are the roles of all visible assignments. */
export function jobRoles(_: unknown, args: PageArgs, context: Context): Awaitable<Connection<JobRole>> {
  const page = openPage(args, 'jobRoles', context);
  return whenLoaded(context.loaders.view(), (view) => {
    const roles = [...view.assignments.roles.values()];
    return pageOf(sortedBy(roles, byName), page, byName, context);
  });
}

export const organisationOf = (
  { organisationId }: JobRole,
  _: unknown,
  context: Context,
): Awaitable<Organisation | null> =>
  organisationId === null ? null : organisationEntity.byKey.find(organisationId, context);

export function assignmentsOfRole(
  role: JobRole,
  args: OfTypeArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openAssignmentsPage(args, `JobRole.assignments ${role.ctrlHubId}`, context);
  return whenLoaded(context.loaders.view(), (view) =>
    assignmentsPage(view.assignments.ofRole.get(role.ctrlHubId) ?? [], page, context),
  );
}
