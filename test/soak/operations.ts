import type { Company } from '../../src/sandbox/company/data.ts';
import { operation } from '../helpers/operation.ts';
import { isTaken } from '../helpers/truth.ts';
import { holdersOfItems, roleBoard, skillsMatrix } from '../helpers/truth-boards.ts';
import { fullJoinOf, luccaPeople } from '../helpers/truth-full-join.ts';

/** What is asked, and what is true of it at the start: the data but for ids and pages. */
export type Read = {
  body: string;
  expected: unknown /** Users of Ctrl Hub whose assignments it shows. */;
  users: string[];
};

/** Somebody whom all three systems know, by an address of their own. */
export type Target = { email: string; userId: string; displayName: string };

const join = operation('q02-full-join');
/** What q02 asks of each person, of one. */
const personJoin = join
  .replace('query FullJoin', 'query PersonJoin($email: EmailAddress!)')
  .replace(/employees\(first: 100\) \{\s*nodes/, 'employee(by: { email: $email })')
  .replace(/\s*pageInfo \{[^}]*\}\s*\}/, '');
const ladder = `query Ladder {
  grades(first: 100, activeOnly: true) {
    nodes { externalKey name employees(first: 10) { nodes { displayName } totalCount } }
    totalCount
  }
}`;

const maxTargets = 20;
/** Assignments of a person that q02 shows, and that a target has at the start. */
const pageOfAssignments = 10;
const mostAtStart = 2;
/** That may be added to a target. */
export const mostAssigned = pageOfAssignments - mostAtStart;
const body = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });
const named = (people: string[]) => people.map((displayName) => ({ displayName }));

/** On the first page of q02, with few assignments: those that are added stay within the page of them. */
export function targetsIn(company: Company): Target[] {
  const page = luccaPeople(company).slice(0, 100);
  const names = page.map(({ lucca }) => `${lucca.givenName} ${lucca.familyName}`);
  return page
    .flatMap(({ lucca, naver, user, contested }, index) => {
      const [displayName = ''] = names.slice(index, index + 1);
      const held = company.ctrlHub.assignments.filter((it) => it.userId === user?.id).length;
      const isOnly = names.filter((it) => it === displayName).length === 1;
      if (lucca.email === null || isTaken(company, lucca.email) || !isOnly || held > mostAtStart) return [];
      return naver === null || user === null || contested.length > 0
        ? []
        : [{ email: lucca.email, userId: user.id, displayName }];
    })
    .slice(0, maxTargets);
}

/** Everything that is read in turn. */
export function readsOf(company: Company, targets: readonly Target[]): Read[] {
  const people = fullJoinOf(company);
  const users = targets.map((it) => it.userId);
  const originalName = new Map(company.naver.grades.map((it) => [it.externalKey, it.name]));
  const grades = holdersOfItems(company, 'grades').map(({ key, people: holders }) => ({
    externalKey: key,
    name: originalName.get(key),
    employees: { nodes: named(holders.slice(0, 10)), totalCount: holders.length },
  }));
  const boards: Read[] = [
    {
      body: body(operation('q01-directory-page')),
      expected: {
        employees: {
          nodes: people.slice(0, 25).map(({ displayName, email, status }) => ({ displayName, email, status })),
        },
      },
      users: [],
    },
    { body: body(join), expected: { employees: { nodes: people.slice(0, 100) } }, users },
    {
      body: body(operation('q04-role-board')),
      expected: {
        jobRoles: {
          nodes: roleBoard(company).map(({ assignments, ...role }) => ({
            ...role,
            assignments: { nodes: assignments, totalCount: assignments.length },
          })),
        },
      },
      users,
    },
    { body: body(ladder), expected: { grades: { nodes: grades, totalCount: grades.length } }, users: [] },
    {
      body: body(operation('q06-skills-matrix')),
      expected: {
        professions: {
          nodes: skillsMatrix(company).map(({ ranks, ...profession }) => ({
            ...profession,
            jobQualifications: {
              nodes: ranks.map(({ people: holders, ...rank }) => ({
                ...rank,
                employees: { nodes: named(holders), totalCount: holders.length },
              })),
            },
          })),
        },
      },
      users: [],
    },
  ];
  const persons = targets.map(({ email, userId }) => ({
    body: body(personJoin, { email }),
    expected: { employee: people.find((it) => it.email === email) },
    users: [userId],
  }));
  // Each board once between four persons.
  return persons.flatMap((person, index) => {
    const board = boards[(index / 4) % boards.length];
    return index % 4 === 0 && board !== undefined ? [board, person] : [person];
  });
}
