import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { foldEmail } from '../helpers/truth.ts';
import { isShared } from '../helpers/truth-full-join.ts';
import { type Conflict, conflictsOf, keyOf, nameOf, type Person, peopleOf } from '../helpers/truth-people.ts';

let graph: TestGraph;
let people: Person[];
let conflicts: Conflict[];
beforeAll(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
  people = peopleOf(graph.company);
  conflicts = conflictsOf(graph.company);
});
afterAll(() => graph.stop());

const nodeId = (key: string): string => Buffer.from(`Employee:${key}`).toString('base64url');
const systemNames = { naver: 'NAVER', user: 'CTRL_HUB' } as const;

const whole = z.object({
  id: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string() })),
  identityConflicts: z.array(
    z.object({ matchedBy: z.string(), records: z.array(z.object({ upstream: z.string(), upstreamId: z.string() })) }),
  ),
});

/** Somebody by any of their identifiers, with what was null and why, as `field code`. */
async function ask(by: object) {
  const { data, errors } = await graph.query(
    `query ($by: EmployeeBy!) { employee(by: $by) {
      id displayName(locale: "ko-KR") email identities { upstream upstreamId }
      grade { externalKey } position { externalKey } hiredOn jobRoleAssignments { totalCount }
      identityConflicts { matchedBy records { upstream upstreamId } }
    } }`,
    { by },
  );
  const { employee } = z.object({ employee: z.looseObject(whole.shape) }).parse(data);
  return { employee, problems: errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`).sort() };
}

const contestedPeople = () => people.filter(({ contested }) => contested.length > 0);

/** What of each person is null with CONFLICT. */
const lostBy = ({ contested }: Person): string[] =>
  contested
    .flatMap((system) => (system === 'naver' ? ['grade', 'hiredOn', 'position'] : ['jobRoleAssignments']))
    .sort();

describe('a contested link', () => {
  it('is null with CONFLICT on all that hangs on it, and on nothing else', async () => {
    expect(contestedPeople().length).toBeGreaterThan(3);
    for (const person of contestedPeople()) {
      const { employee, problems } = await ask({ id: nodeId(keyOf(person)) });
      expect(problems, nameOf(person)).toEqual(lostBy(person).map((field) => `${field} CONFLICT`));
      for (const field of lostBy(person)) expect(employee[field]).toBeNull();
      expect(employee.displayName).toBe(nameOf(person));
    }
  });

  it('is left out of identities, and told with every record that lays claim to it', async () => {
    for (const person of contestedPeople()) {
      const { employee } = await ask({ id: nodeId(keyOf(person)) });
      const linked = [person.lucca?.id, person.naver?.externalKey, person.user?.id].filter((it) => it != null);
      expect(employee.identities.map((it) => it.upstreamId)).toEqual(linked);
      const [told] = employee.identityConflicts;
      const key = keyOf(person).slice(2);
      const conflict = conflicts.find((it) => it.people.includes(key));
      expect(told?.matchedBy).toBe(conflict?.rule);
      expect(told?.records.map((it) => `${it.upstream} ${it.upstreamId}`).sort()).toEqual(
        [
          ...(conflict?.people ?? []).map((it) => `LUCCA ${it}`),
          ...(conflict?.rows ?? []).map((it) => `${conflict && systemNames[conflict.system]} ${it}`),
        ].sort(),
      );
    }
  });

  it('leaves each record that lays claim to it a person of its own', async () => {
    for (const { system, rows } of conflicts) {
      for (const key of rows) {
        const { employee, problems } = await ask(system === 'naver' ? { naverExternalKey: key } : { ctrlHubId: key });
        expect(employee.id).toBe(nodeId(system === 'naver' ? `N:${key}` : `C:${key}`));
        expect(employee.identities).toEqual([{ upstream: systemNames[system], upstreamId: key }]);
        expect(employee.identityConflicts).toHaveLength(1);
        expect(problems).toEqual([]);
      }
    }
  });

  it('counts for nobody in filters and orders, and fails none', async () => {
    const document = `query ($filter: EmployeeFilter, $orderBy: EmployeeOrder) {
      employees(first: 100, filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } }`;
    const claimed = (system: string) => conflicts.filter((it) => it.system === system).flatMap((it) => it.rows);
    const rows = graph.company.naver.employees.filter((it) => claimed('naver').includes(it.externalKey ?? ''));
    const held = graph.company.ctrlHub.assignments.filter((it) => claimed('user').includes(it.userId));
    expect(rows.length).toBeGreaterThan(2);
    expect(held.length).toBeGreaterThan(0);
    const contested = contestedPeople().map((it) => nodeId(keyOf(it)));
    const shown = async (variables: object) => {
      const { data, errors } = await graph.query(document, { ...variables });
      expect(errors).toEqual([]);
      const nodes = z.array(z.object({ id: z.string() }));
      const { employees } = z.object({ employees: z.object({ totalCount: z.number(), nodes }) }).parse(data);
      return employees.nodes.map((it) => it.id).filter((id) => contested.includes(id));
    };
    const ofNaver = people.filter((it) => it.contested.includes('naver')).map((it) => nodeId(keyOf(it)));
    const ofCtrlHub = people.filter((it) => it.contested.includes('user')).map((it) => nodeId(keyOf(it)));
    const gradeKeys = rows.map((it) => it.gradeExternalKey).filter((it) => it !== null);
    const roleIds = held.map(({ roleId }) => Buffer.from(`JobRole:${roleId}`).toString('base64url'));
    for (const id of await shown({ filter: { gradeKeys } })) expect(ofNaver).not.toContain(id);
    for (const id of await shown({ filter: { hiredFrom: '1900-01-01', search: 'zetterberg' } })) {
      expect(ofNaver).not.toContain(id);
    }
    for (const id of await shown({ filter: { jobRoleIds: roleIds } })) expect(ofCtrlHub).not.toContain(id);
    for (const orderBy of ['GRADE_ASC', 'POSITION_DESC', 'HIRED_ON_ASC']) {
      expect(await shown({ orderBy, filter: { search: 'zetterberg' } })).toHaveLength(2);
    }
  });

  it('does not change who holds an assignment: it is its user’s own person', async () => {
    const users = conflicts.filter((it) => it.system === 'user').flatMap((it) => it.rows);
    const held = graph.company.ctrlHub.assignments.filter((it) => users.includes(it.userId));
    const roles = held.map(({ roleId }) => Buffer.from(`JobRole:${roleId}`).toString('base64url'));
    const { data, errors } = await graph.query(
      `query ($roles: [ID!]) { jobRoleAssignments(first: 100, filter: { jobRoleIds: $roles }) {
        nodes { ctrlHubId employee { id } } } }`,
      { roles },
    );
    expect(errors).toEqual([]);
    const row = z.object({ ctrlHubId: z.string(), employee: z.object({ id: z.string() }) });
    const { nodes } = z
      .object({ jobRoleAssignments: z.object({ nodes: z.array(row) }) })
      .parse(data).jobRoleAssignments;
    for (const { id, userId } of held) {
      expect(nodes.find((it) => it.ctrlHubId === id)?.employee.id).toBe(nodeId(`C:${userId}`));
    }
  });
});

describe('an address that two people share', () => {
  const couple = () => graph.company.lucca.employees.filter((it) => isShared(graph.company, it));

  it('is shown of each of them, and is nobody’s to ask by', async () => {
    expect(couple()).toHaveLength(2);
    for (const { id, email } of couple()) expect((await ask({ luccaId: id })).employee.email).toBe(email);
    const { data, errors } = await graph.query('query ($by: EmployeeBy!) { employee(by: $by) { id } }', {
      by: { email: couple()[0]?.email },
    });
    expect(data).toEqual({ employee: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: ['employee'], extensions: { code: 'CONFLICT' } });
  });

  it('is one in whatever case the systems have it', async () => {
    const [first] = couple();
    if (first === undefined || first.email === null) throw new Error('The company has no couple.');
    const before = first.email;
    first.email = before.toUpperCase();
    const { employee, problems } = await ask({ luccaId: first.id });
    first.email = before;
    expect(employee.email).toBe(before.toUpperCase());
    expect(foldEmail(before)).toBe(before);
    expect(problems).toEqual(['grade CONFLICT', 'hiredOn CONFLICT', 'position CONFLICT']);
    expect(employee.identityConflicts).toHaveLength(1);
  });
});

describe('conflicts', () => {
  it('are counted by the upstream whose records they are about', async () => {
    const { data } = await graph.query('{ upstreams { upstream directory { conflicts } } }');
    const count = (system: string) => conflicts.filter((it) => it.system === system).length;
    expect(data).toEqual({
      upstreams: [
        { upstream: 'LUCCA', directory: { conflicts: 0 } },
        { upstream: 'NAVER', directory: { conflicts: count('naver') } },
        { upstream: 'CTRL_HUB', directory: { conflicts: count('user') } },
      ],
    });
  });

  it('are logged with their extent and without a name, an address or an identifier', async () => {
    const lines = graph.log.filter((it) => it.includes('conflicts')).map((it) => JSON.parse(it));
    expect(lines.slice(0, 2)).toEqual([
      expect.objectContaining({ upstream: 'NAVER', conflicts: { EMAIL: 2 } }),
      expect.objectContaining({ upstream: 'CTRL_HUB', conflicts: { EMAIL: 1 } }),
    ]);
    const told = graph.log.join('');
    expect(told).not.toContain('@');
    for (const { familyName, id } of graph.company.lucca.employees) {
      expect(told).not.toContain(` ${familyName}"`);
      expect(told).not.toContain(`"${id}"`);
    }
  });
});
