import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import type { JobRole, JobRoleAssignment } from '../src/domain/organisation.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import { InputError } from '../src/errors.ts';
import { type ListName, peopleListNames } from '../src/loaders/list-names.ts';
import type { ReadsInput } from '../src/loaders/plan.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import type { Entity } from './entity.ts';
import { type Needs, needsOf } from './needs.ts';
import { keyOfNode } from './node.ts';
import { byValue } from './order.ts';
import { emptyConnection, type OpenPage, openPage, pageOf } from './paging.ts';

export type OfTypeArgs = PageArgs & { type?: string | null | undefined };

export const jobRoleAssignmentEntity: Entity<JobRoleAssignment> = {
  plural: 'jobRoleAssignments',
  scope: 'job-role-assignments.readonly',
  dataClass: 'PERSONAL',
  population: 30_000,
  // The key includes the user, because Ctrl Hub's filter finds assignments by user.
  keyOf: ({ ctrlHubId, userId }) => `${ctrlHubId}.${userId}`,
  byKey: { reads: () => ['assignments'], find: assignmentByKey },
  otherKeys: {},
};

function assignmentByKey(key: string, { loaders }: Context): Awaitable<JobRoleAssignment | null> {
  const [assignmentId, userId] = key.split('.');
  if (assignmentId === undefined || userId === undefined) return null;
  return whenLoaded(loaders.view(), (view) => {
    const ofUser = view.assignments.ofUser.get(userId) ?? [];
    const found = ofUser.find((row) => row.ctrlHubId === assignmentId) ?? null;
    if (found === null) view.throwIfSkipped('CTRL_HUB', assignmentId);
    return found;
  });
}

/** Oldest first, those without a date last. This is the order of the snapshot. */
const byAge = byValue<JobRoleAssignment>(
  ({ createdAt }) => (createdAt === null ? null : Date.parse(createdAt)),
  (assignment) => assignment.ctrlHubId,
);

type OpenAssignmentsPage = OpenPage & { type: string | null };

/** Call it before anything is read. Throws InputError. */
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
  return whenLoaded(context.loaders.view(), (view) => {
    const link = view.linkOf(employee, 'CTRL_HUB');
    const rows = link && view.assignments.ofUser.get(link.record.ctrlHubId);
    return assignmentsPage(rows ?? [], page, context);
  });
}

export const roleOf = ({ roleId }: JobRoleAssignment, _: unknown, { loaders }: Context): Awaitable<JobRole | null> =>
  whenLoaded(loaders.view(), (view) => view.assignments.roles.get(roleId) ?? null);

export const employeeOf = (
  { userId }: JobRoleAssignment,
  _: unknown,
  { loaders }: Context,
): Awaitable<Employee | null> => whenLoaded(loaders.view(), (view) => view.byIdentifier(`C:${userId}`));

type AssignmentsArgs = PageArgs & { filter?: JobRoleAssignmentFilter | null | undefined };

const conditions: Record<keyof JobRoleAssignmentFilter, Needs> = {
  employeeIds: { requires: ['employees.readonly'], reads: peopleListNames },
  jobRoleIds: { requires: ['job-roles.readonly'], reads: [] },
  type: { requires: [], reads: [] },
};

export const scopesForAssignments = ({ filter }: AssignmentsArgs): readonly ReadScope[] =>
  needsOf(filter, conditions).flatMap(({ requires }) => requires);

export const readsOfAssignments = ({ args }: ReadsInput<AssignmentsArgs>): readonly ListName[] => [
  'assignments',
  ...needsOf(args.filter, conditions).flatMap(({ reads }) => reads),
];

export function jobRoleAssignments(
  _: unknown,
  args: AssignmentsArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openPage(args, `jobRoleAssignments ${JSON.stringify(args.filter ?? {})}`, context);
  const filter = checkFilter(args.filter);
  if (filter.employeeIds?.length === 0 || filter.roleIds?.length === 0) return emptyConnection();
  return whenLoaded(context.loaders.view(), (view) => pageOf(matching(filter, view), page, byAge, context));
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
  const { all } = view.assignments;
  const roles = roleIds && new Set(roleIds);
  const users = employeeIds && new Set(employeeIds.flatMap((id) => userIdsOf(id, view)));
  if (type === undefined && roles === undefined && users === undefined) return all;
  return all.filter(
    (row) =>
      (type === undefined || row.type === type) && (roles?.has(row.roleId) ?? true) && (users?.has(row.userId) ?? true),
  );
}

/** A contested user is a separate person, so the people who claim the user have none of the user's assignments. */
function userIdsOf(id: string, view: View): string[] {
  const link = view.byIdentifier(id)?.links.CTRL_HUB;
  view.requireLinksTo('CTRL_HUB');
  return link === undefined ? [] : [link.record.ctrlHubId];
}
