import type { JobQualification, NaverItem, Profession } from '../domain/organisation.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { AssignmentPage } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { createDirectoryWait } from './directory-wait.ts';
import type { Memory } from './memory.ts';
import type { ReadPlan, WholeList } from './plan.ts';
import { readKey } from './remembered-upstreams.ts';

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
  /** True when using the list costs nothing more: this operation asked for it already, or the process has it. */
  isAtHand(list: WholeList): boolean;
  /** The next use reads the list anew. */
  forget(list: WholeList): void;
};

export function createLists(upstreams: Upstreams, memory: Memory, plan: ReadPlan): Lists {
  const include = [...plan.assignmentIncludes].sort();
  const wholeDirectory = { embedded: true };
  const directories = {
    LUCCA: createDirectoryWait('LUCCA', upstreams),
    NAVER: createDirectoryWait('NAVER', upstreams),
    CTRL_HUB: createDirectoryWait('CTRL_HUB', upstreams),
  };
  const answers = new Map<WholeList, Promise<unknown>>();

  const keys: Partial<Record<WholeList, string>> = {
    luccaDirectory: readKey('LUCCA', 'allEmployees', wholeDirectory),
    jobQualifications: readKey('LUCCA', 'jobQualifications'),
    grades: readKey('NAVER', 'grades'),
    positions: readKey('NAVER', 'positions'),
    members: readKey('CTRL_HUB', 'members'),
    assignments: readKey('CTRL_HUB', 'assignments', { include }),
  };

  const whole =
    <L extends WholeList>(list: L, load: () => Promise<Rows[L]>) =>
    (): Promise<Rows[L]> => {
      // Each list is asked for by one function only, hence with one type.
      const earlier = answers.get(list) as Promise<Rows[L]> | undefined;
      if (earlier !== undefined) return earlier;
      const answer = (async () => load())();
      answers.set(list, answer);
      return answer;
    };

  return {
    luccaDirectory: whole('luccaDirectory', () =>
      directories.LUCCA.wait(upstreams.client('LUCCA').allEmployees(wholeDirectory)),
    ),
    jobQualifications: whole('jobQualifications', () => upstreams.client('LUCCA').jobQualifications()),
    professions: whole('professions', () => upstreams.client('LUCCA').professions()),
    naverPeople: whole('naverPeople', () => directories.NAVER.wait(upstreams.client('NAVER').people())),
    grades: whole('grades', () => upstreams.client('NAVER').grades()),
    positions: whole('positions', () => upstreams.client('NAVER').positions()),
    members: whole('members', () => directories.CTRL_HUB.wait(upstreams.client('CTRL_HUB').members())),
    assignments: whole('assignments', () => upstreams.client('CTRL_HUB').assignments({ include })),
    isAtHand: (list) => {
      const key = keys[list];
      if (list === 'luccaDirectory' && directories.LUCCA.isSlow()) return key !== undefined && memory.isKept(key);
      return answers.has(list) || (key !== undefined && memory.isAtHand(key));
    },
    forget: (list) => void answers.delete(list),
  };
}

/** Starts what the plan names. Errors are reported where the list is used; here they only must not go unhandled. */
export function startPlannedLists(lists: Lists, plan: ReadPlan): void {
  for (const list of plan.lists) lists[list]().catch(() => undefined);
}
