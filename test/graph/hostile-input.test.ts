import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { upstreams } from '../../src/domain/upstream.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import { everything } from '../helpers/whole-lists.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
beforeEach(() => graph.forgetRequests());
afterAll(() => graph.stop());

/** What would mean something else to a path, a query, a filter, a header or a log, if it were passed on as it is. */
const hostile: [string, string][] = [
  ['dot segments', '../grade'],
  ['encoded dot segments', '%2e%2e/G01'],
  ['one dot segment', '..'],
  ['an encoded slash', 'G01%2FG02'],
  ['a slash', 'G01/G02'],
  ['a fragment', 'G01#G02'],
  ['a query', 'G01?limit=1'],
  ['another parameter', '20001&status=active'],
  ['a single quote', "x' or 'y"],
  ['a closed filter', "main_layer'),user('05e50000-0000-4000-8000-000000000001"],
  ['a double quote', 'x" or "y'],
  ['a backslash', 'x\\'],
  ['a line break and a header', 'G01\r\nx-evil: 1'],
  ['a null character', 'G01\u0000'],
  ['a comma', '20001,20002'],
  ['the word null', 'null'],
  ['a wildcard', '*'],
  ['a percent sign', '%'],
  ['10 kB', 'k'.repeat(10_240)],
  ['half a surrogate pair', '\ud83d'],
  ['another script', '한국어-العربية-日本語'],
  ['right-to-left marks', '\u202eG01'],
  ['spaces around', ' G01 '],
];

const total = z.object({ list: z.object({ totalCount: z.number() }).nullable() });

/** What callers ask for never reaches an upstream: whole lists are read, each in the one way in which it is. */
function expectWholeListsOnly(): void {
  const asked = requestLines(graph.requests());
  for (const upstream of upstreams) {
    for (const line of asked[upstream]) expect(everything[upstream]).toContain(line);
  }
}

/** One object, asked for by a text that names none: null, or a refusal of the argument. */
const lookUps: [string, string][] = [
  ['grade', 'grade(externalKey: $text) { id }'],
  ['position', 'position(externalKey: $text) { id }'],
  ['luccaId', 'employee(by: { luccaId: $text }) { id }'],
  ['ctrlHubId', 'employee(by: { ctrlHubId: $text }) { id }'],
  ['naverExternalKey', 'employee(by: { naverExternalKey: $text }) { id }'],
];

