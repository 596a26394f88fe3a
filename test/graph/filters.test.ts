import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { employmentOf, foldEmail, type LuccaRow, luccaInOrder, statusOf } from '../helpers/truth.ts';
import { luccaPeople } from '../helpers/truth-full-join.ts';
import { walkList } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

const page = z.object({
  employees: z.object({
    totalCount: z.number(),
    nodes: z.array(z.object({ identities: z.array(z.object({ upstreamId: z.string() })) })),
  }),
});

/** Lucca's ids of the people who pass the filter, all of them, and how many are told. */
async function select(filter: unknown, orderBy = 'FAMILY_NAME_ASC') {
  const answer = await graph.query(
    `query ($filter: EmployeeFilter, $orderBy: EmployeeOrder) { employees(first: 100, filter: $filter, orderBy: $orderBy) {
      totalCount nodes { identities(upstreams: [LUCCA]) { upstreamId } }
    } }`,
    { filter, orderBy },
  );
  expect(answer.errors).toEqual([]);
  const { totalCount, nodes } = page.parse(answer.data).employees;
  return { totalCount, ids: nodes.map((it) => it.identities[0]?.upstreamId) };
}

const expected = (holds: (row: LuccaRow) => boolean) => {
  const rows = luccaInOrder(graph.company).filter(holds);
  return { totalCount: rows.length, ids: rows.slice(0, 100).map((it) => it.id) };
};

