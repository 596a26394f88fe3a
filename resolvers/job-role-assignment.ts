import { z } from 'zod';
import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import { type Connection, edgeOf, type PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import type { JobRole, JobRoleAssignment } from '../src/domain/organisation.ts';
import { InputError } from '../src/errors.ts';
import type { AssignmentFilter } from '../src/upstreams/ctrl-hub/client.ts';
import type { Context } from './context.ts';
import { keyOfNode } from './node.ts';
import { checkPage, emptyConnection, type OpenPage, openPage, pageOf, pageSizeOf } from './paging.ts';
import { requireFilter } from './rights.ts';

export type OfTypeArgs = PageArgs & { type?: string | null | undefined };

/** An assignment's key carries its user, because Ctrl Hub finds assignments by user and not by their own id. */
export const assignmentKey = ({ ctrlHubId, userId }: JobRoleAssignment): string => `${ctrlHubId}.${userId}`;

/** Of assignments that are all at hand: oldest first, those without a date last. */
export function assignmentsPage(
  assignments: readonly JobRoleAssignment[],
  page: OpenAssignmentsPage,
  context: Context,
): Connection<JobRoleAssignment> {
  const rows = assignments.filter((it) => page.type === null || it.type === page.type).sort(compareByAge);
  return pageOf(rows, page, (it) => it.ctrlHubId, context);
}

type OpenAssignmentsPage = OpenPage & { type: string | null };

/** To be called before anything is read. Throws InputError. */
export function openAssignmentsPage(args: OfTypeArgs, scope: string, context: Context): OpenAssignmentsPage {
  const type = args.type ?? null;
  return { ...openPage(args, `${scope} ${JSON.stringify(type)}`, context), type };
}

function compareByAge(a: JobRoleAssignment, b: JobRoleAssignment): number {
  const [left, right] = [`${a.createdAt ?? '~'} ${a.ctrlHubId}`, `${b.createdAt ?? '~'} ${b.ctrlHubId}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function assignmentsOfEmployee(
  employee: Employee,
  args: OfTypeArgs,
  context: Context,
): Awaitable<Connection<JobRoleAssignment>> {
  const page = openAssignmentsPage(args, `Employee.jobRoleAssignments ${employee.id}`, context);
  const { slots, ctrlHub } = context.loaders;
  const rows = whenThere(slots.ctrlHubOf(employee), (it) => it && ctrlHub.assignmentsOfUser.load(it.record.ctrlHubId));
  return whenThere(rows, (it) => assignmentsPage(it ?? [], page, context));
}

export const roleOf = ({ roleId }: JobRoleAssignment, _: unknown, { loaders }: Context): Awaitable<JobRole | null> =>
  loaders.ctrlHub.roleById.load(roleId);

export const employeeOf = (
  { userId }: JobRoleAssignment,
  _: unknown,
  { loaders }: Context,
): Awaitable<Employee | null> =>
  whenThere(loaders.ctrlHub.userById.load(userId), (user) => user && loaders.naming.ofCtrlHubUser.load(user));

/** Where a row is in Ctrl Hub's own paging: the offset of the row after it. */
const position = z.object({ offset: z.number().int().min(0) });

/** As many ids as a filter holds in one request; more are put together from several, and sorted here. */
const idsOfOneFilter = 50;

type AssignmentsArgs = PageArgs & { filter?: JobRoleAssignmentFilter | null | undefined };

/** In Ctrl Hub's own order, page for page, unless the filter is too long for one request. */
export async function jobRoleAssignments(
  _: unknown,
  args: AssignmentsArgs,
  context: Context,
): Promise<Connection<JobRoleAssignment>> {
  requireFilter(context.viewer, 'Query.jobRoleAssignments', args);
  const scope = `jobRoleAssignments ${JSON.stringify(args.filter ?? {})}`;
  checkPage(args, scope, context);
  const filter = await toCtrlHubFilter(args.filter, context);
  if (filter === null) return emptyConnection();
  const include = [...context.loaders.plan.assignmentIncludes];
  if ((filter.userIds?.length ?? 0) + (filter.roleIds?.length ?? 0) <= idsOfOneFilter) {
    return upstreamPage(filter, args, scope, context);
  }
  const page = await context.loaders.upstreams.client('CTRL_HUB').assignments({ filter, include });
  const { assignments } = context.loaders.ctrlHub.remember(page);
  return assignmentsPage(assignments, { ...openPage(args, scope, context), type: null }, context);
}

async function upstreamPage(
  filter: AssignmentFilter,
  args: PageArgs,
  scope: string,
  { loaders, cursors }: Context,
): Promise<Connection<JobRoleAssignment>> {
  const size = pageSizeOf(args);
  const include = [...loaders.plan.assignmentIncludes];
  const start = args.after == null ? 0 : cursors.decode(scope, args.after, position).offset;
  const rows: JobRoleAssignment[] = [];
  for (;;) {
    const query = { filter, include, offset: start + rows.length, limit: size - rows.length };
    const page = loaders.ctrlHub.remember(await loaders.upstreams.client('CTRL_HUB').assignmentPage(query));
    rows.push(...page.assignments);
    if (rows.length < size && page.hasNext && page.assignments.length > 0) continue;
    return {
      edges: rows.map((node, index) => edgeOf(node, () => cursors.encode(scope, { offset: start + index + 1 }))),
      hasNextPage: page.hasNext,
      hasPreviousPage: start > 0,
      totalCount: page.total,
    };
  }
}

/** Null for a filter that nothing can match. */
async function toCtrlHubFilter(
  filter: JobRoleAssignmentFilter | null | undefined,
  { loaders }: Context,
): Promise<AssignmentFilter | null> {
  const result: AssignmentFilter = {};
  if (filter?.type != null) {
    if (filter.type.trim() === '') throw new InputError('filter.type: expected a text, got a blank one.');
    result.type = filter.type;
  }
  if (filter?.jobRoleIds != null) {
    result.roleIds = filter.jobRoleIds.map((id) => keyOfNode('JobRole', id, 'filter.jobRoleIds'));
    if (result.roleIds.length === 0) return null;
  }
  if (filter?.employeeIds != null) {
    const keys = filter.employeeIds.map((id) => keyOfNode('Employee', id, 'filter.employeeIds'));
    const people = await Promise.all(keys.map((key) => loaders.person.byId(key)));
    const slots = await Promise.all(people.map((it) => it && loaders.slots.ctrlHubOf(it)));
    result.userIds = slots.flatMap((slot) => (slot === null ? [] : [slot.record.ctrlHubId]));
    if (result.userIds.length === 0) return null;
  }
  return result;
}
