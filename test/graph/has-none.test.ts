import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { assignmentsOf, jobPositionOf } from '../helpers/truth.ts';
import { keyOf, type Person, peopleOf } from '../helpers/truth-people.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const shape = z.object({
  employees: z.object({
    nodes: z.array(z.object({ id: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

async function select(filter: object): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const { data, errors } = await graph.query(
      `query ($filter: EmployeeFilter, $after: String) { employees(first: 100, filter: $filter, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { filter, after },
    );
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = shape.parse(data).employees;
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.endCursor;
    hasNext = pageInfo.hasNextPage;
  }
  return ids.sort();
}

const expected = (holds: (person: Person) => boolean): string[] =>
  peopleOf(graph.company)
    .filter((it) => it.lucca !== null && holds(it))
    .map((it) => Buffer.from(`Employee:${keyOf(it)}`).toString('base64url'))
    .sort();

const holdsRole = ({ user }: Person): boolean => user !== null && assignmentsOf(graph.company, user.id).length > 0;

const cases: [condition: string, system: 'naver' | 'user' | null, has: (person: Person) => boolean][] = [
  ['hasGrade', 'naver', ({ naver }) => naver?.gradeExternalKey != null],
  ['hasPosition', 'naver', ({ naver }) => naver?.jobExternalKey != null],
  [
    'hasJobQualification',
    null,
    ({ lucca }) => lucca !== null && jobPositionOf(graph.company, lucca)?.jobQualificationId != null,
  ],
  ['hasJobRole', 'user', holdsRole],
];

describe('a filter for people who have something, or have none of it', () => {
  it.each(cases)('%s is true or false, and neither where the record is contested', async (condition, system, has) => {
    const isKnown = ({ contested }: Person) => system === null || !contested.includes(system);
    for (const wanted of [true, false]) {
      const ids = await select({ [condition]: wanted });
      expect(ids).toEqual(expected((person) => isKnown(person) && has(person) === wanted));
      expect(ids.length).toBeGreaterThan(0);
    }
    expect(await select({ [condition]: null })).toEqual(expected(() => true));
  });

  it('goes with other conditions: of one grade, and without a job role', async () => {
    const isOfGrade = ({ naver }: Person) => naver?.gradeExternalKey === 'G04';
    const found = await select({ gradeKeys: ['G04'], hasJobRole: false });
    expect(found).toEqual(
      expected((person) => isOfGrade(person) && !person.contested.includes('user') && !holdsRole(person)),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(await select({ gradeKeys: ['G04'], hasGrade: false })).toEqual([]);
  });
});
