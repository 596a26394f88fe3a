import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { contestedFieldsOf, fullJoinOf } from '../helpers/truth-full-join.ts';

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
  /** The fields that are null with CONFLICT, as `displayName field`. */
  conflicts: string[];
};

/** q02, which asks for 100 people from the beginning on, made to be paged. */
const pagedQ02 = operation('q02-full-join')
  .replace('query FullJoin', 'query FullJoin($first: Int, $after: String)')
  .replace('employees(first: 100)', 'employees(first: $first, after: $after)');

/** Walks over all people, the sizes taken in turn, and gathers what was told of whom. */
async function walk(graph: TestGraph, sizes: number[]): Promise<Walk> {
  const gathered: Walk = { people: [], ids: [], conflicts: [] };
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
      expect(extensions.code).toBe('CONFLICT');
      const [list, member, index, field, ...below] = path;
      expect([list, member, ...below]).toEqual(['employees', 'nodes']);
      gathered.conflicts.push(`${nodes[Number(index)]?.displayName} ${field}`);
    }
    if (!pageInfo.hasNextPage) return gathered;
    after = pageInfo.endCursor;
  }
}

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
    const { people, ids, conflicts } = await walk(graph, sizes);
    expect(people).toEqual(fullJoinOf(graph.company));
    expect(new Set(ids).size).toBe(graph.company.lucca.employees.length);
    expect(conflicts.sort()).toEqual(contestedFieldsOf(graph.company));
  });

  it('gives the same people the same ids after a restart', async () => {
    const before = await walk(graph, [100]);
    await graph.restartGraph();
    expect((await walk(graph, [50])).ids).toEqual(before.ids);
  });

  it('joins a company whose rows come in another order just the same', async () => {
    const inOrder = await walk(graph, [100]);
    const company = createCompany({ people: 200 });
    const { lucca, naver, ctrlHub } = company;
    const lists = [lucca.employees, lucca.jobPositions, naver.employees, ctrlHub.users, ctrlHub.assignments];
    for (const rows of lists) rows.reverse();
    const shuffled = await startGraph({ company });
    const reversed = await walk(shuffled, [100]);
    await shuffled.stop();
    expect(reversed).toEqual(inOrder);
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
    expect(truth().filter((it) => it.jobRoleAssignments?.nodes.length === 0).length).toBeGreaterThan(20);
  });

  it('has contested links to both later systems', () => {
    const contested = contestedFieldsOf(graph.company);
    const fields = ['grade', 'hiredOn', 'position'];
    expect(contested).toEqual(
      [
        ...['Elsa Zetterberg', 'Nils Zetterberg', 'Paulo Teixeira'].flatMap((name) =>
          fields.map((it) => `${name} ${it}`),
        ),
        'Wiebke Jöhnk jobRoleAssignments',
      ].sort(),
    );
  });
});
