import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { requestLines, roundsOf } from '../helpers/upstream-requests.ts';

type Cost = {
  name: string;
  variables?: Record<string, unknown>;
  /** The longest chain of requests that may wait for one another. */
  rounds: number;
  lucca: string[];
  ctrlHub: string[];
  naver: string[];
};

const luccaDirectory = [
  'GET employees?sort=id&limit=100&include=embedded,links&page=…',
  'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
];
const luccaReferences = ['GET job-qualifications?limit=100&include=links', 'GET professions?limit=100&include=links'];
const naverPeople = ['GET employee?offset=0&limit=100', 'GET employee?offset=100&limit=100'];
const members = ['GET members?limit=100&offset=0', 'GET members?limit=100&offset=100'];
const assignmentsWith = (include: string) =>
  [0, 100, 200].map((offset) => `GET job-role-assignments?limit=100&offset=${offset}&include=${include}`);

/** Of a company of 200 people, which is two pages of each directory and three of assignments. */
const costs: Cost[] = [
  {
    name: 'q01-directory-page',
    rounds: 1,
    lucca: ['GET employees?sort=familyName&limit=100&include=links'],
    ctrlHub: [],
    naver: [],
  },
  {
    name: 'q02-full-join',
    rounds: 2,
    lucca: ['GET employees?sort=familyName&limit=100&include=embedded,links', ...luccaReferences],
    ctrlHub: [...assignmentsWith('role,user'), ...members],
    naver: [...naverPeople, 'GET grade?offset=0&limit=100', 'GET job?offset=0&limit=100'],
  },
  {
    name: 'q03-person',
    variables: { email: 'mina.han@hanbit-marine.example' },
    rounds: 2,
    lucca: ['GET employees?email=mina.han@hanbit-marine.example&limit=100&include=embedded,links', ...luccaReferences],
    ctrlHub: [...assignmentsWith('organisation,role,user'), ...members],
    naver: [...naverPeople, 'GET grade?offset=0&limit=100', 'GET job?offset=0&limit=100'],
  },
  {
    name: 'q04-role-board',
    rounds: 2,
    lucca: luccaDirectory,
    ctrlHub: assignmentsWith('role,user'),
    naver: [],
  },
  {
    name: 'q05-grade-ladder',
    rounds: 2,
    lucca: luccaDirectory,
    ctrlHub: [],
    naver: [...naverPeople, 'GET grade?offset=0&limit=100'],
  },
  {
    name: 'q06-skills-matrix',
    rounds: 2,
    lucca: [...luccaDirectory, ...luccaReferences],
    ctrlHub: [],
    naver: [],
  },
  {
    name: 'q11-counts',
    rounds: 1,
    lucca: ['GET employees?sort=familyName&limit=1&include=totalCount,links', ...luccaReferences],
    ctrlHub: ['GET job-role-assignments?limit=25&offset=0'],
    naver: ['GET grade?offset=0&limit=100', 'GET job?offset=0&limit=100'],
  },
];

/** Long enough for requests that wait for one another to be told from those that do not. */
const latencyMs = 200;

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ latencyMs });
});
afterAll(() => graph.stop());

/** A process that has a token and nothing else: tokens are no part of an operation's cost. */
async function startCold(): Promise<void> {
  await graph.restartGraph();
  await graph.query('{ employee(by: { luccaId: "1" }) { id } }');
  graph.forgetRequests();
}

async function measure(name: string, variables: Record<string, unknown> = {}) {
  graph.forgetRequests();
  const { data, errors } = await graph.query(operation(name), variables);
  expect(data).not.toBeNull();
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  const requests = graph.requests();
  const { LUCCA: lucca, CTRL_HUB: ctrlHub, NAVER: naver } = requestLines(requests);
  return { lucca, ctrlHub, naver, rounds: roundsOf(requests) };
}

const free = { lucca: [], ctrlHub: [], naver: [], rounds: 0 };

describe.each(costs)('$name', ({ name, variables, rounds, lucca, ctrlHub, naver }) => {
  it('asks exactly this when cold, and nothing when warm', async () => {
    await startCold();
    const cold = await measure(name, variables);
    expect(cold).toEqual({
      lucca: lucca.toSorted(),
      ctrlHub: ctrlHub.toSorted(),
      naver: naver.toSorted(),
      rounds: expect.any(Number),
    });
    expect(cold.rounds).toBeLessThanOrEqual(rounds);
    expect(await measure(name, variables)).toEqual(free);
  });
});

const nodesOf = z.object({ nodes: z.array(z.object({ id: z.string() })) });
const sampleShape = z.object({
  employees: nodesOf,
  grades: nodesOf,
  jobRoles: nodesOf,
  jobQualifications: nodesOf,
  jobRoleAssignments: z.object({
    nodes: z.array(z.object({ id: z.string(), employee: z.object({ id: z.string() }) })),
  }),
});

