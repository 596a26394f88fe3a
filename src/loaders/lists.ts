import type { Awaitable } from '../domain/awaitable.ts';
import type { JobQualification, NaverItem, Profession } from '../domain/organisation.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { AssignmentPage } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { createDirectoryWait } from './directory-wait.ts';
import type { Memory, Question } from './memory.ts';
import { type ReadPlan, type WholeList, wholeLists } from './plan.ts';
import { question } from './questions.ts';

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

/** The lists of one operation: each is read on first use, whole, and once. It is there at once where it is remembered. */
export type Lists = { [L in WholeList]: () => Awaitable<Rows[L]> } & {
  /** The list, where this operation has it already. */
  settled<L extends WholeList>(list: L): Rows[L] | null;
  /** Of the lists that the process has: nothing is asked for to tell. */
  versions(): ReadonlyMap<WholeList, number>;
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
  // Each list is written and read by one function only, hence with one type.
  const settled = new Map<WholeList, unknown>();
  const underWay = new Map<WholeList, Promise<unknown>>();

  const questions: Record<WholeList, Question> = {
    luccaDirectory: question('LUCCA', 'allEmployees', wholeDirectory),
    jobQualifications: question('LUCCA', 'jobQualifications'),
    professions: question('LUCCA', 'professions'),
    naverPeople: question('NAVER', 'people'),
    grades: question('NAVER', 'grades'),
    positions: question('NAVER', 'positions'),
    members: question('CTRL_HUB', 'members'),
    assignments: question('CTRL_HUB', 'assignments', { include }),
  };

  const whole =
    <L extends WholeList>(list: L, load: () => Promise<Rows[L]>) =>
    (): Awaitable<Rows[L]> => {
      const found = settled.get(list) ?? memory.peek<Rows[L]>(questions[list])?.value;
      if (found !== undefined) {
        settled.set(list, found);
        return found as Rows[L];
      }
      return (underWay.get(list) as Promise<Rows[L]> | undefined) ?? start(list, load);
    };

  function start<L extends WholeList>(list: L, load: () => Promise<Rows[L]>): Promise<Rows[L]> {
    const answer = (async () => load())();
    underWay.set(list, answer);
    answer.then(
      (rows) => underWay.get(list) === answer && settled.set(list, rows),
      () => undefined,
    );
    return answer;
  }

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
    settled: <L extends WholeList>(list: L) => (settled.get(list) as Rows[L] | undefined) ?? null,
    versions: () => {
      const versions = new Map<WholeList, number>();
      for (const list of wholeLists) {
        const version = memory.versionOf(questions[list].key);
        if (version !== null) versions.set(list, version);
      }
      return versions;
    },
    isAtHand: (list) => {
      const { key } = questions[list];
      if (settled.has(list)) return true;
      if (list === 'luccaDirectory' && directories.LUCCA.isSlow()) return memory.isKept(key);
      return underWay.has(list) || memory.isAtHand(key);
    },
    forget: (list) => {
      settled.delete(list);
      underWay.delete(list);
    },
  };
}

/** Starts what the plan names. Errors are reported where the list is used; here they only must not go unhandled. */
export function startPlannedLists(lists: Lists, plan: ReadPlan): void {
  const planned = wholeLists.filter((it) => plan.lists.has(it));
  for (const list of planned) Promise.resolve(lists[list]()).catch(() => undefined);
}
