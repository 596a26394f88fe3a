import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { statusOf } from '../helpers/truth.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import { type List, readPage } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const none = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

/** The lists with each way of paging: by Lucca's cursors, by Ctrl Hub's offsets, and cut from what was read whole. */
const lists: List[] = [
  { field: 'employees' },
  { field: 'jobRoleAssignments' },
  { field: 'grades' },
  { field: 'positions' },
  { field: 'professions' },
  { field: 'jobQualifications' },
  { field: 'jobRoles' },
];

const ask = ({ field, args = '', row = 'id' }: List, variables: { first?: number; after?: string }) =>
  graph.query(
    `query ($first: Int, $after: String) { ${field}(first: $first, after: $after ${args}) { nodes { ${row} } } }`,
    variables,
  );

/** Refused at the field, with its code and a message that names the argument, and before anything was asked for. */
async function expectRefused(list: List, variables: { first?: number; after?: string }, about: RegExp): Promise<void> {
  graph.forgetRequests();
  const { data, errors } = await ask(list, variables);
  expect(data).toEqual({ [list.field]: null });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ path: [list.field], extensions: { code: 'BAD_USER_INPUT' } });
  expect(errors[0]?.message).toMatch(about);
  expect(requestLines(graph.requests())).toEqual(none);
}

const cursorOf = async (list: List): Promise<string> => (await readPage(graph, list, 2, null)).pageInfo.endCursor ?? '';

/** With everything still to be asked for, so that an upstream request would show. */
beforeEach(() => graph.restartGraph());

describe.each(lists)('$field', (list) => {
  it('refuses a first outside 1 to 100', async () => {
    for (const first of [0, -1, 101, 2_147_483_647, -2_147_483_648]) {
      await expectRefused(list, { first }, /^first: .*1 to 100/);
    }
  });

  it('refuses a cursor that was damaged on the way', async () => {
    const cursor = await cursorOf(list);
    await graph.restartGraph();
    const middle = Math.floor(cursor.length / 2);
    const other = cursor[middle] === 'A' ? 'B' : 'A';
    const damaged = [
      cursor.slice(0, -4),
      cursor.slice(4),
      `${cursor.slice(0, middle)}${other}${cursor.slice(middle + 1)}`,
      `${cursor}AAAA`,
      cursor.toLowerCase(),
    ];
    for (const after of damaged) await expectRefused(list, { after }, /^after: /);
  });

  it('refuses what never was a cursor', async () => {
    const texts = ['', ' ', 'null', '0', '25', 'é', '\u0000', '../..', 'eyJvZmZzZXQiOjB9', 'A'.repeat(20_000)];
    for (const after of texts) await expectRefused(list, { after }, /^after: /);
  });

  it('refuses the cursor of any other list', async () => {
    const cursors: string[] = [];
    for (const other of lists) if (other !== list) cursors.push(await cursorOf(other));
    await graph.restartGraph();
    for (const after of cursors) await expectRefused(list, { after }, /^after: .*another list/);
  });
});

