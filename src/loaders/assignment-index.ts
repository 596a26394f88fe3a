import { compareIds } from '../directory/order.ts';
import { inSlices } from '../directory/slices.ts';
import { sorted } from '../directory/sorted.ts';
import { Groups } from '../domain/groups.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../domain/organisation.ts';
import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';

/** All visible assignments, oldest first, with their roles and organisations. */
export type AssignmentIndex = {
  /** The list that was indexed. */
  readonly list: AssignmentList;
  readonly all: readonly JobRoleAssignment[];
  readonly ofUser: Groups<JobRoleAssignment>;
  readonly ofRole: Groups<JobRoleAssignment>;
  readonly roles: ReadonlyMap<string, JobRole>;
  readonly organisations: ReadonlyMap<string, Organisation>;
};

/** Builds the index. Yields after every few hundred assignments. */
export function* indexAssignments(list: AssignmentList): Generator<void, AssignmentIndex> {
  const all = yield* sorted(list.rows, compareByAge);
  const ofUser = new Groups<JobRoleAssignment>();
  const ofRole = new Groups<JobRoleAssignment>();
  yield* inSlices(all, (assignment) => {
    ofUser.add(assignment.userId, assignment);
    ofRole.add(assignment.roleId, assignment);
  });
  return { list, all, ofUser, ofRole, roles: byId(list.roles), organisations: byId(list.organisations) };
}

/** Compares points in time, not texts: fractional seconds are optional. Assignments without a date come last. */
function compareByAge(a: JobRoleAssignment, b: JobRoleAssignment): number {
  const [left, right] = [timeOf(a), timeOf(b)];
  return left === right ? compareIds(a.ctrlHubId, b.ctrlHubId) : left - right;
}

const timeOf = ({ createdAt }: JobRoleAssignment): number =>
  createdAt === null ? Number.POSITIVE_INFINITY : Date.parse(createdAt);

const byId = <Row extends { ctrlHubId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.ctrlHubId, row]));
