import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { jobPositionOf } from '../helpers/truth.ts';
import { evaluate, type PlainFilter } from './plain-evaluation.ts';
import { toInput, walkEmployees } from './walk-employees.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const ask = (filter: object | null, fields = 'nodes { id } totalCount') =>
  graph.query(`query ($filter: EmployeeFilter) { employees(filter: $filter) { ${fields} } }`, { filter });

/** Who it should be, and that the graph says so. */
async function expectAnswer(filter: PlainFilter): Promise<string[]> {
  const expected = evaluate(graph.company, filter, 'FAMILY_NAME_ASC');
  const found = await walkEmployees(graph, { filter, order: 'FAMILY_NAME_ASC', pageSizes: [100], lead: 'LUCCA' });
  expect(found.upstreamIds).toEqual(expected);
  expect(found.totalCount).toBe(expected.length);
  return expected;
}

const thousand = Array.from({ length: 1_000 }, (_, index) => index);

describe('a thousand values of one condition', () => {
  const company = () => graph.company;

  it.each<[string, () => PlainFilter]>([
    [
      'emails',
      () => ({ emails: [...company().lucca.employees.flatMap((it) => it.email ?? []), ...numbered('a@b.example')] }),
    ],
    ['gradeKeys', () => ({ gradeKeys: ['G04', ...numbered('G')] })],
    ['positionKeys', () => ({ positionKeys: ['J01', ...numbered('J')] })],
    ['jobQualificationIds', () => ({ jobQualificationIds: ['801', '802', ...numbered('9')] })],
    ['professionIds', () => ({ professionIds: ['31', '32', ...numbered('9')] })],
    [
      'jobRoleIds',
      () => ({
        jobRoleIds: [
          ...company()
            .ctrlHub.jobRoles.slice(0, 5)
            .map((it) => it.id),
          ...thousand.map((it) => `401e0000-0000-4000-8000-ffff${String(it).padStart(8, '0')}`),
        ],
      }),
    ],
    ['search', () => ({ search: `mina ${'ha '.repeat(1_000)}` })],
  ])('are the right people or one error that names it: %s', async (member, filterOf) => {
    const filter = filterOf();
    const { errors } = await ask(toInput(filter), 'totalCount');
    if (errors.length === 0) {
      const found = await expectAnswer(filter);
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(graph.company.lucca.employees.length);
    } else {
      expect(errors).toMatchObject([{ path: ['employees'], extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors[0]?.message).toContain(member);
    }
  });

  const numbered = (text: string) => thousand.map((it) => text.replace(/^[^@]+/, (start) => `${start}${it}`));

  it('of one status are that status', async () => {
    await expectAnswer({ status: thousand.map(() => 'ACTIVE') });
  });
});

describe('more than a hundred job-qualifications that match', () => {
  it('are still the right people, on any page', async () => {
    const big = createCompany({ people: 120 });
    const [template] = big.lucca.jobQualifications;
    if (template === undefined) throw new Error('The company has no qualification.');
    for (const number of thousand.slice(0, 150)) {
      big.lucca.jobQualifications.push({ ...template, id: String(5_001 + number), title: `Post ${number}`, rank: 4 });
    }
    for (const [index, position] of big.lucca.jobPositions.entries()) {
      if (index % 3 === 0) position.jobQualificationId = String(5_001 + (index % 150));
    }
    const other = await startGraph({ company: big });
    try {
      const filter = { minRank: 4, status: ['ACTIVE', 'UPCOMING'] };
      const expected = evaluate(big, filter, 'FAMILY_NAME_ASC');
      const found = await walkEmployees(other, { filter, order: 'FAMILY_NAME_ASC', pageSizes: [7, 3], lead: 'LUCCA' });
      expect(found.upstreamIds).toEqual(expected);
      expect(expected.length).toBeGreaterThan(10);
      const holders = new Set(big.lucca.employees.flatMap((it) => jobPositionOf(big, it)?.jobQualificationId ?? []));
      expect(holders.size).toBeGreaterThan(20);
    } finally {
      await other.stop();
    }
  });
});
