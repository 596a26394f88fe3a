import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { requestLines, roundsOf } from '../helpers/upstream-requests.ts';
import { evaluate, type PlainFilter } from './plain-evaluation.ts';
import { toInput } from './walk-employees.ts';

const employees = [
  'GET employees?sort=id&limit=100&include=embedded,links&page=…',
  'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
];
const people = ['GET employee?offset=0&limit=100', 'GET employee?offset=100&limit=100'];
const members = ['GET members?limit=100&offset=0', 'GET members?limit=100&offset=100'];
const assignments = [0, 100, 200].map(
  (offset) => `GET job-role-assignments?limit=100&offset=${offset}&include=organisation,role,user`,
);
const qualifications = ['GET job-qualifications?limit=100&include=totalCount,links'];
const grades = ['GET grade?offset=0&limit=100'];

/** Long enough for requests that wait for one another to be told from those that do not. */
const latencyMs = 200;

let graph: TestGraph;
beforeAll(async () => {
  // Every operation reads what it needs, and nothing else.
  graph = await startGraph({ latencyMs, env: { CACHE_FRESH_SECONDS: '0' } });
});
afterAll(() => graph.stop());

async function measure(name: string, variables: Record<string, unknown> = {}) {
  graph.forgetRequests();
  const { data, errors } = await graph.query(operation(name), variables);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  const requests = graph.requests();
  return { data, cost: { ...requestLines(requests), rounds: roundsOf(requests) } };
}

/** A grade, a profession and a job role that some of the crane crew share. */
function craneCrew(): PlainFilter & { jobRoleIds: string[] } {
  const { lucca, naver, ctrlHub } = graph.company;
  const showcase = graph.sandbox.showcaseEmail;
  const grade = naver.employees.find((it) => it.emailAddress?.toLowerCase() === showcase)?.gradeExternalKey ?? '';
  const user = ctrlHub.users.find((it) => it.email === showcase);
  const role = ctrlHub.assignments.find((it) => it.userId === user?.id)?.roleId ?? '';
  const profession = lucca.professions.find((it) => it.title === 'Lifting Operations')?.id ?? '';
  return { gradeKeys: [grade], professionIds: [profession], minRank: 2, jobRoleIds: [role] };
}

const q07Shape = z.object({ employees: z.object({ nodes: z.array(z.unknown()), totalCount: z.number() }) });

describe('q07-across-systems, where nothing is cached', () => {
  const costOf = async (filter: PlainFilter) => (await measure('q07-across-systems', { filter: toInput(filter) })).cost;

  it('reads the lists that its conditions need, whole, in two rounds', async () => {
    const filter = craneCrew();
    const { data, cost } = await measure('q07-across-systems', { filter: toInput(filter) });
    expect(cost).toEqual({
      LUCCA: [...employees, ...qualifications],
      CTRL_HUB: [...assignments, ...members],
      NAVER: people,
      rounds: 2,
    });
    const expected = evaluate(graph.company, filter);
    expect(expected.length).toBeGreaterThan(1);
    expect(q07Shape.parse(data).employees.nodes).toHaveLength(expected.length);
    expect(q07Shape.parse(data).employees.totalCount).toBe(expected.length);
  });

  it('is answered without any request where a condition has no values', async () => {
    expect(await costOf({ gradeKeys: [] })).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [], rounds: 0 });
  });
});

/** Of an operation that shows nothing but how many there are. */
describe('a filter, where nothing is cached', () => {
  const count =
    'query ($filter: EmployeeFilter, $by: EmployeeOrder) { employees(filter: $filter, orderBy: $by) { totalCount } }';
  const none = { LUCCA: employees, CTRL_HUB: [], NAVER: [] };

  it.each<[string, object, object]>([
    ['no condition', {}, none],
    [
      'a search, an address and a status',
      { filter: { search: 'a', emails: ['a@b.example'], status: ['ACTIVE'] } },
      none,
    ],
    ['a grade and a position', { filter: { gradeKeys: ['G04'], positionKeys: ['J01'] } }, { ...none, NAVER: people }],
    ['a hire date', { filter: { hiredFrom: '2020-01-01' } }, { ...none, NAVER: people }],
    ['a rank', { filter: { minRank: 2 } }, { ...none, LUCCA: [...employees, ...qualifications] }],
    [
      'a type of assignment',
      { filter: { assignmentType: 'cover' } },
      { ...none, CTRL_HUB: [...assignments, ...members] },
    ],
    ['an order by hire date', { by: 'HIRED_ON_DESC' }, { ...none, NAVER: people }],
    ['an order by grade', { by: 'GRADE_ASC' }, { ...none, NAVER: [...people, ...grades] }],
  ])('by %s reads what it needs and no more', async (_, variables, expected) => {
    graph.forgetRequests();
    const { errors } = await graph.query(count, { ...variables });
    expect(errors).toEqual([]);
    expect(requestLines(graph.requests())).toEqual(expected);
  });
});

describe('q08-unlinked, where nothing is cached', () => {
  it('reads everybody, in two rounds', async () => {
    const { cost } = await measure('q08-unlinked');
    expect(cost).toEqual({ LUCCA: employees, CTRL_HUB: [...assignments, ...members], NAVER: people, rounds: 2 });
  });
});
