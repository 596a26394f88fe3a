import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { statusOf } from '../helpers/truth.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import { type List, readPage, walkList } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const none = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

const lists: List[] = [
  { field: 'employees' },
  { field: 'unlinkedPeople' },
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

describe('what a cursor holds', () => {
  const everyone = { field: 'employees', row: 'displayName identities { upstreamId }' };

  it('is the same for the same place, whoever asks for however many, and on any server of the deployment', async () => {
    for (const list of lists) {
      const { edges } = await readPage(graph, list, 20, null);
      const [, second] = (await readPage(graph, list, 2, null)).edges;
      expect(second?.cursor).toBe(edges[1]?.cursor);
      await graph.restartGraph();
      const [first, third] = [edges[0], edges[2]];
      const later = await readPage(graph, list, 2, second?.cursor ?? null);
      expect(later.edges[0]?.cursor).toBe(third?.cursor);
      expect(new Set(edges.map((it) => it.cursor)).size).toBe(edges.length);
      expect(first?.cursor).not.toBe(third?.cursor);
    }
  });

  it('cannot be read: no name, no identifier and no date', async () => {
    for (const orderBy of ['FAMILY_NAME_ASC', 'CREATED_AT_DESC', 'HIRED_ON_ASC']) {
      const { edges } = await readPage(graph, { ...everyone, args: `orderBy: ${orderBy}` }, 100, null);
      for (const { cursor, node } of edges) {
        const bytes = Buffer.from(cursor, 'base64url');
        const text = `${cursor}\n${bytes.toString('utf8')}\n${bytes.toString('utf16le')}`.toLowerCase();
        const words = `${JSON.stringify(node)} 19 20`.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
        expect(words.length).toBeGreaterThan(2);
        for (const word of words) expect(text).not.toContain(word);
      }
    }
  });

  it('is refused under another secret', async () => {
    const after = await cursorOf({ field: 'employees' });
    const { HR_GRAPH_SECRET } = graph.sandbox.env;
    await graph.restartGraph({ HR_GRAPH_SECRET: 'another-secret-of-the-same-deployment-00' });
    await expectRefused({ field: 'employees' }, { after }, /^after: /);
    await graph.restartGraph({ HR_GRAPH_SECRET });
    expect((await ask({ field: 'employees' }, { first: 2, after })).errors).toEqual([]);
  });

  it('of one order or filter is not that of the same place under another', async () => {
    const all = await readPage(graph, { field: 'employees' }, 1, null);
    const found = await readPage(graph, { field: 'employees', args: 'filter: { minRank: -1000 }' }, 1, null);
    const named = await readPage(graph, { field: 'employees', args: 'orderBy: FAMILY_NAME_DESC' }, 1, null);
    expect(new Set([all, found, named].map((it) => it.edges[0]?.cursor)).size).toBe(3);
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
  it('of every list is its length, whatever the page and the rest of the selection', async () => {
    for (const { field } of lists) {
      const rows = await walkList(graph, { field }, [100]);
      const document = `query ($first: Int) { ${field}(first: $first) { totalCount } }`;
      for (const first of [1, 100]) {
        expect((await graph.query(document, { first })).data).toEqual({ [field]: { totalCount: rows.length } });
      }
    }
  });

  it('takes no request of its own', async () => {
    await graph.query('{ employees { nodes { id } } grades { nodes { id } } professions { nodes { id } } }');
    graph.forgetRequests();
    const document = '{ employees { totalCount } grades { totalCount } professions { totalCount } }';
    expect((await graph.query(document)).errors).toEqual([]);
    expect(requestLines(graph.requests())).toEqual(none);
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
