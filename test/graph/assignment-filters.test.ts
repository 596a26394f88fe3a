import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { keyOf, peopleOf } from '../helpers/truth-people.ts';
import { walkList } from '../helpers/walk.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

describe('assignments', () => {
  const byFilter = async (filter: unknown): Promise<string[]> => {
    const list = { field: 'jobRoleAssignments', row: 'ctrlHubId', args: `filter: ${write(filter)}` };
    return (await walkList(graph, list, [100])).map((it) => String(it.ctrlHubId)).sort();
  };
  /** As a GraphQL literal. */
  const write = (filter: unknown): string => JSON.stringify(filter).replace(/"(\w+)":/g, '$1: ');
  const nodeId = (key: string) => Buffer.from(`Employee:${key}`).toString('base64url');
  const roleId = (id: string) => Buffer.from(`JobRole:${id}`).toString('base64url');
  const rows = () => graph.company.ctrlHub.assignments;
  const idsOf = (some: { id: string }[]) => some.map((it) => it.id).sort();

  it.each(['main_layer', 'cover', 'trainee', 'no-such-type', "o'hara"])('are selected by the type %j', async (type) => {
    expect(await byFilter({ type })).toEqual(idsOf(rows().filter((it) => it.type === type)));
  });

  it('are selected by role, by person and by both', async () => {
    const [first] = peopleOf(graph.company);
    expect(first?.lucca?.id).toBe('20001');
    const mina = nodeId('L:20001');
    const held = rows().filter((it) => it.userId === first?.user?.id);
    const role = held[0]?.roleId ?? '';
    expect(held.length).toBeGreaterThan(0);
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
    const people = peopleOf(graph.company);
    expect(people.length).toBeGreaterThan(190);
    const users = new Set(people.map((it) => it.user?.id));
    const ids = people.map((it) => nodeId(keyOf(it)));
    expect(await byFilter({ employeeIds: ids })).toEqual(idsOf(rows().filter((it) => users.has(it.userId))));
  });

  it('are those of a contested user’s own person, and no part of who claims the user', async () => {
    const people = peopleOf(graph.company);
    const claimant = people.find((it) => it.contested.includes('user'));
    const users = people.filter((it) => it.lucca === null && it.user?.email === claimant?.lucca?.email);
    if (claimant === undefined || users.length < 2) throw new Error('The company has nobody of this sort.');
    expect(await byFilter({ employeeIds: [nodeId(keyOf(claimant))] })).toEqual([]);
    const held = rows().filter((it) => users.some(({ user }) => user?.id === it.userId));
    expect(held.length).toBeGreaterThan(0);
    expect(await byFilter({ employeeIds: [claimant, ...users].map((it) => nodeId(keyOf(it))) })).toEqual(idsOf(held));
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
