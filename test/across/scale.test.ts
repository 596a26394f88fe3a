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

describe.each([10, 5_000])('a company of %i people', (people) => {
  it('costs one request per page of people and assignments, and one per reference list, whatever is asked', async () => {
    graph = await startGraph({ people, env: { LUCCA_RATE_LIMIT: '100000/60', CACHE_FRESH_SECONDS: '3600' } });
    const { lucca, naver, ctrlHub } = graph.company;
    const members = ctrlHub.users.filter((it) => it.organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''));
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: luccaDirectory(pagesOf(lucca.employees)),
      CTRL_HUB: [
        ...pages(
          'job-role-assignments',
          pagesOf(ctrlHub.assignments),
          (offset) => `limit=100&offset=${offset}&include=organisation,role,user`,
        ),
        ...pages('members', pagesOf(members), (offset) => `limit=100&offset=${offset}`),
      ],
      NAVER: pages('employee', pagesOf(naver.employees), (offset) => `offset=${offset}&limit=100`),
    });
    const costs = {
      'q04-role-board': [],
      'q05-grade-ladder': ['GET grade?offset=0&limit=100'],
      'q06-skills-matrix': [
        'GET job-qualifications?limit=100&include=totalCount,links',
        'GET professions?limit=100&include=totalCount,links',
      ],
      'q08-unlinked': [],
    };
    for (const [name, cost] of Object.entries(costs)) {
      for (const expected of [cost, []]) {
        graph.forgetRequests();
        const { errors } = await graph.query(operation(name));
        expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
        expect({ [name]: Object.values(requestLines(graph.requests())).flat() }).toEqual({ [name]: expected });
      }
    }
  }, 120_000);
});

/** Lucca's allowance in miniature: a directory of 28 pages takes longer than an operation waits. */
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
  const byEmail = 'query ($email: EmailAddress!) { employee(by: { email: $email }) { displayName } }';

  /** All that takes Lucca's people: nothing is answered by those who have been read so far. */
  const tooMuch: [string, string][] = [
    ['unlinkedPeople', '{ unlinkedPeople(first: 1) { totalCount } }'],
    ['employees', '{ employees(first: 1) { nodes { id } } }'],
    ['employees', '{ employees(filter: { gradeKeys: ["G04"] }) { totalCount } }'],
    ['employee', '{ employee(by: { luccaId: "20001" }) { displayName } }'],
  ];

  /** What Lucca's people have no part in. */
  const others = `{ grades { nodes { name } } jobRoles { nodes { name assignments { totalCount } } }
    jobRoleAssignments { totalCount } professions { nodes { title } } }`;

  it('fails at once what takes it, answers what does not, and is there in the time that was told', async () => {
    graph = await startGraph({ people: 3_000, luccaRateLimit: allowance, waitsForDirectory: false });
    const { lucca } = graph.company;
    await expect.poll(async () => (await progressOf('LUCCA'))?.people ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
    const early = await progressOf('LUCCA');
    expect(early).toMatchObject({ expected: lucca.employees.length, isComplete: false });
    expect(early?.people).toBeLessThan(lucca.employees.length);
    expect(early?.secondsToGo).toBeGreaterThan(1);

    for (const [field, document] of tooMuch) {
      const { data, errors } = await graph.query(document);
      expect({ document, data }).toEqual({ document, data: { [field]: null } });
      const extensions = { code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA', retryAfterSeconds: expect.any(Number) };
      expect(errors).toMatchObject([{ path: [field], extensions }]);
      expect(errors[0]?.extensions.retryAfterSeconds).toBeLessThanOrEqual((early?.secondsToGo ?? 0) + 1);
    }
    expect((await graph.query(others)).errors).toEqual([]);
    expect((await progressOf('LUCCA'))?.isComplete).toBe(false);

    await untilComplete(early?.people ?? 0);
    for (const [, document] of tooMuch) expect((await graph.query(document)).errors).toEqual([]);
    const last = lucca.employees.findLast((it) => it.email !== null && it.email !== it.email.toLowerCase());
    expect((await graph.query(byEmail, { email: last?.email })).data).toEqual({
      employee: { displayName: `${last?.givenName} ${last?.familyName}` },
    });
    expect((await graph.query(byEmail, { email: 'who.is.this@hanbit-marine.example' })).data).toEqual({
      employee: null,
    });

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
