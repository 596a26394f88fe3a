import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { isTaken } from '../helpers/truth.ts';
import { type Person, peopleOf } from '../helpers/truth-people.ts';

type By = { id?: string; email?: string; luccaId?: string; ctrlHubId?: string; naverExternalKey?: string };

const found = z.record(z.string(), z.object({ id: z.string() }).nullable());

let graph: TestGraph;
let truth: Person[];
beforeAll(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
  truth = peopleOf(graph.company);
});
afterAll(() => graph.stop());

/** The ids that so many look-ups lead to, all in one operation; null for nobody. */
async function idsOf(lookups: By[]): Promise<(string | null)[]> {
  const variables = Object.fromEntries(lookups.map((by, index) => [`by${index}`, by]));
  const declared = lookups.map((_, index) => `$by${index}: EmployeeBy!`).join(' ');
  const fields = lookups.map((_, index) => `p${index}: employee(by: $by${index}) { id }`).join(' ');
  const { data, errors } = await graph.query(`query (${declared}) { ${fields} }`, variables);
  expect(errors).toEqual([]);
  return Object.values(found.parse(data)).map((it) => it?.id ?? null);
}

/** The id that one look-up alone leads to, in an operation of its own. */
const idOf = async (by: By): Promise<string | null> => (await idsOf([by]))[0] ?? null;

/** One of each sort of person, by where they are known. */
function samples(): Person[] {
  const sorts = new Map<string, Person[]>();
  for (const person of truth) {
    const { lucca, naver, user } = person;
    const sort = [
      lucca?.email == null ? '' : 'mail',
      lucca && 'L',
      naver && (naver.externalKey ? 'N' : 'n'),
      user && 'C',
    ];
    sorts.set(sort.join(), [...(sorts.get(sort.join()) ?? []), person]);
  }
  return [...sorts.values()].flatMap((it) => it.slice(0, 1));
}

const nodeId = (key: string): string => Buffer.from(`Employee:${key}`).toString('base64url');

const shout = (email: string): string => email.trim().toUpperCase();

/** Every way of asking for somebody by what a system holds of them. */
function waysTo({ lucca, naver, user }: Person): By[] {
  const emails = [lucca?.email, naver?.emailAddress, user?.email].filter(
    (it) => it != null && !isTaken(graph.company, it),
  );
  return [
    ...(lucca ? [{ luccaId: lucca.id }, { id: nodeId(`L:${lucca.id}`) }] : []),
    ...(naver?.externalKey ? [{ naverExternalKey: naver.externalKey }, { id: nodeId(`N:${naver.externalKey}`) }] : []),
    // Rows that were made in NAVER's own screens have no other key; those with one have this as well.
    ...(naver?.empId ? [{ naverExternalKey: naver.empId }, { id: nodeId(`W:${naver.empId}`) }] : []),
    ...(user ? [{ ctrlHubId: user.id }, { ctrlHubId: user.id.toUpperCase() }, { id: nodeId(`C:${user.id}`) }] : []),
    ...emails.flatMap((it) => (it == null ? [] : [{ email: it.trim() }, { email: shout(it) }])),
  ];
}

describe('a person asked for by', () => {
  it('any of their identifiers and addresses, in any case, is one person under one id', async () => {
    const seen = new Set<string>();
    for (let start = 0; start < truth.length; start += 15) {
      const ways = truth.slice(start, start + 15).map(waysTo);
      const found = await idsOf(ways.flat());
      for (const waysToOne of ways) {
        if (waysToOne.length === 0) continue;
        const ids = new Set(found.splice(0, waysToOne.length));
        expect(ids.size, JSON.stringify([waysToOne, [...ids]])).toBe(1);
        const [id] = ids;
        expect(id, JSON.stringify(waysToOne)).toEqual(expect.any(String));
        expect(seen.has(String(id))).toBe(false);
        seen.add(String(id));
      }
    }
    expect(seen.size).toBeGreaterThan(190);
  });

  it('one identifier alone has the id that all together lead to', async () => {
    for (const person of samples()) {
      const ways = waysTo(person);
      const [together] = await idsOf(ways);
      for (const by of ways) expect(await idOf(by), JSON.stringify(by)).toBe(together);
    }
  });

  it('their own id is themselves, whether Lucca knows them or not', async () => {
    for (const person of samples()) {
      const [way] = waysTo(person);
      if (way === undefined) continue;
      const id = await idOf(way);
      expect(await idOf({ id: String(id) })).toBe(id);
      const { data } = await graph.query('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
      expect(data).toEqual({ node: { __typename: 'Employee', id } });
    }
  });
});

describe('an id', () => {
  it('that was made of an address, as earlier versions did, is NOT_FOUND wherever it is given', async () => {
    const id = nodeId('E:sHc3Mb8zHXMqYyQm6bJkQw');
    const { data, errors } = await graph.query(
      `query ($id: ID!, $them: [_Any!]!) {
        node(id: $id) { id } nodes(ids: [$id]) { id } employee(by: { id: $id }) { id } employeesById(ids: [$id]) { id }
        jobRoleAssignments(filter: { employeeIds: [$id] }) { totalCount }
        _entities(representations: $them) { ... on Employee { id } }
      }`,
      { id, them: [{ __typename: 'Employee', id }] },
    );
    expect(data).toEqual({
      ...{ node: null, nodes: [null], employee: null, employeesById: [null] },
      ...{ jobRoleAssignments: null, _entities: [null] },
    });
    expect(errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort()).toEqual(
      ['_entities.0', 'employee', 'employeesById.0', 'jobRoleAssignments', 'node', 'nodes.0'].map(
        (it) => `${it} NOT_FOUND`,
      ),
    );
  });

  it('whose record is gone is null, whatever it was the key of', async () => {
    for (const key of ['L:999999', 'N:emp-99999', 'W:77777777-0000-4000-8000-000000000000', 'C:no-such-user', 'X:1']) {
      const { data, errors } = await graph.query(
        'query ($id: ID!) { node(id: $id) { id } employee(by: { id: $id }) { id } }',
        {
          id: nodeId(key),
        },
      );
      expect({ data, errors }, key).toEqual({ data: { node: null, employee: null }, errors: [] });
    }
  });
});

describe('nobody', () => {
  it.each<By>([
    { email: 'nobody@hanbit-marine.example' },
    { luccaId: '999999' },
    { naverExternalKey: 'emp-99999' },
    { ctrlHubId: '05e50000-0000-4000-8000-ffffffffffff' },
    { ctrlHubId: 'mina' },
  ])('is null and no error: %o', async (by) => {
    expect(await idOf(by)).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ['two members', { luccaId: '20001', email: 'mina.han@hanbit-marine.example' }],
    ['no member', {}],
    ['a null member', { luccaId: null }],
  ])('is asked for with %s of EmployeeBy', async (_, by) => {
    graph.forgetRequests();
    const { errors } = await graph.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', { by });
    expect(errors).toHaveLength(1);
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });
});