describe('a cursor of the same field', () => {
  it.each<[string, List, List]>([
    ['filter', { field: 'employees', args: 'filter: { search: "a" }' }, { field: 'employees' }],
    ['filter', { field: 'employees' }, { field: 'employees', args: 'filter: { status: [ACTIVE] }' }],
    ['order', { field: 'employees' }, { field: 'employees', args: 'orderBy: CREATED_AT_ASC' }],
    [
      'filter',
      { field: 'jobRoleAssignments', args: 'filter: { type: "cover" }' },
      { field: 'jobRoleAssignments', args: 'filter: { type: "main_layer" }' },
    ],
    ['filter', { field: 'grades', args: 'activeOnly: true' }, { field: 'grades' }],
    ['filter', { field: 'jobQualifications', args: 'filter: { ranks: [1, 2] }' }, { field: 'jobQualifications' }],
  ])('is refused under another %s', async (_, given, asked) => {
    const after = await cursorOf(given);
    await graph.restartGraph();
    await expectRefused(asked, { after }, /^after: /);
  });

  it('is understood whichever way the same filter is written', async () => {
    const after = await cursorOf({ field: 'employees', args: 'filter: { status: [DEACTIVATED, ACTIVE] }' });
    const same = { field: 'employees', args: 'filter: { status: [ACTIVE, DEACTIVATED, ACTIVE], search: null }' };
    expect((await ask(same, { first: 2, after })).errors).toEqual([]);
  });

  it('is refused by the same list of another parent', async () => {
    const document = `query ($after: String) {
      one: grade(externalKey: "G01") { employees(first: 1) { pageInfo { endCursor } } }
      two: grade(externalKey: "G02") { employees(first: 1, after: $after) { nodes { id } } }
    }`;
    const first = await graph.query(document);
    const after = /"endCursor":"([^"]+)"/.exec(JSON.stringify(first.data))?.[1];
    expect(after).toBeDefined();
    const { data, errors } = await graph.query(document, { after });
    expect(data).toMatchObject({ two: { employees: null } });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: ['two', 'employees'], extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('a page that Lucca no longer knows', () => {
  it('is BAD_USER_INPUT that says to start again', async () => {
    const { pageInfo } = await readPage(graph, { field: 'employees' }, 100, null);
    graph.sandbox.lucca.knobs.cursorsExpire = true;
    const { data, errors } = await ask({ field: 'employees' }, { first: 100, after: pageInfo.endCursor ?? '' });
    graph.sandbox.lucca.knobs.cursorsExpire = false;
    expect(data).toEqual({ employees: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: ['employees'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors[0]?.message).toMatch(/start again/i);
  });
});

describe('a refused argument', () => {
  it('costs no request although fields below it would need some', async () => {
    const below =
      'grade { name } jobQualification { profession { title } } jobRoleAssignments { nodes { role { name } } }';
    graph.forgetRequests();
    const { errors } = await graph.query(`{ employees(first: 0) { nodes { ${below} } } }`);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    // Reads that were begun too early show a moment later.
    await delay(50);
    expect(requestLines(graph.requests())).toEqual(none);
  });
});

describe('totalCount', () => {
  const asked = () => requestLines(graph.requests());
  const selected = '{ totalCount }';
  const spread = '{ ...Counted } } fragment Counted on EmployeeConnection { totalCount';

  it.each([selected, spread, '{ ... on EmployeeConnection { n: totalCount } nodes { id } }'])(
    'is asked of Lucca where it is selected: %s',
    async (selection) => {
      graph.forgetRequests();
      expect((await graph.query(`{ employees ${selection} }`)).errors).toEqual([]);
      expect(asked().LUCCA).toEqual([expect.stringContaining('totalCount')]);
    },
  );

  it.each([
    '{ nodes { id } }',
    '{ nodes { id } totalCount @skip(if: true) }',
    '{ nodes { id } ... @include(if: false) { totalCount } }',
    '{ nodes { jobRoleAssignments { totalCount } } }',
  ])('is not asked of Lucca where it is not: %s', async (selection) => {
    graph.forgetRequests();
    expect((await graph.query(`{ employees ${selection} }`)).errors).toEqual([]);
    expect(asked().LUCCA).toEqual([expect.not.stringContaining('totalCount')]);
  });

  it('of assignments comes with the page', async () => {
    graph.forgetRequests();
    const { data } = await graph.query('{ jobRoleAssignments(first: 3) { totalCount nodes { type } } }');
    expect(data).toMatchObject({ jobRoleAssignments: { totalCount: graph.company.ctrlHub.assignments.length } });
    expect(asked().CTRL_HUB).toEqual(['GET job-role-assignments?limit=3&offset=0']);
  });

  it('counts the whole filtered list on every page', async () => {
    const document = `query ($after: String) { employees(first: 5, after: $after, filter: { status: [UPCOMING, DEACTIVATED] }) {
      totalCount pageInfo { endCursor }
    } }`;
    const first = await graph.query(document);
    const after = /"endCursor":"([^"]+)"/.exec(JSON.stringify(first.data))?.[1];
    const second = await graph.query(document, { after });
    const totalCount = graph.company.lucca.employees.filter((it) => statusOf(graph.company, it) !== 'ACTIVE').length;
    expect(totalCount).toBeGreaterThan(10);
    for (const { data } of [first, second]) expect(data).toMatchObject({ employees: { totalCount } });
  });
});
