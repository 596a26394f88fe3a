import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { isTaken, type LuccaRow } from '../helpers/truth.ts';
import { type Person, peopleOf } from '../helpers/truth-people.ts';

/** A server without a cache: what changes in a system is seen at once. */
let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterEach(() => graph.stop());

const one = z.object({ employee: z.object({ id: z.string() }).nullable() });

async function idOf(by: object): Promise<string | undefined> {
  const { data, errors } = await graph.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', { by });
  expect(errors).toEqual([]);
  return one.parse(data).employee?.id;
}

/** Somebody whom Lucca does not know, with an address that nobody else has. */
function stranger(holds: (person: Person) => boolean): Person {
  const isOwn = ({ naver, user }: Person) =>
    [naver?.emailAddress, user?.email].every((it) => it == null || !isTaken(graph.company, it));
  const found = peopleOf(graph.company).find((it) => it.lucca === null && isOwn(it) && holds(it));
  if (found === undefined) throw new Error('The company has no such stranger.');
  return found;
}

function enterIntoLucca(fields: Partial<LuccaRow>): void {
  graph.company.lucca.employees.push({
    id: '29999',
    remoteId: null,
    givenName: 'Newly',
    familyName: 'Entered',
    email: null,
    employeeNumber: null,
    createdAt: '2026-01-05T08:00:00.0000Z',
    lastUpdatedAt: '2026-01-05T08:00:00.0000Z',
    ...fields,
  });
}

const ways: [string, (person: Person) => boolean, (person: Person) => Record<string, unknown>][] = [
  ['NAVER alone', (it) => it.user === null && it.naver?.externalKey != null && it.naver.emailAddress !== null, byNaver],
  ['Ctrl Hub alone', (it) => it.naver === null && it.user !== null, ({ user }) => ({ ctrlHubId: user?.id })],
  ['NAVER and Ctrl Hub', (it) => it.naver?.externalKey != null && it.user !== null, byNaver],
];

function byNaver({ naver }: Person): Record<string, unknown> {
  return { naverExternalKey: naver?.externalKey };
}

describe.each(ways)('somebody whom %s knew before Lucca', (_, holds, way) => {
  it('has another id from then on, to which the older one leads', async () => {
    const person = stranger(holds);
    const older = await idOf(way(person));
    const email = (person.naver?.emailAddress ?? person.user?.email ?? '').trim();
    enterIntoLucca({ email: email.toUpperCase() });

    const current = await idOf({ luccaId: '29999' });
    expect(current).not.toBe(older);
    expect(await idOf(way(person))).toBe(current);
    expect(await idOf({ email })).toBe(current);
    expect(await idOf({ id: older })).toBe(current);
    const { data } = await graph.query(
      'query ($id: ID!) { node(id: $id) { __typename id ... on Employee { displayName } } }',
      { id: older },
    );
    expect(data).toEqual({ node: { __typename: 'Employee', id: current, displayName: 'Newly Entered' } });
    const entities = await graph.query(
      'query ($them: [_Any!]!) { _entities(representations: $them) { ... on Employee { id } } }',
      { them: [{ __typename: 'Employee', id: older }] },
    );
    expect(entities).toMatchObject({ data: { _entities: [{ id: current }] }, errors: [] });
  });
});

describe('somebody whom NAVER named by its key before Lucca knew them', () => {
  it('is found under the older id when Lucca has come to know them by remoteId', async () => {
    const { naver } = stranger((it) => it.naver?.externalKey != null && it.naver.emailAddress === null);
    const older = await idOf({ naverExternalKey: naver?.externalKey });
    enterIntoLucca({ remoteId: naver?.externalKey ?? null });
    expect(await idOf({ id: older })).toBe(await idOf({ luccaId: '29999' }));
  });
});

describe('somebody whom NAVER knew by its own key alone', () => {
  it('has another id once they have an external key, to which the older one leads', async () => {
    const { naver } = stranger((it) => it.naver?.externalKey === null && it.naver.empId !== null);
    if (naver === null) throw new Error('The company has no such row.');
    const older = await idOf({ naverExternalKey: naver.empId });
    expect(Buffer.from(older ?? '', 'base64url').toString('utf8')).toBe(`Employee:W:${naver.empId}`);
    naver.externalKey = 'emp-88001';
    const current = await idOf({ naverExternalKey: 'emp-88001' });
    expect(Buffer.from(current ?? '', 'base64url').toString('utf8')).toBe('Employee:N:emp-88001');
    expect(await idOf({ id: older })).toBe(current);
    naver.empId = null;
    expect(await idOf({ id: older })).toBeUndefined();
  });
});

describe('an older id', () => {
  it('still selects the assignments of its person', async () => {
    const { user } = stranger((it) => graph.company.ctrlHub.assignments.some((row) => row.userId === it.user?.id));
    const older = await idOf({ ctrlHubId: user?.id });
    enterIntoLucca({ email: user?.email ?? null });
    const { data, errors } = await graph.query(
      `query ($id: ID!) { jobRoleAssignments(first: 100, filter: { employeeIds: [$id] }) { nodes { ctrlHubId } } }`,
      { id: older },
    );
    expect(errors).toEqual([]);
    const held = graph.company.ctrlHub.assignments.filter((it) => it.userId === user?.id).map((it) => it.id);
    const page = z.object({ jobRoleAssignments: z.object({ nodes: z.array(z.object({ ctrlHubId: z.string() })) }) });
    expect(
      page
        .parse(data)
        .jobRoleAssignments.nodes.map((it) => it.ctrlHubId)
        .sort(),
    ).toEqual(held.sort());
  });

  it('is nobody’s once its person has left every system', async () => {
    const person = stranger(
      (it) => it.naver?.externalKey != null && it.naver.emailAddress !== null && it.user === null,
    );
    const older = await idOf(byNaver(person));
    const { naver } = graph.company;
    naver.employees = naver.employees.filter((it) => it !== person.naver);
    expect(await idOf({ id: older })).toBeUndefined();
  });

  it('of somebody of Lucca’s is nobody’s once they have left Lucca', async () => {
    const [first] = graph.company.lucca.employees;
    const id = await idOf({ luccaId: first?.id });
    graph.company.lucca.employees.shift();
    expect(await idOf({ id })).toBeUndefined();
  });
});

describe('a person', () => {
  it('keeps their id when their name, address and grade change', async () => {
    const [first] = graph.company.lucca.employees;
    const id = await idOf({ luccaId: first?.id });
    if (first) Object.assign(first, { familyName: 'Han-Moreau', email: 'mina@hanbit-marine.example' });
    expect(await idOf({ id })).toBe(id);
    expect(await idOf({ email: 'MINA@hanbit-marine.example' })).toBe(id);
  });

  it('whom Lucca has come to know is not named anew while Lucca cannot be asked', async () => {
    const person = stranger((it) => it.naver?.externalKey != null && it.naver.emailAddress !== null);
    const older = await idOf(byNaver(person));
    await graph.sandbox.lucca.close();
    for (const by of [byNaver(person), { id: older }, { email: person.naver?.emailAddress?.trim() }]) {
      const { data, errors } = await graph.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', { by });
      expect(data).toEqual({ employee: null });
      expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', upstream: 'LUCCA' });
    }
  });
});
