import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { requestLines } from '../helpers/upstream-requests.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const pagesOf = (rows: readonly unknown[]): number => Math.ceil(rows.length / 100);

/** The requests of a list by offset, a hundred rows each. */
const pages = (list: string, count: number, query: (offset: number) => string): string[] =>
  Array.from({ length: count }, (_, page) => `GET ${list}?${query(page * 100)}`).sort();

const luccaDirectory = (count: number): string[] => [
  ...Array.from({ length: count - 1 }, () => 'GET employees?sort=id&limit=100&include=embedded,links&page=…'),
  'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
];

/** Beyond the directory. */
const boards = {
  'q04-role-board': { LUCCA: [], CTRL_HUB: [], NAVER: [] },
  'q05-grade-ladder': { LUCCA: [], CTRL_HUB: [], NAVER: ['GET grade?offset=0&limit=100'] },
  'q06-skills-matrix': {
    LUCCA: [
      'GET job-qualifications?limit=100&include=totalCount,links',
      'GET professions?limit=100&include=totalCount,links',
    ],
    CTRL_HUB: [],
    NAVER: [],
  },
};

describe.each([10, 5_000])('a company of %i people', (people) => {
  it('costs one request per page of people or of assignments, and one per reference list', async () => {
    // Long enough for nothing to be read a second time.
    graph = await startGraph({ people, env: { LUCCA_RATE_LIMIT: '100000/60', CACHE_FRESH_SECONDS: '600' } });
    const { lucca, naver, ctrlHub } = graph.company;
    const [organisation] = ctrlHub.organisations;
    const members = ctrlHub.users.filter((it) => it.organisationIds.includes(organisation?.id ?? ''));
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: luccaDirectory(pagesOf(lucca.employees)),
      CTRL_HUB: [
        ...pages(
          'job-role-assignments',
          pagesOf(ctrlHub.assignments),
          // Organisations, which list all of their members, come with the first thousand only.
          (offset) => `limit=100&offset=${offset}&include=${offset < 1_000 ? 'organisation,' : ''}role,user`,
        ),
        ...pages('members', pagesOf(members), (offset) => `limit=100&offset=${offset}`),
      ],
      NAVER: pages('employee', pagesOf(naver.employees), (offset) => `offset=${offset}&limit=100`),
    });
    for (const [name, cost] of Object.entries(boards)) {
      graph.forgetRequests();
      const { errors } = await graph.query(operation(name));
      expect(
        errors.filter((it) => it.extensions.code !== 'CONFLICT'),
        name,
      ).toEqual([]);
      expect(requestLines(graph.requests()), name).toEqual(cost);
      graph.forgetRequests();
      await graph.query(operation(name));
      expect(Object.values(graph.requests()).flat(), name).toEqual([]);
    }
  }, 120_000);
});

/** Lucca's allowance in miniature: a directory of 40 pages takes longer than somebody would wait. */
const allowance = { count: 10, seconds: 3 };

