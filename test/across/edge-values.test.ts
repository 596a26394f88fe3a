import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { statusOf } from '../helpers/truth.ts';
import { evaluate, type PlainFilter } from './plain-evaluation.ts';
import { walkEmployees } from './walk-employees.ts';

let graph: TestGraph;
beforeAll(async () => {
  // No list is read again meanwhile, however long the tests take.
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '3600' } });
});
afterAll(() => graph.stop());

const ask = (filter: object | null, fields = 'nodes { id } totalCount') =>
  graph.query(`query ($filter: EmployeeFilter) { employees(filter: $filter) { ${fields} } }`, { filter });

const nobody = { employees: { nodes: [], totalCount: 0 } };

/** Who it should be, and that the graph says so. */
async function expectAnswer(filter: PlainFilter): Promise<string[]> {
  const expected = evaluate(graph.company, filter, 'FAMILY_NAME_ASC');
  const found = await walkEmployees(graph, { filter, order: 'FAMILY_NAME_ASC', pageSizes: [100], lead: 'LUCCA' });
  expect(found.upstreamIds).toEqual(expected);
  expect(found.totalCount).toBe(expected.length);
  return expected;
}

const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

const listMembers = [
  'emails',
  'status',
  'gradeKeys',
  'positionKeys',
  'jobQualificationIds',
  'professionIds',
  'jobRoleIds',
] as const;

describe('an empty list', () => {
  it.each(listMembers)('matches nobody and asks no upstream: %s', async (member) => {
    graph.forgetRequests();
    for (const besides of [{}, { search: 'a' }, { minRank: 1 }]) {
      const { data, errors } = await ask({ ...besides, [member]: [] });
      expect(errors).toEqual([]);
      expect(data).toEqual(nobody);
    }
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });

  it('has a page without cursors', async () => {
    const { data } = await ask({ gradeKeys: [] }, 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }');
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect(data).toEqual({ employees: { pageInfo } });
  });
});

describe('no condition', () => {
  it.each([
    null,
    {},
    Object.fromEntries([...listMembers, 'search', 'minRank', 'assignmentType'].map((it) => [it, null])),
    { search: '' },
    { search: ' - , . _ ' },
  ])('is everybody, which an absent or null member is, and a search without a word: %j', async (filter) => {
    const { data, errors } = await ask(filter, 'totalCount');
    expect(errors).toEqual([]);
    expect(data).toEqual({ employees: { totalCount: graph.company.lucca.employees.length } });
  });
});

describe('a search without a word beside another condition', () => {
  it.each(['', '  ', ' - , . _ '])('is none, and the other one holds: %j', async (search) => {
    const found = await expectAnswer({ gradeKeys: ['G04'], search });
    expect(found).toEqual(await expectAnswer({ gradeKeys: ['G04'] }));
    expect((await ask({ gradeKeys: [], search })).data).toEqual(nobody);
  });
});

describe('a value that nobody has', () => {
  it.each<[string, object]>([
    ['emails', { emails: ['nobody@hanbit-marine.example'] }],
    ['gradeKeys', { gradeKeys: ['no such grade', ''] }],
    ['positionKeys', { positionKeys: ['no such position', ''] }],
    ['jobQualificationIds', { jobQualificationIds: [nodeId('JobQualification', '999999')] }],
    ['jobQualificationIds, one that is no number', { jobQualificationIds: [nodeId('JobQualification', 'null')] }],
    ['professionIds', { professionIds: [nodeId('Profession', '999999')] }],
    ['minRank', { minRank: 2_147_483_647 }],
    ['jobRoleIds', { jobRoleIds: [nodeId('JobRole', '401e0000-0000-4000-8000-0000ffffffff')] }],
    ['jobRoleIds, one that is none of Ctrl Hub’s', { jobRoleIds: [nodeId('JobRole', 'x')] }],
    ['assignmentType', { assignmentType: 'no such type' }],
    ['assignmentType, with blanks around one that there is', { assignmentType: ' main_layer ' }],
    ['search', { search: 'Qzxw' }],
    ['search, of signs', { search: '§' }],
  ])('matches nobody: %s', async (_, filter) => {
    const { data, errors } = await ask(filter);
    expect(errors).toEqual([]);
    expect(data).toEqual(nobody);
  });

  it('changes nothing beside values that somebody has', async () => {
    const [grade, qualification] = ['G04', '801'];
    expect(await expectAnswer({ gradeKeys: [grade, 'no such grade', grade] })).toEqual(
      await expectAnswer({ gradeKeys: [grade] }),
    );
    expect(await expectAnswer({ jobQualificationIds: [qualification, '999999'] })).toEqual(
      await expectAnswer({ jobQualificationIds: [qualification] }),
    );
  });
});

