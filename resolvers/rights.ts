import type { EmployeeFilter, JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import { isGranted, type ReadScope } from '../src/domain/scopes.ts';
import { PermissionError } from '../src/errors.ts';
import type { Viewer } from './context.ts';

/** Which scope shows which type. A type that is not here is open to every caller whom the deployment lets in. */
const scopeOfType = new Map<string, ReadScope>([
  ['Employee', 'employees.readonly'],
  ['EmployeeIdentity', 'employees.readonly'],
  ['IdentityConflict', 'employees.readonly'],
  ['ConflictingRecord', 'employees.readonly'],
  // It counts people.
  ['DirectoryStatus', 'employees.readonly'],
  ['JobQualification', 'job-qualifications.readonly'],
  ['Profession', 'job-qualifications.readonly'],
  ['JobRole', 'job-roles.readonly'],
  ['Organisation', 'job-roles.readonly'],
  ['JobRoleAssignment', 'job-role-assignments.readonly'],
  ['Grade', 'grades.readonly'],
  ['Position', 'positions.readonly'],
]);

/** Null for what every caller may see. A page of a list, and so the length of the list, takes what its rows take. */
export const scopeToSee = (typeName: string): ReadScope | null =>
  scopeOfType.get(typeName.replace(/(Connection|Edge)$/, '')) ?? null;

type ConditionScopes<Filter> = Record<keyof Filter, readonly ReadScope[]>;

/** Who passes a filter has what it asks for: a condition tells as much as the field that shows the same. */
const employeeConditions: ConditionScopes<EmployeeFilter> = {
  search: [],
  emails: [],
  status: [],
  gradeKeys: ['grades.readonly'],
  positionKeys: ['positions.readonly'],
  jobQualificationIds: ['job-qualifications.readonly'],
  professionIds: ['job-qualifications.readonly'],
  minRank: ['job-qualifications.readonly'],
  jobRoleIds: ['job-role-assignments.readonly', 'job-roles.readonly'],
  assignmentType: ['job-role-assignments.readonly'],
  hiredFrom: [],
  hiredUntil: [],
};

const assignmentConditions: ConditionScopes<JobRoleAssignmentFilter> = {
  employeeIds: ['employees.readonly'],
  jobRoleIds: ['job-roles.readonly'],
  type: [],
};

const conditions: Record<string, Record<string, readonly ReadScope[]> | undefined> = {
  'Query.employees': employeeConditions,
  'Query.jobRoleAssignments': assignmentConditions,
};

/** What an order by another type's data takes: it tells who has more of it. */
const scopesOfOrder = (orderBy: unknown): readonly ReadScope[] => {
  if (typeof orderBy !== 'string') return [];
  if (orderBy.startsWith('GRADE')) return ['grades.readonly'];
  return orderBy.startsWith('POSITION') ? ['positions.readonly'] : [];
};

/** The scopes that a field's filter and order take. A member that is null or absent is no condition. */
function scopesOfFilter(coordinate: string, args: { filter?: unknown; orderBy?: unknown }): readonly ReadScope[] {
  return [...scopesOfConditions(coordinate, args), ...scopesOfOrder(args.orderBy)];
}

function scopesOfConditions(coordinate: string, { filter }: { filter?: unknown }): readonly ReadScope[] {
  const scopes = conditions[coordinate];
  if (scopes === undefined || typeof filter !== 'object' || filter === null) return [];
  return Object.entries(filter).flatMap(([member, value]) => (value == null ? [] : (scopes[member] ?? [])));
}

/** For what is read ahead of the fields that want it. */
export function mayRead({ scopes }: Viewer, typeNames: readonly string[], coordinate: string, args: object): boolean {
  const taken = [...typeNames.map(scopeToSee), ...scopesOfFilter(coordinate, args)];
  return taken.every((it) => it === null || isGranted(scopes, it));
}

/** True, or throws the PermissionError that names the scope. */
export function requireScope({ scopes }: Viewer, scope: ReadScope | null): true {
  if (scope !== null && !isGranted(scopes, scope)) throw new PermissionError(scope);
  return true;
}

/** Throws PermissionError. To be called before anything is asked of an upstream, so that nothing is learnt by guessing. */
export function requireFilter(viewer: Viewer, coordinate: string, args: object): void {
  for (const scope of scopesOfFilter(coordinate, args)) requireScope(viewer, scope);
}
