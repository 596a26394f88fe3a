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
const luccaLists = ['GET job-qualifications?limit=100&include=links', 'GET professions?limit=100&include=links'];

describe.each([10, 5_000])('a company of %i people', (people) => {
  it('costs one request per page of a directory or of assignments, and one per reference list', async () => {
    graph = await startGraph({ people, env: { LUCCA_RATE_LIMIT: '100000/60' } });
    const { lucca, naver, ctrlHub } = graph.company;
    const directory = luccaDirectory(pagesOf(lucca.employees));
    const naverPeople = pages('employee', pagesOf(naver.employees), (offset) => `offset=${offset}&limit=100`);
    const assignments = pages(
      'job-role-assignments',
      pagesOf(ctrlHub.assignments),
      (offset) => `limit=100&offset=${offset}&include=role,user`,
    );
    const costs = {
      'q04-role-board': { LUCCA: directory, CTRL_HUB: assignments, NAVER: [] },
      'q05-grade-ladder': { LUCCA: directory, CTRL_HUB: [], NAVER: [...naverPeople, 'GET grade?offset=0&limit=100'] },
      'q06-skills-matrix': { LUCCA: [...directory, ...luccaLists], CTRL_HUB: [], NAVER: [] },
    };
    for (const [name, cost] of Object.entries(costs)) {
      await graph.restartGraph();
      graph.forgetRequests();
      const { errors } = await graph.query(operation(name));
      expect(errors, name).toEqual([]);
      expect(requestLines(graph.requests()), name).toEqual(cost);
      graph.forgetRequests();
      await graph.query(operation(name));
      expect(Object.values(graph.requests()).flat(), name).toEqual([]);
    }
  }, 120_000);
});

/** Lucca's allowance in miniature: a directory of 26 pages takes longer than somebody would wait. */
const allowance = { count: 10, seconds: 3 };

const progressShape = z.object({
  upstreams: z.array(
    z.object({
      upstream: z.string(),
      directory: z
        .object({ people: z.number(), expected: z.number().nullable(), isComplete: z.boolean(), asOf: z.string() })
        .nullable(),
    }),
  ),
});

async function progressOf(upstream: string) {
  const { data } = await graph.query('{ upstreams { upstream directory { people expected isComplete asOf } } }');
  return progressShape.parse(data).upstreams.find((it) => it.upstream === upstream)?.directory ?? null;
}

describe('a directory that its allowance lets read in minutes only', () => {
  const unlinked = '{ unlinkedPeople(first: 1) { totalCount } }';
  const bySpelling = 'query ($email: EmailAddress!) { employee(by: { email: $email }) { id displayName } }';
  const across = '{ employees(filter: { gradeKeys: ["G04"] }) { totalCount } }';

  const boards = ['q04-role-board', 'q05-grade-ladder', 'q06-skills-matrix'];

  const tooEarly = (path: string) => [
    {
      path: [path],
      extensions: { code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA', retryAfterSeconds: expect.any(Number) },
    },
  ];

  it('fails what needs all of it at once, answers what does not, and goes on being read', async () => {
    graph = await startGraph({ people: 3_000, luccaRateLimit: allowance });
    const { lucca } = graph.company;
    expect(await progressOf('LUCCA')).toBeNull();

    const first = await graph.query(unlinked);
    expect(first.data).toEqual({ unlinkedPeople: null });
    expect(first.errors).toMatchObject(tooEarly('unlinkedPeople'));
    const told = first.errors[0]?.extensions.retryAfterSeconds ?? 0;
    expect(told).toBeGreaterThan(1);

    const early = await progressOf('LUCCA');
    expect(early).toMatchObject({ expected: lucca.employees.length, isComplete: false });
    expect(early?.people).toBeGreaterThan(0);
    expect(early?.people).toBeLessThan(lucca.employees.length);

    for (const name of boards) {
      const { errors } = await graph.query(operation(name));
      const [tooMuch] = tooEarly('');
      expect(errors.length, name).toBeGreaterThan(0);
      for (const { extensions } of errors) expect(extensions, name).toMatchObject(tooMuch?.extensions ?? {});
    }

    // A filter across systems is not applied to the people read so far.
    const partial = await graph.query(across);
    expect(partial.data).toEqual({ employees: null });
    expect(partial.errors).toMatchObject(tooEarly('employees'));

    const last = lucca.employees.findLast((it) => it.email !== null && it.email !== it.email.toLowerCase());
    const found = await graph.query(bySpelling, { email: last?.email });
    expect(found.errors).toEqual([]);
    expect(found.data).toMatchObject({ employee: { displayName: `${last?.givenName} ${last?.familyName}` } });
    const listed = await graph.query('query ($f: EmployeeFilter) { employees(filter: $f) { totalCount } }', {
      f: { emails: [last?.email] },
    });
    expect(listed.data).toEqual({ employees: { totalCount: 1 } });

    const unknown = await graph.query(bySpelling, { email: 'who.is.this@hanbit-marine.example' });
    expect(unknown.data).toEqual({ employee: null });
    expect(unknown.errors).toMatchObject(tooEarly('employee'));
    expect((await progressOf('LUCCA'))?.isComplete).toBe(false);

    await untilComplete(early?.people ?? 0);
    const later = await graph.query(unlinked);
    expect(later.errors).toEqual([]);
    expect(later.data).toMatchObject({ unlinkedPeople: { totalCount: expect.any(Number) } });
    expect((await graph.query(bySpelling, { email: 'who.is.this@hanbit-marine.example' })).data).toEqual({
      employee: null,
    });

    for (const name of boards) expect((await graph.query(operation(name))).errors, name).toEqual([]);

    const requests = graph.requests().LUCCA;
    expect(requests.filter((it) => it.status === 429)).toEqual([]);
    const walk = requests.filter((it) => it.target.includes('sort=id'));
    expect(walk).toHaveLength(pagesOf(lucca.employees));
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
