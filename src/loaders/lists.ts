import type { JobQualification, NaverItem, Profession } from '../domain/organisation.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { AssignmentPage } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import type { Memory } from './memory.ts';
import type { ReadPlan, WholeList } from './plan.ts';

type Rows = {
  luccaDirectory: readonly LuccaEmployee[];
  jobQualifications: readonly JobQualification[];
  professions: readonly Profession[];
  naverPeople: readonly NaverPerson[];
  grades: readonly NaverItem[];
  positions: readonly NaverItem[];
  members: readonly CtrlHubUser[];
  /** With what was included: one document of all pages. */
  assignments: AssignmentPage;
};

/** The lists of one operation: each is read on first use, whole, and once. */
export type Lists = { [L in WholeList]: () => Promise<Rows[L]> } & {
  /** Null where the list is so long that asking for a part of it is cheaper, which its first page has told. */
  assignmentsIfSmall(): Promise<AssignmentPage | null>;
  /** True once the list was asked for in this operation, so that using it costs nothing more. */
  isStarted(list: WholeList): boolean;
};

const smallPages = 10;

export function createLists(upstreams: Upstreams, memory: Memory, plan: ReadPlan): Lists {
  const started = new Set<WholeList>();
  const include = [...plan.assignmentIncludes].sort();
  const variant = `?include=${include.join(',')}`;

  const whole = <L extends WholeList>(list: L, load: () => Promise<Rows[L]>, key: string = list) => {
    const read = once(() => memory.read(key, async () => load()));
    return (): Promise<Rows[L]> => {
      started.add(list);
      return read();
    };
  };

  const firstAssignments = once(() =>
    memory.read(`assignments/first${variant}`, async () => {
      const ctrlHub = upstreams.client('CTRL_HUB');
      return ctrlHub.assignmentPage({ include, offset: 0, limit: ctrlHub.pageSize });
    }),
  );

  const lists: Lists = {
    luccaDirectory: whole('luccaDirectory', () => upstreams.client('LUCCA').allEmployees({ embedded: true })),
    jobQualifications: whole('jobQualifications', () => upstreams.client('LUCCA').jobQualifications()),
    professions: whole('professions', () => upstreams.client('LUCCA').professions()),
    naverPeople: whole('naverPeople', () => upstreams.client('NAVER').people()),
    grades: whole('grades', () => upstreams.client('NAVER').grades()),
    positions: whole('positions', () => upstreams.client('NAVER').positions()),
    members: whole('members', () => upstreams.client('CTRL_HUB').members()),
    assignments: whole(
      'assignments',
      async () => upstreams.client('CTRL_HUB').assignments({ include, first: await firstAssignments() }),
      `assignments${variant}`,
    ),
    assignmentsIfSmall: async () => {
      if (started.has('assignments')) return lists.assignments();
      const { total, assignments } = await firstAssignments();
      const isSmall = total === null || total <= smallPages * Math.max(assignments.length, 1);
      return isSmall ? lists.assignments() : null;
    },
    isStarted: (list) => started.has(list),
  };
  return lists;
}

/** Starts what the plan names. Errors are reported where the list is used; here they only must not go unhandled. */
export function startPlannedLists(lists: Lists, plan: ReadPlan): void {
  for (const list of plan.lists) {
    const start = list === 'assignments' ? lists.assignmentsIfSmall : lists[list];
    start().catch(() => undefined);
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
