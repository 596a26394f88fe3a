import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

/** Refused as a whole, before anything is asked of an upstream, and without repeating what may be a person's data. */
async function expectRefused(document: string, variables: Record<string, unknown>, secret?: string): Promise<void> {
  graph.forgetRequests();
  const { data, errors } = await graph.query(document, variables);
  expect(data ?? null).toBeNull();
  expect(errors.length).toBeGreaterThan(0);
  for (const { extensions, message } of errors) {
    expect(extensions.code, message).toBe('BAD_USER_INPUT');
    if (secret !== undefined) expect(message).not.toContain(secret);
  }
  expect(graph.requests()).toEqual(nothing);
}

describe('EmailAddress', () => {
  const byVariable = 'query ($email: EmailAddress!) { employee(by: { email: $email }) { id } }';

  it.each([
    '',
    ' ',
    'mina',
    'mina@',
    '@example.com',
    'mina han@example.com',
    'a@b@c',
    '<a@b.example>',
    'a@b\r\n',
    7,
    true,
  ])('refuses %j in a variable', async (email) => {
    if (email === 'a@b\r\n') return expect((await graph.query(byVariable, { email })).errors).toEqual([]);
    await expectRefused(byVariable, { email });
  });

  it('refuses more characters than an address can have', async () => {
    await expectRefused(byVariable, { email: `${'a'.repeat(400)}@example.com` });
  });

  it('is not repeated in the message that refuses it', async () => {
    await expectRefused(byVariable, { email: 'mina.han at example' }, 'mina.han');
    const inFilter = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }';
    await expectRefused(inFilter, { filter: { emails: ['mina.han at example'] } }, 'mina.han');
  });

  it('is trimmed, and matched in any case and script', async () => {
    const [first] = graph.company.lucca.employees;
    if (first) first.email = 'Grüße.한미나@Beispiel.example';
    await graph.restartGraph();
    const { data, errors } = await graph.query(byVariable, { email: '  grüße.한미나@BEISPIEL.example ' });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ employee: { id: expect.any(String) } });
  });
});

describe('Locale', () => {
  const byVariable = 'query ($locale: Locale) { grades(first: 1) { nodes { name(locale: $locale) } } }';

  it.each(['', ' ', 'not a tag', 'k', 'ko-KR-', '한국어', '../ko', 'ko\u0000', 'a'.repeat(10_000), 7, {}])(
    'refuses %j in a variable',
    async (locale) => {
      await expectRefused(byVariable, { locale });
    },
  );

  it('refuses what is no tag in the document itself', async () => {
    graph.forgetRequests();
    const { data, errors } = await graph.query('{ grades { nodes { name(locale: "not a tag") } } }');
    expect(data ?? null).toBeNull();
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(graph.requests()).toEqual(nothing);
  });

  it.each(['ko-KR', 'ko_KR', 'KO-kr', ' ko-KR ', 'ko-Kore-KR'])('understands %j', async (locale) => {
    const { data, errors } = await graph.query(byVariable, { locale });
    expect(errors).toEqual([]);
    const first = graph.company.naver.grades.find((it) => it.externalKey === 'G11');
    expect(data).toEqual({ grades: { nodes: [{ name: first?.name }] } });
  });
});

describe('built-in types', () => {
  it.each<[string, Record<string, unknown>]>([
    ['query ($first: Int) { grades(first: $first) { totalCount } }', { first: '5' }],
    ['query ($first: Int) { grades(first: $first) { totalCount } }', { first: 5.5 }],
    ['query ($first: Int) { grades(first: $first) { totalCount } }', { first: 2 ** 31 }],
    ['query ($key: String!) { grade(externalKey: $key) { name } }', { key: 7 }],
    ['query ($key: String!) { grade(externalKey: $key) { name } }', { key: null }],
    ['query ($key: String!) { grade(externalKey: $key) { name } }', {}],
    [
      'query ($status: [EmployeeStatus!]) { employees(filter: { status: $status }) { totalCount } }',
      { status: ['GONE'] },
    ],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [null] }],
    ['query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }', { filter: { salary: 1 } }],
    ['query ($by: EmployeeBy!) { employee(by: $by) { id } }', { by: { email: 'a@b.example', luccaId: '1' } }],
  ])('refuse a wrong variable as BAD_USER_INPUT: %s %j', async (document, variables) => {
    await expectRefused(document, variables);
  });
});

describe('answers', () => {
  it('spell instants in UTC and days as YYYY-MM-DD, whatever form the systems use', async () => {
    const { assignments } = graph.company.ctrlHub;
    const [first, second, third] = assignments;
    if (first) first.createdAt = '2024-03-01T09:00:00+09:00';
    if (second) second.createdAt = 'not a date';
    if (third) third.createdAt = '2024-03-01T00:00:00.123456789Z';
    const hired = graph.company.naver.employees.find((it) => it.externalKey === 'emp-00002');
    if (hired) hired.employYmd = '2024-02-30';
    await graph.restartGraph();
    const list = z.object({ nodes: z.array(z.object({ ctrlHubId: z.string(), createdAt: z.string().nullable() })) });
    const { data, errors } = await graph.query(`{
      jobRoleAssignments(first: 100) { nodes { ctrlHubId createdAt } }
      jobQualifications { nodes { createdAt updatedAt } }
      employee(by: { naverExternalKey: "emp-00002" }) { hiredOn }
    }`);
    expect(errors).toEqual([]);
    const byId = new Map(
      z
        .object({ jobRoleAssignments: list })
        .parse(data)
        .jobRoleAssignments.nodes.map((it) => [it.ctrlHubId, it.createdAt]),
    );
    const texts = [...byId.values()].filter((it) => it !== null);
    for (const text of texts) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    if (byId.has(first?.id ?? '')) expect(byId.get(first?.id ?? '')).toBe('2024-03-01T00:00:00.000Z');
    expect(byId.get(second?.id ?? '') ?? null).toBeNull();
    const started = graph.company.lucca.employments.find((it) => it.employeeId === '20002')?.startsOn;
    expect(data).toMatchObject({ employee: { hiredOn: started } });
  });
});
