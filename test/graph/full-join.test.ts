import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { luccaInOrder } from '../helpers/truth.ts';
import { fullJoinOf, isShared } from '../helpers/truth-full-join.ts';

const page = z.object({
  employees: z.object({
    nodes: z.array(
      z.looseObject({
        id: z.string(),
        displayName: z.string(),
        identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string(), matchedBy: z.string() })),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

type Walk = {
  people: Record<string, unknown>[];
  ids: string[];
  errors: { code: string | undefined; person: string }[];
};

/** q02, which asks for 100 people from the beginning on, made to be paged. */
const pagedQ02 = operation('q02-full-join')
  .replace('query FullJoin', 'query FullJoin($first: Int, $after: String)')
  .replace('employees(first: 100)', 'employees(first: $first, after: $after)');

/** Walks over all people, the sizes taken in turn, and gathers what was told of whom. */
async function walk(graph: TestGraph, sizes: number[]): Promise<Walk> {
  const gathered: Walk = { people: [], ids: [], errors: [] };
  let after: string | null = null;
  for (let step = 0; ; step += 1) {
    const first = sizes[step % sizes.length];
    const answer = await graph.query(pagedQ02, { first, after });
    const { nodes, pageInfo } = page.parse(answer.data).employees;
    expect(nodes.length).toBe(pageInfo.hasNextPage ? first : nodes.length);
    for (const { id, ...person } of nodes) {
      gathered.ids.push(id);
      gathered.people.push(person);
    }
    for (const { path = [], extensions } of answer.errors) {
      expect([...path.slice(0, 2), ...path.slice(3)]).toEqual(['employees', 'nodes', 'email']);
      gathered.errors.push({ code: extensions.code, person: nodes[Number(path[2])]?.displayName ?? '' });
    }
    if (!pageInfo.hasNextPage) return gathered;
    after = pageInfo.endCursor;
  }
}

/** The two people of Lucca's who have one address, in Lucca's order. */
const couple = (): string[] =>
  luccaInOrder(graph.company)
    .filter((row) => isShared(graph.company, row))
    .map((row) => `${row.givenName} ${row.familyName}`);

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
beforeEach(() => graph.restartGraph());
afterAll(() => graph.stop());

describe('q02 over all people', () => {
  it.each([
    ['100 at a time', [100]],
    ['24 at a time', [24]],
    ['in pages of changing sizes', [40, 3, 100, 1, 25, 26]],
    ['all but one at a time', [99, 1]],
  ])('equals what the three systems hold, read %s', async (_, sizes) => {
    const { people, ids, errors } = await walk(graph, sizes);
    expect(people).toEqual(fullJoinOf(graph.company));
    expect(new Set(ids).size).toBe(graph.company.lucca.employees.length);
    expect(errors).toEqual(couple().map((person) => ({ code: 'CONFLICT', person })));
  });

  // A page shows the conflicts among what was read for it: a second page is not read for the sake of the first.
  it('sees the conflict of a couple on two pages as soon as the whole directory is at hand', async () => {
    const second = fullJoinOf(graph.company).findIndex((it) => it.displayName === couple()[1]);
    await graph.query('{ unlinkedPeople { totalCount } }');
    const { people } = await walk(graph, [second % 100, 100]);
    const expected = fullJoinOf(graph.company);
    expect(people.map((it) => it.identities)).toEqual(expected.map((it) => it.identities));
    expect(people.map((it) => it.grade)).toEqual(expected.map((it) => it.grade));
  });

  it('gives the same people the same ids after a restart', async () => {
    const before = await walk(graph, [100]);
    await graph.restartGraph();
    expect((await walk(graph, [50])).ids).toEqual(before.ids);
  });

  it('joins a company whose rows come in another order just the same', async () => {
    const shuffled = await startGraph();
    const { lucca, naver, ctrlHub } = shuffled.company;
    for (const rows of [lucca.employees, lucca.jobPositions, naver.employees, ctrlHub.users]) rows.reverse();
    const { people } = await walk(shuffled, [100]);
    await shuffled.stop();
    expect(people).toEqual(fullJoinOf(graph.company));
  });
});

/** So that the comparison above is known to be about something. */
describe('the company that is compared', () => {
  const truth = () => fullJoinOf(graph.company);
  const matchedBy = (upstream: string, rule: string) =>
    truth().filter(({ identities }) => identities.some((it) => it.upstream === upstream && it.matchedBy === rule));

  it('has people who are linked by each rule that needs no file', () => {
    for (const rule of ['EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER']) {
      expect(matchedBy('NAVER', rule).length).toBeGreaterThan(2);
    }
    expect(matchedBy('CTRL_HUB', 'EMAIL').length).toBeGreaterThan(100);
  });

  it('has people with and without each thing that can be missing', () => {
    for (const field of [
      'email',
      'employeeNumber',
      'hiredOn',
      'jobTitle',
      'grade',
      'position',
      'jobQualification',
    ] as const) {
      const missing = truth().filter((it) => it[field] === null).length;
      expect(missing, field).toBeGreaterThan(0);
      expect(truth().length - missing, field).toBeGreaterThan(80);
    }
    expect(truth().filter((it) => it.jobRoleAssignments.nodes.length === 0).length).toBeGreaterThan(20);
  });
});