describe('conditions that contradict each other', () => {
  it('match nobody within Lucca', async () => {
    const { jobQualifications } = graph.company.lucca;
    const [one] = jobQualifications;
    const other = jobQualifications.find((it) => it.professionId !== one?.professionId);
    const filter = { jobQualificationIds: [one?.id ?? ''], professionIds: [other?.professionId ?? ''] };
    expect(await expectAnswer(filter)).toEqual([]);
    expect(await expectAnswer({ jobQualificationIds: [one?.id ?? ''], minRank: (one?.rank ?? 0) + 1 })).toEqual([]);
  });

  it('match nobody across upstreams', async () => {
    const { company } = graph;
    const active = company.lucca.employees.find((it) => statusOf(company, it) === 'ACTIVE' && it.email !== null);
    const filter = { emails: [active?.email ?? ''], status: ['DEACTIVATED'], gradeKeys: ['G04', 'G05'] };
    expect(await expectAnswer(filter)).toEqual([]);
  });

  it('match nobody between a job role and a type under which nobody holds it', async () => {
    const { assignments } = graph.company.ctrlHub;
    const types = [...new Set(assignments.flatMap((it) => it.type ?? []))];
    const pairs = graph.company.ctrlHub.jobRoles.flatMap(({ id }) => types.map((type) => ({ id, type })));
    const unheld = pairs.find(({ id, type }) => !assignments.some((it) => it.roleId === id && it.type === type));
    expect(assignments.some((it) => it.type === unheld?.type)).toBe(true);
    expect(await expectAnswer({ jobRoleIds: [unheld?.id ?? ''], assignmentType: unheld?.type ?? '' })).toEqual([]);
  });
});

describe('what cannot be a value', () => {
  it.each<[string, object]>([
    ['jobQualificationIds', { jobQualificationIds: [nodeId('Profession', '31')] }],
    ['jobQualificationIds', { jobQualificationIds: [nodeId('JobQualification', '801'), '801'] }],
    ['jobQualificationIds', { jobQualificationIds: [''] }],
    ['professionIds', { professionIds: [nodeId('JobQualification', '801')] }],
    ['professionIds', { professionIds: [nodeId('Employee', 'L:20001')] }],
    ['jobRoleIds', { jobRoleIds: [nodeId('JobRoleAssignment', 'x')] }],
    ['jobRoleIds', { jobRoleIds: ['401e0000-0000-4000-8000-000000000001'] }],
    ['assignmentType', { assignmentType: '  ' }],
    ['search', { search: 'ab '.repeat(134) }],
  ])('is BAD_USER_INPUT that names %s: %j', async (member, wrong) => {
    graph.forgetRequests();
    for (const besides of [{}, { status: [] }, { gradeKeys: ['G04'], search: 'a' }]) {
      const { data, errors } = await ask({ ...besides, ...wrong });
      expect(data).toEqual({ employees: null });
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.message).toContain(member);
    }
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });

  it.each([
    { emails: ['no address'] },
    { emails: [null] },
    { gradeKeys: [null] },
    { status: ['RETIRED'] },
    { minRank: 2 ** 31 },
    { minRank: 1.5 },
    { rank: 1 },
  ])('by its type stops the whole operation: %j', async (wrong) => {
    graph.forgetRequests();
    const { data, errors } = await ask(wrong);
    expect(data ?? null).toBeNull();
    expect(errors).toHaveLength(1);
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });

  it.each([0, -1, 101])('as a page size is BAD_USER_INPUT that names first: %i', async (first) => {
    for (const filter of [{}, { gradeKeys: ['G04'] }, { gradeKeys: [] }]) {
      const document =
        'query ($first: Int, $filter: EmployeeFilter) { employees(first: $first, filter: $filter) { totalCount } }';
      const { data, errors } = await graph.query(document, { first, filter });
      expect(data).toEqual({ employees: null });
      expect(errors).toMatchObject([
        { message: expect.stringMatching(/^first:/), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });
});

const cursorShape = z.object({ employees: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) });

describe('a cursor', () => {
  const document = `query ($filter: EmployeeFilter, $orderBy: EmployeeOrder, $after: String) {
    employees(first: 2, filter: $filter, orderBy: $orderBy, after: $after) { nodes { id } pageInfo { endCursor } }
  }`;

  it.each<[string, object, object]>([
    ['another value', { gradeKeys: ['G04'] }, { gradeKeys: ['G05'] }],
    ['another member', { gradeKeys: ['G04'] }, { positionKeys: ['G04'] }],
    ['no filter', { gradeKeys: ['G04'] }, {}],
    ['one condition more', { status: ['ACTIVE'] }, { status: ['ACTIVE'], gradeKeys: ['G04'] }],
  ])('of another filter is refused: %s', async (_, filter, other) => {
    const first = await graph.query(document, { filter });
    const after = cursorShape.parse(first.data).employees.pageInfo.endCursor;
    for (const change of [{ filter: other }, { filter, orderBy: 'FAMILY_NAME_DESC' }]) {
      const { data, errors } = await graph.query(document, { ...change, after });
      expect(data).toEqual({ employees: null });
      expect(errors).toMatchObject([
        { message: expect.stringMatching(/^after:/), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });
});