const progressShape = z.object({
  upstreams: z.array(
    z.object({
      upstream: z.string(),
      directory: z
        .object({
          people: z.number(),
          expected: z.number().nullable(),
          isComplete: z.boolean(),
          secondsToGo: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
});

async function progressOf(upstream: string) {
  const { data } = await graph.query('{ upstreams { upstream directory { people expected isComplete secondsToGo } } }');
  return progressShape.parse(data).upstreams.find((it) => it.upstream === upstream)?.directory ?? null;
}

describe('a directory that its allowance lets read in minutes only', () => {
  const unlinked = '{ unlinkedPeople(first: 1) { totalCount } }';
  const byEmail = 'query ($email: EmailAddress!) { employee(by: { email: $email }) { id displayName } }';
  const byId = 'query ($id: String!) { employee(by: { luccaId: $id }) { displayName } }';
  const listed = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }';
  const ofOthers = '{ professions { totalCount } grades { totalCount } jobRoleAssignments { totalCount } }';

  const tooEarly = (path: string) => [
    {
      path: [path],
      extensions: { code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA', retryAfterSeconds: expect.any(Number) },
    },
  ];

  it('fails what needs people at once, answers nothing around them, answers the rest, and goes on being read', async () => {
    graph = await startGraph({ people: 4_000, luccaRateLimit: allowance, waitsForDirectory: false });
    const { lucca } = graph.company;
    // The first page tells how many there are, and so how long it will take.
    await expect.poll(async () => (await progressOf('LUCCA'))?.people ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);

    const first = await graph.query(unlinked);
    expect(first.data).toEqual({ unlinkedPeople: null });
    expect(first.errors).toMatchObject(tooEarly('unlinkedPeople'));
    expect(first.errors[0]?.extensions.retryAfterSeconds).toBeGreaterThan(1);

    const early = await progressOf('LUCCA');
    expect(early).toMatchObject({ expected: lucca.employees.length, isComplete: false });
    expect(early?.people).toBeLessThan(lucca.employees.length);
    expect(early?.secondsToGo).toBeGreaterThan(1);

    // Neither a filter nor a look-up is applied to the people read so far, nor asked of Lucca.
    const [known] = lucca.employees;
    const questions: [string, string, object][] = [
      ['employees', listed, { filter: {} }],
      ['employees', listed, { filter: { gradeKeys: ['G04'] } }],
      ['employees', listed, { filter: { emails: [known?.email ?? 'a@hanbit-marine.example'] } }],
      ['employee', byEmail, { email: known?.email ?? 'a@hanbit-marine.example' }],
      ['employee', byEmail, { email: 'who.is.this@hanbit-marine.example' }],
      ['employee', byId, { id: known?.id }],
    ];
    for (const [path, document, variables] of questions) {
      const { data, errors } = await graph.query(document, { ...variables });
      expect(data).toEqual({ [path]: null });
      expect(errors).toMatchObject(tooEarly(path));
    }
    for (const name of Object.keys(boards)) {
      const { errors } = await graph.query(operation(name));
      expect(errors.length, name).toBeGreaterThan(0);
      for (const { extensions } of errors)
        expect(extensions, name).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA' });
    }
    expect((await graph.query(ofOthers)).errors).toEqual([]);
    expect((await progressOf('LUCCA'))?.isComplete).toBe(false);

    await untilComplete(early?.people ?? 0);
    const later = await graph.query(unlinked);
    expect(later.errors).toEqual([]);
    expect(later.data).toMatchObject({ unlinkedPeople: { totalCount: expect.any(Number) } });
    expect(await graph.query(listed, { filter: {} })).toMatchObject({
      data: { employees: { totalCount: lucca.employees.length } },
      errors: [],
    });
    expect(await graph.query(byId, { id: known?.id })).toMatchObject({
      data: { employee: { displayName: `${known?.givenName} ${known?.familyName}` } },
      errors: [],
    });
    expect(await graph.query(byEmail, { email: 'who.is.this@hanbit-marine.example' })).toMatchObject({
      data: { employee: null },
      errors: [],
    });
    for (const name of Object.keys(boards)) {
      const { errors } = await graph.query(operation(name));
      expect(
        errors.filter((it) => it.extensions.code !== 'CONFLICT'),
        name,
      ).toEqual([]);
    }

    const requests = graph.requests().LUCCA;
    expect(requests.filter((it) => it.status === 429)).toEqual([]);
    expect(requests.filter((it) => it.target.includes('/employees'))).toHaveLength(pagesOf(lucca.employees));
  }, 120_000);

  /** Progress never goes back. */
  async function untilComplete(people: number): Promise<void> {
    for (let before = people; ; ) {
      const now = await progressOf('LUCCA');
      expect(now?.people).toBeGreaterThanOrEqual(before);
      if (now?.isComplete) return;
      before = now?.people ?? 0;
      await delay(200);
    }
  }
});