/** Letters without their accents, and apostrophes in one form. */
const plainly = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’‘´`ʼ]/gu, "'");

const words = (text: string) =>
  plainly(text)
    .split(/[ \-_,.]+/)
    .filter((it) => it !== '');

describe('search', () => {
  it.each([
    'han',
    'MINA',
    'mi ha',
    'ha mi',
    'le go',
    'goff',
    'n',
    'obi',
    "n'd",
    'GRAŻ',
    'graz',
    'gra\u007a\u0307y',
    'ŁOPUSZANSKA',
    'de sá',
    'DE SA',
    'adebayo',
    'd’a',
    'jun´i',
    "jun'i",
    'anais',
    'itō',
    'ito',
    '  kim  ',
    'x y z',
    'kim,',
    "'",
    '’s',
  ])('finds those of whom each word of %j starts a word of the name', async (search) => {
    const wanted = words(search);
    const names = ({ givenName, familyName }: LuccaRow) => words(`${givenName} ${familyName}`);
    const found = expected((row) => wanted.every((start) => names(row).some((word) => word.startsWith(start))));
    expect(await select({ search })).toEqual(found);
  });

  it('is about something: the accents and apostrophes above are those of people', async () => {
    for (const search of ['graz', 'adebayo', 'd’a', 'jun´i', 'anais', 'ito', '’s']) {
      expect((await select({ search })).totalCount, search).toBeGreaterThan(0);
    }
    expect((await select({ search: 'x y z' })).totalCount).toBe(0);
  });

  it.each(['', '   ', '-', ' ., '])('is no condition where it has no word: %j', async (search) => {
    expect(await select({ search })).toEqual(expected(() => true));
    const active = expected((row) => statusOf(graph.company, row) === 'ACTIVE');
    expect(await select({ search, status: ['ACTIVE'] })).toEqual(active);
  });
});

describe('status', () => {
  it.each([['ACTIVE'], ['UPCOMING'], ['DEACTIVATED'], ['DEACTIVATED', 'UPCOMING'], ['ACTIVE', 'ACTIVE']])(
    'selects people who are %s %s',
    async (...status) => {
      expect(await select({ status })).toEqual(expected((row) => status.includes(statusOf(graph.company, row))));
    },
  );
});

describe('emails', () => {
  it('selects in whatever case the addresses are asked and kept', async () => {
    const rows = graph.company.lucca.employees.filter((it) => it.email !== null).slice(0, 60);
    const emails = rows.map((it, index) => (index % 2 === 0 ? it.email?.toUpperCase() : it.email?.toLowerCase()));
    const wanted = rows.map((it) => foldEmail(it.email ?? ''));
    const holds = (row: LuccaRow) => row.email !== null && wanted.includes(foldEmail(row.email));
    expect(await select({ emails })).toEqual(expected(holds));
    expect(expected(holds).totalCount).toBe(rows.length);
  });

  it('selects both of two people who share an address', async () => {
    const emails = ['zetterberg@hanbit-marine.example', 'nobody@hanbit-marine.example'];
    expect((await select({ emails })).ids).toHaveLength(2);
  });

  it('finds nobody by an address that is nobody’s', async () => {
    expect(await select({ emails: ['nobody@hanbit-marine.example'] })).toEqual({ totalCount: 0, ids: [] });
  });

  it('are paged like any list, in every order', async () => {
    const emails = graph.company.lucca.employees.flatMap((it) => it.email ?? []).slice(0, 30);
    for (const orderBy of ['FAMILY_NAME_ASC', 'FAMILY_NAME_DESC', 'CREATED_AT_ASC', 'CREATED_AT_DESC']) {
      const list = { field: 'employees', args: `filter: { emails: ${JSON.stringify(emails)} } orderBy: ${orderBy}` };
      const atOnce = await walkList(graph, list, [100]);
      expect(atOnce).toHaveLength(30);
      expect(await walkList(graph, list, [7])).toEqual(atOnce);
    }
  });
});

describe('hire dates', () => {
  /** By Lucca's id. NAVER's date leads; of somebody whose row in NAVER cannot be told, none is known. */
  const hireDates = () =>
    new Map(
      luccaPeople(graph.company).map(({ lucca, naver, contested }) => [
        lucca.id,
        contested.includes('naver') ? null : naver?.employYmd || (employmentOf(graph.company, lucca)?.startsOn ?? null),
      ]),
    );
  const isBetween = (from: string, until: string) => {
    const dates = hireDates();
    return ({ id }: LuccaRow) => {
      const date = dates.get(id) ?? null;
      return date !== null && date >= from && date <= until;
    };
  };
  const someDates = () => [...hireDates().values()].filter((it) => it !== null).sort();

  it('select from one day until another, both included', async () => {
    const dates = someDates();
    const [from = '', until = ''] = [dates[20], dates[70]];
    const { ids, totalCount } = await select({ hiredFrom: from, hiredUntil: until });
    expect({ ids, totalCount }).toEqual(expected(isBetween(from, until)));
    expect(totalCount).toBeGreaterThanOrEqual(51);
    expect((await select({ hiredFrom: from, hiredUntil: from })).totalCount).toBeGreaterThan(0);
  });

  it('select with one end open, and nobody whose date is not known', async () => {
    const [middle = ''] = someDates().slice(80);
    expect(await select({ hiredFrom: middle })).toEqual(expected(isBetween(middle, '9999-12-31')));
    expect(await select({ hiredUntil: middle })).toEqual(expected(isBetween('0000-01-01', middle)));
    const { totalCount } = await select({ hiredFrom: '0001-01-01' });
    expect(totalCount).toBe(someDates().length);
    expect(totalCount).toBeLessThan(graph.company.lucca.employees.length);
  });

  it('select nobody where the end comes before the beginning', async () => {
    expect(await select({ hiredFrom: '2020-01-02', hiredUntil: '2020-01-01' })).toEqual({ totalCount: 0, ids: [] });
  });
});

describe('conditions', () => {
  it('are ANDed, and the values of one are ORed', async () => {
    const emails = graph.company.lucca.employees.flatMap((it) => it.email ?? []).slice(0, 80);
    const folded = emails.map(foldEmail);
    const holds = (row: LuccaRow) =>
      words(`${row.givenName} ${row.familyName}`).some((it) => it.startsWith('k')) &&
      ['ACTIVE', 'DEACTIVATED'].includes(statusOf(graph.company, row));
    const search = 'k';
    const status = ['ACTIVE', 'DEACTIVATED'];
    expect(await select({ search, status })).toEqual(expected(holds));
    const narrower = expected((row) => holds(row) && row.email !== null && folded.includes(foldEmail(row.email)));
    expect(await select({ search, status, emails })).toEqual(narrower);
    expect(narrower.totalCount).toBeGreaterThan(1);
  });

  it.each([{}, { search: null }, { emails: null, status: null }, null])(
    'that are absent select everybody: %j',
    async (filter) => {
      expect(await select(filter)).toEqual(expected(() => true));
    },
  );

  it.each([{ emails: [] }, { status: [] }, { status: [], search: 'kim' }, { gradeKeys: [] }, { jobRoleIds: [] }])(
    'of no values select nobody, and ask nobody: %j',
    async (filter) => {
      graph.forgetRequests();
      expect(await select(filter)).toEqual({ totalCount: 0, ids: [] });
      expect(graph.requests()).toEqual(nothing);
    },
  );
});
