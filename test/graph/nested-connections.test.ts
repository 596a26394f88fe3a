import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { connection } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** A list below an object: how to reach the object, and the list's field. */
const lists: [string, string, string][] = [
  ['the assignments of a person', 'employee(by: { luccaId: "20001" })', 'jobRoleAssignments'],
  ['the holders of a grade', 'grade(externalKey: "G04")', 'employees'],
  ['the holders of a position', 'position(externalKey: "J02")', 'employees'],
  ['the holders of a qualification', `jobQualification(id: "${idOf('JobQualification', '803')}")`, 'employees'],
  ['the qualifications of a profession', `profession(id: "${idOf('Profession', '33')}")`, 'jobQualifications'],
  [
    'the assignments of a role',
    `jobRole(id: "${idOf('JobRole', '401e0000-0000-4000-8000-000000000001')}")`,
    'assignments',
  ],
];

function idOf(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

const answer = z.object({ parent: z.object({ list: connection }) });

async function readPage(parent: string, field: string, first: number, after: string | null) {
  const { data, errors } = await graph.query(
    `query ($first: Int, $after: String) { parent: ${parent} { list: ${field}(first: $first, after: $after) {
      totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } }`,
    { first, after },
  );
  expect(errors).toEqual([]);
  return answer.parse(data).parent.list;
}

async function walk(parent: string, field: string, first: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await readPage(parent, field, first, after);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    ids.push(...edges.map((it) => it.node.id));
    if (!pageInfo.hasNextPage) return ids;
    expect(edges).toHaveLength(first);
    after = pageInfo.endCursor;
  }
}

describe.each(lists)('%s', (_, parent, field) => {
  it('are the same in pages of any size, each once', async () => {
    const all = await walk(parent, field, 100);
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all).size).toBe(all.length);
    expect((await readPage(parent, field, 1, null)).totalCount).toBe(all.length);
    for (const first of [1, 2, 7]) expect(await walk(parent, field, first)).toEqual(all);
  });

  it('go on from the middle of a page', async () => {
    const { edges } = await readPage(parent, field, 100, null);
    const { edges: later } = await readPage(parent, field, 100, edges[0]?.cursor ?? '');
    expect(later).toEqual(edges.slice(1));
  });

  it('are null alone when the arguments are wrong', async () => {
    for (const args of ['first: 0', 'first: 101', 'after: "nonsense"']) {
      const { data, errors } = await graph.query(`{ parent: ${parent} { id list: ${field}(${args}) { totalCount } } }`);
      expect(data).toMatchObject({ parent: { id: expect.any(String), list: null } });
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({ path: ['parent', 'list'], extensions: { code: 'BAD_USER_INPUT' } });
    }
  });
});
