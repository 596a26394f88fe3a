import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import type { JobRole, JobRoleAssignment } from '../src/domain/organisation.ts';
import { InputError } from '../src/errors.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { keyOfNode } from './node.ts';
import { byValue } from './order.ts';
import { emptyConnection, type OpenPage, openPage, pageOf } from './paging.ts';
import { requireFilter } from './rights.ts';

export type OfTypeArgs = PageArgs & { type?: string | null | undefined };

/** An assignment's key carries its user, by whom it is found in Ctrl Hub as well. */
export const assignmentKey = ({ ctrlHubId, userId }: JobRoleAssignment): string => `${ctrlHubId}.${userId}`;

/** Oldest first, those without a date last: the order in which the snapshot holds them. */
const byAge = byValue<JobRoleAssignment>(
  ({ createdAt }) => (createdAt === null ? null : Date.parse(createdAt)),
  (assignment) => assignment.ctrlHubId,
);

type OpenAssignmentsPage = OpenPage & { type: string | null };

/** To be called before anything is read. Throws InputError. */
export function openAssignmentsPage(args: OfTypeArgs, scope: string, context: Context): OpenAssignmentsPage {
  const type = args.type ?? null;
  return { ...openPage(args, `${scope} ${JSON.stringify(type)}`, context), type };
}

/** `assignments` are in the snapshot's order. */
export function assignmentsPage(
  assignments: readonly JobRoleAssignment[],
  page: OpenAssignmentsPage,
  context: Context,
): Connection<JobRoleAssignment> {
  const rows = page.type === null ? assignments : assignments.filter((row) => row.type === page.type);
  return pageOf(rows, page, byAge, context);
}

export function assignmentsOfEmployee(
  employee: Employee,
  args: OfTypeArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openAssignmentsPage(args, `Employee.jobRoleAssignments ${employee.id}`, context);
  return whenThere(context.loaders.view(), (view) => {
    const link = view.linkOf(employee, 'CTRL_HUB');
    const rows = link && view.snapshot.assignments?.ofUser.get(link.record.ctrlHubId);
    return assignmentsPage(rows ?? [], page, context);
  });
}

export const roleOf = ({ roleId }: JobRoleAssignment, _: unknown, { loaders }: Context): Awaitable<JobRole | null> =>
  loaders.jobRole.load(roleId);

export const employeeOf = (
  { userId }: JobRoleAssignment,
  _: unknown,
  { loaders }: Context,
): Awaitable<Employee | null> => whenThere(loaders.view(), (view) => view.byIdentifier(`C:${userId}`));

type AssignmentsArgs = PageArgs & { filter?: JobRoleAssignmentFilter | null | undefined };

export function jobRoleAssignments(
  _: unknown,
  args: AssignmentsArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  requireFilter(context.viewer, 'Query.jobRoleAssignments', args);
  const page = openPage(args, `jobRoleAssignments ${JSON.stringify(args.filter ?? {})}`, context);
  const filter = checkFilter(args.filter);
  if (filter.employeeIds?.length === 0 || filter.roleIds?.length === 0) return emptyConnection();
  return whenThere(context.loaders.view(), (view) => pageOf(matching(filter, view), page, byAge, context));
}

type CheckedFilter = {
  type: string | undefined;
  roleIds: readonly string[] | undefined;
  employeeIds: readonly string[] | undefined;
};

/** Throws InputError. */
function checkFilter(filter: JobRoleAssignmentFilter | null | undefined): CheckedFilter {
  const type = filter?.type ?? undefined;
  if (type?.trim() === '') throw new InputError('filter.type: expected a text, got a blank one.');
  return {
    type,
    roleIds: filter?.jobRoleIds?.map((id) => keyOfNode('JobRole', id, 'filter.jobRoleIds')),
    employeeIds: filter?.employeeIds?.map((id) => keyOfNode('Employee', id, 'filter.employeeIds')),
  };
}

function matching({ type, roleIds, employeeIds }: CheckedFilter, view: View): readonly JobRoleAssignment[] {
  view.requireLists('assignments');
  const all = view.snapshot.assignments?.all ?? [];
  const roles = roleIds && new Set(roleIds);
  const users = employeeIds && new Set(employeeIds.flatMap((id) => userIdsOf(id, view)));
  if (type === undefined && roles === undefined && users === undefined) return all;
  return all.filter(
    (row) =>
      (type === undefined || row.type === type) && (roles?.has(row.roleId) ?? true) && (users?.has(row.userId) ?? true),
  );
}

/** A contested user is a person of their own: whoever claims them has none of their assignments. */
function userIdsOf(id: string, view: View): string[] {
  const link = view.byIdentifier(id)?.links.CTRL_HUB;
  view.requireLinksTo('CTRL_HUB');
  return link === undefined ? [] : [link.record.ctrlHubId];
}
