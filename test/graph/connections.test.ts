import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { luccaInOrder } from '../helpers/truth.ts';
import { type List, readPage, walkList } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** Rows as they should come, by what identifies them. */
type Expected = { list: List; rows: () => (string | null)[]; key: string };

const luccaIds = 'identities(upstreams: [LUCCA]) { upstreamId }';
const keyOf = (row: Record<string, unknown>, key: string): unknown =>
  key === 'lucca' ? JSON.stringify(row.identities).replace(/\D/g, '') : row[key];

const created = () =>
  graph.company.lucca.employees.toSorted((a, b) =>
    a.createdAt === b.createdAt ? Number(a.id) - Number(b.id) : a.createdAt < b.createdAt ? -1 : 1,
  );
const inDisplayOrder = (rows: { externalKey: string | null; sortOrder: number }[]) =>
  rows
    .filter((it) => it.externalKey !== null)
    .toSorted((a, b) => a.sortOrder - b.sortOrder || (String(a.externalKey) < String(b.externalKey) ? -1 : 1))
    .map((it) => it.externalKey);
const heldRoles = () => {
  const { jobRoles, assignments } = graph.company.ctrlHub;
  const held = jobRoles.filter((role) => assignments.some((it) => it.roleId === role.id));
  return held.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).map((it) => it.id);
};
const oldestFirst = () =>
  graph.company.ctrlHub.assignments
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1))
    .map((it) => it.id);

const employees: List = { field: 'employees', row: luccaIds };
const ordered = (orderBy: string): List => ({ ...employees, args: `orderBy: ${orderBy}` });

const lists: [string, Expected][] = [
  ['employees', { list: employees, key: 'lucca', rows: () => luccaInOrder(graph.company).map((it) => it.id) }],
  [
    'employees by family name, descending',
    {
      list: ordered('FAMILY_NAME_DESC'),
      key: 'lucca',
      rows: () =>
        luccaInOrder(graph.company)
          .reverse()
          .map((it) => it.id),
    },
  ],
  [
    'employees, the oldest record first',
    { list: ordered('CREATED_AT_ASC'), key: 'lucca', rows: () => created().map((it) => it.id) },
  ],
  [
    'employees, the newest record first',
    {
      list: ordered('CREATED_AT_DESC'),
      key: 'lucca',
      rows: () =>
        created()
          .reverse()
          .map((it) => it.id),
    },
  ],
  [
    'jobRoleAssignments',
    { list: { field: 'jobRoleAssignments', row: 'ctrlHubId' }, key: 'ctrlHubId', rows: oldestFirst },
  ],
  ['jobRoles', { list: { field: 'jobRoles', row: 'ctrlHubId' }, key: 'ctrlHubId', rows: heldRoles }],
  [
    'grades',
    {
      list: { field: 'grades', row: 'externalKey' },
      key: 'externalKey',
      rows: () => inDisplayOrder(graph.company.naver.grades),
    },
  ],
  [
    'grades in use',
    {
      list: { field: 'grades', row: 'externalKey', args: 'activeOnly: true' },
      key: 'externalKey',
      rows: () => inDisplayOrder(graph.company.naver.grades.filter((it) => it.itemUsed)),
    },
  ],
  [
    'positions',
    {
      list: { field: 'positions', row: 'externalKey' },
      key: 'externalKey',
      rows: () => inDisplayOrder(graph.company.naver.jobs),
    },
  ],
  [
    'jobQualifications',
    {
      list: { field: 'jobQualifications', row: 'luccaId' },
      key: 'luccaId',
      rows: () => graph.company.lucca.jobQualifications.map((it) => it.id),
    },
  ],
  [
    'professions',
    {
      list: { field: 'professions', row: 'luccaId' },
      key: 'luccaId',
      rows: () => graph.company.lucca.professions.map((it) => it.id),
    },
  ],
];

describe.each(lists)('%s', (_, { list, rows, key }) => {
  it.each([
    ['7 at a time', [7]],
    ['100 at a time', [100]],
    ['in pages of changing sizes', [3, 50, 1, 26, 99]],
  ])('hold every row once and in order, read %s', async (_form, sizes) => {
    const walked = await walkList(graph, list, sizes);
    expect(walked.map((it) => keyOf(it, key))).toEqual(rows());
  });
});

describe('a list read one at a time', () => {
  it.each<List>([
    { field: 'employees', args: 'filter: { search: "k" }' },
    { field: 'grades' },
    { field: 'jobRoleAssignments', args: 'filter: { type: "trainee" }' },
  ])('has the same rows as one read at once: %o', async (list) => {
    const atOnce = await walkList(graph, list, [100]);
    expect(atOnce.length).toBeGreaterThan(8);
    expect(await walkList(graph, list, [1])).toEqual(atOnce);
  });
});

describe('a cursor', () => {
  it.each<List>([employees, { field: 'jobRoleAssignments' }, { field: 'grades' }, { field: 'jobRoles' }])(
    'from the middle of a page leads on from there: %o',
    async (list) => {
      const { edges } = await readPage(graph, list, 9, null);
      for (const index of [0, 3, 7]) {
        const later = await readPage(graph, list, 2, edges[index]?.cursor ?? '');
        expect(later.edges[0]?.node).toEqual(edges[index + 1]?.node);
        expect(later.pageInfo.hasPreviousPage).toBe(true);
      }
    },
  );

  it('outlives the server that gave it', async () => {
    for (const [, { list, rows, key }] of lists) {
      const { pageInfo } = await readPage(graph, list, 3, null);
      await graph.restartGraph();
      const { edges } = await readPage(graph, list, 2, pageInfo.endCursor);
      expect(edges.map((it) => keyOf(it.node, key))).toEqual(rows().slice(3, 5));
    }
  });

  it('of the last row leads to an empty page', async () => {
    for (const [, { list, rows }] of lists) {
      const all = await readPage(graph, list, 100, null);
      if (rows().length > 100) continue;
      expect(await readPage(graph, list, 5, all.pageInfo.endCursor)).toEqual({
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      });
    }
  });
});