describe.each(hostile)('%s', (_, text) => {
  it.each(lookUps)('as %s names nobody and nothing', async (_name, selection) => {
    const { data, errors } = await graph.query(`query ($text: String!) { one: ${selection} }`, { text });
    expect(data).toEqual({ one: null });
    for (const it of errors) expect(it.extensions.code).toBe('BAD_USER_INPUT');
    expectWholeListsOnly();
  });

  it('as any id of the graph is refused or nothing', async () => {
    const selection = `
      node(id: $text) { id } nodes(ids: [$text]) { id } employee(by: { id: $text }) { id }
      jobRole(id: $text) { id } profession(id: $text) { id } jobQualification(id: $text) { id }`;
    const { data, errors } = await graph.query(`query ($text: ID!) { ${selection} }`, { text });
    expect(data).toEqual({
      node: null,
      nodes: [null],
      employee: null,
      jobRole: null,
      profession: null,
      jobQualification: null,
    });
    for (const it of errors) expect(it.extensions.code).toBe('BAD_USER_INPUT');
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });

  it.each([
    'Employee:L',
    'Employee:N',
    'Employee:C',
    'Employee:E',
    'JobRole',
    'Grade',
    'Position',
    'Organisation',
    'JobRoleAssignment',
  ])('inside an id of the kind %s names nothing', async (kind) => {
    const id = Buffer.from(`${kind}:${text}`, 'utf8').toString('base64url');
    const { data, errors } = await graph.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(data).toEqual({ node: null });
    // Ids of this kind were once made of addresses, and are known to be no longer valid.
    const code = kind === 'Employee:E' ? 'NOT_FOUND' : 'BAD_USER_INPUT';
    for (const it of errors) expect(it.extensions.code).toBe(code);
    expectWholeListsOnly();
  });

  it.each([
    ['search', 'employees(filter: { search: $text }) { totalCount }'],
    ['the type of assignments', 'jobRoleAssignments(filter: { type: $text }) { totalCount }'],
  ])('as %s selects a few, or none, unless it is no condition at all', async (name, selection) => {
    const { data, errors } = await graph.query(`query ($text: String!) { list: ${selection} }`, { text });
    for (const it of errors) expect(it.extensions.code).toBe('BAD_USER_INPUT');
    const { list } = total.parse(data);
    // A search without a word, which these signs alone do not make.
    const isNoCondition = name === 'search' && /^[\s\-_,.]*$/.test(text);
    if (isNoCondition) expect(list?.totalCount).toBe(graph.company.lucca.employees.length);
    else expect(list?.totalCount ?? 0).toBeLessThan(20);
    expect(list === null).toBe(errors.length > 0);
    expectWholeListsOnly();
  });

  it('as the type of a person’s or a role’s assignments selects none', async () => {
    const { data, errors } = await graph.query(
      `query ($text: String!) { employee(by: { luccaId: "20001" }) { jobRoleAssignments(type: $text) { totalCount } } }`,
      { text },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ employee: { jobRoleAssignments: { totalCount: 0 } } });
  });

  it('as a part of an address finds nobody or is refused', async () => {
    const email = `${text}@hanbit-marine.example`;
    const { data, errors } = await graph.query(
      'query ($email: EmailAddress!) { employee(by: { email: $email }) { id } }',
      {
        email,
      },
    );
    expect([undefined, null, { employee: null }]).toContainEqual(data);
    for (const it of errors) expect(it.extensions.code).toBe('BAD_USER_INPUT');
    expectWholeListsOnly();
  });
});

describe('a key of a caller', () => {
  it('between blanks is the key itself, where people are asked for', async () => {
    const id = Buffer.from('Employee:L: 20001 ').toString('base64url');
    const { data, errors } = await graph.query(
      'query ($id: ID!) { a: employee(by: { luccaId: " 20001 " }) { id } b: employee(by: { luccaId: "20001" }) { id } c: node(id: $id) { id } }',
      { id },
    );
    expect(errors).toEqual([]);
    const person = { id: Buffer.from('Employee:L:20001').toString('base64url') };
    expect(data).toEqual({ a: person, b: person, c: person });
  });

  it('with characters that a path must not hold is found when it exists', async () => {
    const keys = ["a/b?c#d'e", 'G 01', '직급', '100%', 'a+b', 'a&b=c', '(x)'];
    for (const [index, externalKey] of keys.entries()) {
      const name = `Odd ${index}`;
      graph.company.naver.grades.push({ externalKey, name, i18nNames: {}, sortOrder: 200 + index, itemUsed: true });
    }
    await graph.restartGraph();
    for (const [index, key] of keys.entries()) {
      const { data, errors } = await graph.query(
        'query ($key: String!) { grade(externalKey: $key) { externalKey name } }',
        { key },
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({ grade: { externalKey: key, name: `Odd ${index}` } });
    }
    expectWholeListsOnly();
  });

  it('that Ctrl Hub’s types hold is filtered by exactly', async () => {
    const types = ["o'hara", 'a,b', 'x\\y', 'a)b(', 'ünïcode', 'a"b'];
    const [row, ...others] = graph.company.ctrlHub.assignments;
    for (const [index, type] of types.entries()) {
      const assignment = others[index];
      if (assignment) assignment.type = type;
    }
    expect(row).toBeDefined();
    await graph.restartGraph();
    for (const type of types) {
      const { data, errors } = await graph.query(
        'query ($type: String) { jobRoleAssignments(filter: { type: $type }) { totalCount nodes { type } } }',
        { type },
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({ jobRoleAssignments: { totalCount: 1, nodes: [{ type }] } });
    }
  });
});