const sample = `{
  employees(first: 4) { nodes { id } }
  grades(first: 4) { nodes { id } }
  jobRoles(first: 4) { nodes { id } }
  jobQualifications(first: 4) { nodes { id } }
  jobRoleAssignments(first: 100) { nodes { id employee { id } } }
}`;

describe('q09-refetch', () => {
  it('asks for four of each of five kinds in one batch per kind', async () => {
    const found = sampleShape.parse((await graph.query(sample)).data);
    const byUser = new Map(found.jobRoleAssignments.nodes.map((it) => [it.employee.id, it.id]));
    const kinds = [found.employees, found.grades, found.jobRoles, found.jobQualifications];
    const ids = [...kinds.flatMap(({ nodes }) => nodes.map((it) => it.id)), ...[...byUser.values()].slice(0, 4)];

    await startCold();
    const { lucca, ctrlHub, naver, rounds } = await measure('q09-refetch', { ids });
    expect(lucca).toEqual([
      expect.stringMatching(/^GET employees\?id=\d+(,\d+){3}&limit=100&include=links$/),
      'GET job-qualifications?limit=100&include=links',
    ]);
    const filters = ctrlHub.map((it) => /^GET job-role-assignments\?.*&filter=(role|user)\('[^)]*'\)$/.exec(it)?.[1]);
    expect(filters.sort()).toEqual(['role', 'user']);
    for (const line of ctrlHub) expect(line.match(/'[\da-f-]{36}'/g)).toHaveLength(4);
    expect(naver).toEqual(['GET grade?offset=0&limit=100']);
    expect(rounds).toBeLessThanOrEqual(2);
    expect(await measure('q09-refetch', { ids })).toEqual(free);
  });
});

describe('q10-entities', () => {
  it('asks for a hundred people by their addresses in one batch', async () => {
    // Of two people with one address both would come, and a hundred and one are two of Lucca's pages.
    const addresses = graph.company.lucca.employees.flatMap((it) => it.email ?? []);
    const isOwn = (it: string) => addresses.indexOf(it) === addresses.lastIndexOf(it);
    const emails = addresses.filter(isOwn).slice(0, 100);
    const people = emails.map((email) => ({ __typename: 'Employee', email }));

    await startCold();
    const { lucca, ctrlHub, naver, rounds } = await measure('q10-entities', { people });
    expect(lucca).toEqual([
      `GET employees?email=${emails.join(',')}&limit=100&include=embedded,links`,
      'GET job-qualifications?limit=100&include=links',
    ]);
    expect(ctrlHub).toEqual([]);
    expect(naver).toEqual([...naverPeople, 'GET grade?offset=0&limit=100']);
    expect(rounds).toBeLessThanOrEqual(2);
    expect(await measure('q10-entities', { people })).toEqual(free);
  });
});

describe('the cost of a page', () => {
  it.each([1, 25, 100])('does not grow with the %i people on it', async (first) => {
    await startCold();
    await graph.query(
      `query ($first: Int) { employees(first: $first) { nodes {
        grade { name } jobQualification { profession { title } } jobRoleAssignments { nodes { role { name } } }
      } } }`,
      { first },
    );
    const { LUCCA, CTRL_HUB, NAVER } = graph.requests();
    expect(LUCCA.length).toBeLessThanOrEqual(3);
    expect(CTRL_HUB.length).toBeLessThanOrEqual(5);
    expect(NAVER.length).toBeLessThanOrEqual(3);
  });

  it('is one request for each hundred people of the directory, however small the pages', async () => {
    await startCold();
    const document = 'query ($after: String) { employees(after: $after) { nodes { id } pageInfo { endCursor } } }';
    const shape = z.object({ employees: z.object({ pageInfo: z.object({ endCursor: z.string().nullable() }) }) });
    const costs: number[] = [];
    for (let after: string | null = null; costs.length < 8; ) {
      graph.forgetRequests();
      const { employees } = shape.parse((await graph.query(document, { after })).data);
      costs.push(requestLines(graph.requests()).LUCCA.length);
      after = employees.pageInfo.endCursor;
    }
    expect(costs).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('does not depend on how many are asked for, nor on where', async () => {
    await startCold();
    const document = 'query ($first: Int) { employees(first: $first) { nodes { id } } }';
    for (const first of [51, 77, 100, 3]) await graph.query(document, { first });
    expect(requestLines(graph.requests()).LUCCA).toHaveLength(1);
  });

  it('is nothing for who asks for less of the same people', async () => {
    await startCold();
    await graph.query('{ employees { nodes { jobTitle } } }');
    graph.forgetRequests();
    await graph.query('{ employees { nodes { displayName } } }');
    expect(requestLines(graph.requests()).LUCCA).toEqual([]);
  });

  it('shares the answers among operations that run at the same time', async () => {
    await startCold();
    await Promise.all(Array.from({ length: 20 }, () => graph.query(operation('q05-grade-ladder'))));
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: luccaDirectory.toSorted(),
      CTRL_HUB: [],
      NAVER: [...naverPeople, 'GET grade?offset=0&limit=100'],
    });
  });
});
