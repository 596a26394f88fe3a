import type { ReadPlan, WholeList } from '../src/loaders/plan.ts';
import type { AssignmentInclude } from '../src/upstreams/ctrl-hub/client.ts';

export type PlanDraft = ReadPlan & {
  lists: Set<WholeList>;
  luccaEmbedded: boolean;
  assignmentIncludes: Set<AssignmentInclude>;
  isGranted: boolean;
  isVolatile: boolean;
};

/** One field of the operation: its arguments, and the coordinates of the fields above it. */
export type Visit = { args: Record<string, unknown>; path: readonly string[] };

type Need = (draft: PlanDraft, visit: Visit) => void;

const reads =
  (...lists: WholeList[]): Need =>
  ({ lists: planned }) => {
    for (const list of lists) planned.add(list);
  };

const embedded: Need = (draft) => {
  draft.luccaEmbedded = true;
};

const includes =
  (...related: AssignmentInclude[]): Need =>
  ({ assignmentIncludes }) => {
    for (const include of related) assignmentIncludes.add(include);
  };

const all =
  (...needs: Need[]): Need =>
  (draft, visit) => {
    for (const need of needs) need(draft, visit);
  };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isBelow = (path: readonly string[], ...coordinates: string[]) => path.some((it) => coordinates.includes(it));

/** Below a list, people come by the hundred: their whole directory is cheaper than asking for them. */
const belowAny =
  (coordinates: string[], need: Need): Need =>
  (draft, visit) => {
    if (isBelow(visit.path, ...coordinates)) need(draft, visit);
  };

/** Members, and whoever else holds an assignment; where directories are compared as such, members alone count. */
const ctrlHubPeople: Need = (draft, visit) => {
  reads('members')(draft, visit);
  if (!isBelow(visit.path, 'Query.unlinkedPeople')) all(reads('assignments'), includes('user'))(draft, visit);
};

/**
 * What each field will need beyond the record that its parent came with. A field that is missing here costs a round of
 * requests, never a wrong answer.
 */
export const fieldNeeds: Record<string, Need | undefined> = {
  'Employee.displayName': (draft, visit) => {
    if (visit.args.locale != null) reads('naverPeople')(draft, visit);
  },
  'Employee.hiredOn': all(reads('naverPeople'), embedded),
  'Employee.jobTitle': embedded,
  'Employee.grade': reads('naverPeople', 'grades'),
  'Employee.position': reads('naverPeople', 'positions'),
  'Employee.jobQualification': all(embedded, reads('jobQualifications')),
  'Employee.profession': all(embedded, reads('jobQualifications', 'professions')),
  'Employee.jobRoleAssignments': ctrlHubPeople,
  'Employee.identities': (draft, visit) => {
    const asked = Array.isArray(visit.args.upstreams) ? visit.args.upstreams : ['NAVER', 'CTRL_HUB'];
    if (asked.includes('NAVER')) reads('naverPeople')(draft, visit);
    if (asked.includes('CTRL_HUB')) ctrlHubPeople(draft, visit);
  },
  'Employee.identityConflicts': reads('luccaDirectory', 'naverPeople', 'members'),
  'Query.unlinkedPeople': reads('luccaDirectory', 'naverPeople', 'members'),
  // The users come with the assignments that a condition asks for, so that it can be told who they are.
  'Query.employees': (draft, visit) => {
    if (visit.args.filter != null) includes('user')(draft, visit);
  },
  'JobQualification.profession': reads('professions'),
  'JobQualification.employees': all(
    embedded,
    belowAny(['Query.jobQualifications', 'Profession.jobQualifications'], reads('luccaDirectory')),
  ),
  'Profession.jobQualifications': reads('jobQualifications'),
  'Grade.employees': reads('naverPeople', 'luccaDirectory'),
  'Position.employees': reads('naverPeople', 'luccaDirectory'),
  'Query.jobRoles': all(reads('assignments'), includes('role')),
  'JobRole.assignments': belowAny(['Query.jobRoles'], reads('assignments')),
  'JobRole.organisation': includes('role', 'organisation'),
  'JobRoleAssignment.role': includes('role'),
  'JobRoleAssignment.employee': all(includes('user'), (draft, visit) => {
    if (isBelow(visit.path, 'Employee.jobRoleAssignments')) return;
    reads('luccaDirectory')(draft, visit);
    // All assignments show nearly every user; a page of them does not show who shares an address.
    if (!isBelow(visit.path, 'Query.jobRoles')) reads('members')(draft, visit);
  }),
  'Query.jobRoleAssignments': (draft, visit) => {
    if (isObject(visit.args.filter) && visit.args.filter.employeeIds != null) ctrlHubPeople(draft, visit);
  },
};
