import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { foldEmail, type LuccaRow, luccaInOrder, statusOf, userMatches } from '../helpers/truth.ts';
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

const words = (text: string) =>
  text
    .toLowerCase()
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
    'de sá',
    '  kim  ',
    'x y z',
    'kim,',
    "'",
  ])('finds those of whom each word of %j starts a word of the name', async (search) => {
    const wanted = words(search);
    const names = ({ givenName, familyName }: LuccaRow) => words(`${givenName} ${familyName}`);
    const found = expected((row) => wanted.every((start) => names(row).some((word) => word.startsWith(start))));
    expect(await select({ search })).toEqual(found);
  });

  it.each(['', '   ', '-', ' ., '])('refuses %j, which has no word', async (search) => {
    graph.forgetRequests();
    const { data, errors } = await graph.query(
      'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }',
      {
        filter: { search },
      },
    );
    expect(data).toEqual({ employees: null });
    expect(errors[0]).toMatchObject({ path: ['employees'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(graph.requests()).toEqual(nothing);
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
    const { ids, totalCount } = await select({ emails });
    expect(ids.toSorted()).toEqual(expected(holds).ids.toSorted());
    expect(totalCount).toBe(rows.length);
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
    const { ids, totalCount } = await select({ search, status, emails });
    expect(ids.toSorted()).toEqual(narrower.ids.toSorted());
    expect(totalCount).toBe(narrower.totalCount);
    expect(totalCount).toBeGreaterThan(1);
  });

  it.each([{}, { search: null }, { emails: null, status: null }, null])(
    'that are absent select everybody: %j',
    async (filter) => {
      expect(await select(filter)).toEqual(expected(() => true));
    },
  );

  it.each([{ emails: [] }, { status: [] }, { status: [], search: 'kim' }])(
    'of no values select nobody, and ask nobody: %j',
    async (filter) => {
      graph.forgetRequests();
      expect(await select(filter)).toEqual({ totalCount: 0, ids: [] });
      expect(graph.requests()).toEqual(nothing);
    },
  );
});

describe('assignments', () => {
  const byFilter = async (filter: unknown): Promise<string[]> => {
    const list = { field: 'jobRoleAssignments', row: 'ctrlHubId', args: `filter: ${write(filter)}` };
    return (await walkList(graph, list, [100])).map((it) => String(it.ctrlHubId)).sort();
  };
  /** As a GraphQL literal. */
  const write = (filter: unknown): string => JSON.stringify(filter).replace(/"(\w+)":/g, '$1: ');
  const roleId = (id: string) => Buffer.from(`JobRole:${id}`).toString('base64url');
  const rows = () => graph.company.ctrlHub.assignments;
  const idsOf = (some: { id: string }[]) => some.map((it) => it.id).sort();

  it.each(['main_layer', 'cover', 'trainee', 'no-such-type', "o'hara"])('are selected by the type %j', async (type) => {
    expect(await byFilter({ type })).toEqual(idsOf(rows().filter((it) => it.type === type)));
  });

  it('are selected by role, by person and by both', async () => {
    const userOf = userMatches(graph.company);
    const [first, second] = [...userOf.keys()].filter((it) =>
      rows().some((row) => row.userId === userOf.get(it)?.row.id),
    );
    const { data } = await graph.query('{ a: employee(by: { luccaId: "20001" }) { id } }');
    const mina = z.object({ a: z.object({ id: z.string() }) }).parse(data).a.id;
    expect(first?.id).toBe('20001');
    const held = rows().filter((it) => it.userId === (first && userOf.get(first)?.row.id));
    const role = held[0]?.roleId ?? '';
    expect(second).toBeDefined();
    expect(await byFilter({ employeeIds: [mina] })).toEqual(idsOf(held));
    expect(await byFilter({ jobRoleIds: [roleId(role)] })).toEqual(idsOf(rows().filter((it) => it.roleId === role)));
    const both = held.filter((it) => it.roleId === role);
    expect(await byFilter({ employeeIds: [mina], jobRoleIds: [roleId(role)] })).toEqual(idsOf(both));
    const typed = both.filter((it) => it.type === both[0]?.type);
    expect(await byFilter({ employeeIds: [mina], jobRoleIds: [roleId(role)], type: typed[0]?.type })).toEqual(
      idsOf(typed),
    );
  });

  it('are selected by more people than one request can name', async () => {
    const everybody = await walkList(graph, { field: 'employees' }, [100]);
    const userOf = userMatches(graph.company);
    const users = new Set([...userOf.values()].map((it) => it.row.id));
    const ids = everybody.map((it) => it.id);
    expect(await byFilter({ employeeIds: ids })).toEqual(idsOf(rows().filter((it) => users.has(it.userId))));
  });

  it.each([{ employeeIds: [] }, { jobRoleIds: [] }])(
    'are none for an empty list, and nobody is asked: %j',
    async (filter) => {
      graph.forgetRequests();
      expect(await byFilter(filter)).toEqual([]);
      expect(graph.requests()).toEqual(nothing);
    },
  );

  it('of a person and of a role are selected by type too', async () => {
    const { data, errors } = await graph.query(`{
      employee(by: { luccaId: "20001" }) {
        all: jobRoleAssignments { nodes { type } } cover: jobRoleAssignments(type: "cover") { nodes { type } totalCount }
        none: jobRoleAssignments(type: "no-such-type") { totalCount }
      }
      jobRoles(first: 100) { nodes { ctrlHubId assignments(type: "trainee") { totalCount } } }
    }`);
    expect(errors).toEqual([]);
    const types = z.object({ nodes: z.array(z.object({ type: z.string().nullable() })) });
    const mina = z.object({ employee: z.object({ all: types, cover: types }) }).parse(data).employee;
    expect(mina.cover.nodes).toEqual(mina.all.nodes.filter((it) => it.type === 'cover'));
    expect(data).toMatchObject({ employee: { none: { totalCount: 0 } } });
    const counted = z.object({ ctrlHubId: z.string(), assignments: z.object({ totalCount: z.number() }) });
    const roles = z.object({ jobRoles: z.object({ nodes: z.array(counted) }) }).parse(data).jobRoles.nodes;
    for (const { ctrlHubId, assignments } of roles) {
      const held = rows().filter((it) => it.roleId === ctrlHubId && it.type === 'trainee');
      expect(assignments.totalCount).toBe(held.length);
    }
  });
});
