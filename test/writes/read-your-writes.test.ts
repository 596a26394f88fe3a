import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import type { EmulatorRequest } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  createAssignment,
  createItem,
  deleteItem,
  freeKey,
  heldKey,
  itemId,
  itemTypes,
  mutate,
  rowOf,
  updateItem,
} from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  // Nothing but a write makes what was read go.
  graph = await startGraph({ people: 60, env: { CACHE_FRESH_SECONDS: '3600' } });
});
afterEach(() => graph.stop());

/** Contested links are null with CONFLICT. Nothing else may fail. */
async function read<T>(document: string, variables?: Record<string, unknown>): Promise<T> {
  const { data, errors } = await graph.query(document, variables);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  return data as T;
}

/** The first answer once an upstream is asked again that has failed several times in a row. */
const whenItAnswers = <T>(ask: () => Promise<T>): Promise<T> => vi.waitFor(ask, { timeout: 15_000, interval: 200 });

describe.each(itemTypes)('after a write of a %s, the next read by anybody', (type) => {
  const [single, list] = type === 'Grade' ? ['grade', 'grades'] : ['position', 'positions'];

  type Names = {
    single: { name: string } | null;
    node: { name: string } | null;
    nodes: (string | undefined)[];
    held: string[];
  };

  /** Of the list, of one by key, of one by id, and of people. */
  async function seen(key: string): Promise<Names> {
    const [one, all, people] = await Promise.all([
      read<{ single: { name: string } | null; node: { name: string } | null }>(
        `query ($id: ID!) { single: ${single}(externalKey: "${key}") { name } node(id: $id) { ... on ${type} { name } } }`,
        { id: itemId(type, key) },
      ),
      read<{ list: { nodes: { externalKey: string; name: string }[] } }>(
        `{ list: ${list}(first: 100) { nodes { externalKey name } } }`,
      ),
      read<{ employees: { nodes: { held: { externalKey: string; name: string } | null }[] } }>(
        `{ employees(first: 100) { nodes { held: ${single} { externalKey name } } } }`,
      ),
    ]);
    const names = people.employees.nodes.flatMap(({ held }) => (held?.externalKey === key ? [held.name] : []));
    return {
      ...one,
      nodes: all.list.nodes.filter((it) => it.externalKey === key).map((it) => it.name),
      held: [...new Set(names)],
    };
  }

  it('sees what was created', async () => {
    expect(await seen('R1')).toEqual({ single: null, node: null, nodes: [], held: [] });
    await mutate(graph, createItem(type), { externalKey: 'R1', name: 'Read at once', sortOrder: 3 });
    const found = { name: 'Read at once' };
    expect(await seen('R1')).toEqual({ single: found, node: found, nodes: ['Read at once'], held: [] });
  });

  it('sees what was changed, with people as well', async () => {
    const before = await seen(heldKey[type]);
    expect(before.held).toEqual(before.nodes);
    await mutate(graph, updateItem(type), { externalKey: heldKey[type], name: 'Renamed' });
    const found = { name: 'Renamed' };
    expect(await seen(heldKey[type])).toEqual({ single: found, node: found, nodes: ['Renamed'], held: ['Renamed'] });
  });

  it('does not see what was deleted', async () => {
    expect((await seen(freeKey[type])).single).not.toBeNull();
    await mutate(graph, deleteItem(type), { externalKey: freeKey[type] });
    expect(await seen(freeKey[type])).toEqual({ single: null, node: null, nodes: [], held: [] });
  });

  it('sees it also where the outcome could not be told', async () => {
    await seen(heldKey[type]);
    let isLost = false;
    graph.sandbox.naver.inject({
      cut: 'after',
      times: 4,
      matches: ({ method }) => {
        isLost ||= method === 'PUT';
        return isLost;
      },
    });
    const result = await mutate(graph, updateItem(type), { externalKey: heldKey[type], name: 'Renamed' });
    expect(result.__typename).toBe('UpstreamUnavailableError');
    expect(result.message).toContain('unknown');
    expect(await whenItAnswers(() => seen(heldKey[type]))).toMatchObject({ nodes: ['Renamed'], held: ['Renamed'] });
  });

  it('within the same document sees it, and the same people under the same ids', async () => {
    const people = `employees(first: 100) { nodes { id ${single} { name } } }`;
    const shown = `... on Update${type}Success { item: ${single} { name ${people} } }`;
    type Shown = { item: { name: string; employees: { nodes: { id: string }[] } } };
    const data = await read<{ one: Shown; two: Shown }>(
      `mutation ($one: Update${type}Input!, $two: Update${type}Input!) {
        one: update${type}(input: $one) { ${shown} }
        two: update${type}(input: $two) { ${shown} }
      }`,
      {
        one: { externalKey: heldKey[type], name: 'Renamed once' },
        two: { externalKey: heldKey[type], name: 'Renamed twice' },
      },
    );
    for (const [{ item }, name] of [
      [data.one, 'Renamed once'],
      [data.two, 'Renamed twice'],
    ] as const) {
      expect(item.name).toBe(name);
      expect(item.employees.nodes.length).toBeGreaterThan(0);
      expect(item.employees.nodes).toEqual(item.employees.nodes.map(({ id }) => ({ id, [single ?? '']: { name } })));
    }
    const idsOf = ({ item }: Shown) => item.employees.nodes.map(({ id }) => id);
    expect(idsOf(data.two)).toEqual(idsOf(data.one));
  });
});

describe('after a new assignment, the next read by anybody', () => {
  it('sees it, in every list', async () => {
    const { users, jobRoles, assignments } = graph.company.ctrlHub;
    const user = users.find(({ email }) => email.toLowerCase() === graph.sandbox.showcaseEmail.toLowerCase());
    const role = jobRoles.find(({ id, deletedAt }) => deletedAt === null && assignments.some((it) => it.roleId === id));
    const unheld = { ...role, id: '5e5e5e5e-7a11-4c3d-9b2e-000000000001', name: 'Rope Access Lead', deletedAt: null };
    Object.assign(jobRoles, { [jobRoles.length]: unheld });
    const variables = { email: graph.sandbox.showcaseEmail, role: toNodeId('JobRole', unheld.id) };
    type Seen = {
      employee: { jobRoleAssignments: { nodes: { ctrlHubId: string }[] } };
      jobRole: { assignments: { nodes: { ctrlHubId: string }[] } } | null;
      jobRoles: { nodes: { name: string }[] };
      jobRoleAssignments: { totalCount: number };
      byRole: { nodes: { ctrlHubId: string }[] };
    };
    const seen = () =>
      read<Seen>(
        `query ($email: EmailAddress!, $role: ID!) {
          employee(by: { email: $email }) { jobRoleAssignments { nodes { ctrlHubId } } }
          jobRole(id: $role) { assignments { nodes { ctrlHubId } } }
          jobRoles(first: 100) { nodes { name } }
          jobRoleAssignments(first: 1) { totalCount }
          byRole: jobRoleAssignments(filter: { jobRoleIds: [$role] }) { nodes { ctrlHubId } }
        }`,
        variables,
      );
    const before = await seen();
    expect(before.jobRole).toBeNull();
    const { assignment } = await mutate(graph, createAssignment, {
      ctrlHubUserId: user?.id,
      ctrlHubRoleId: unheld.id,
    });
    expect(assignment?.role).toMatchObject({ name: 'Rope Access Lead' });
    const created = { ctrlHubId: assignment?.ctrlHubId };
    const after = await seen();
    expect(after.employee.jobRoleAssignments.nodes).toEqual([...before.employee.jobRoleAssignments.nodes, created]);
    expect(after.jobRole?.assignments.nodes).toEqual([created]);
    expect(after.byRole.nodes).toEqual([created]);
    expect(after.jobRoles.nodes.map((it) => it.name)).toContain('Rope Access Lead');
    expect(after.jobRoleAssignments.totalCount).toBe(before.jobRoleAssignments.totalCount + 1);
  });

  it('sees it also where it could not be read back, or its outcome could not be told', async () => {
    const { users, jobRoles } = graph.company.ctrlHub;
    const role = jobRoles.find(({ deletedAt }) => deletedAt === null);
    const count = async (type: string) => {
      const query = 'query ($type: String!) { jobRoleAssignments(filter: { type: $type }) { totalCount } }';
      return (await read<{ jobRoleAssignments: { totalCount: number } }>(query, { type })).jobRoleAssignments
        .totalCount;
    };
    const createBlindly = async (type: string, cut: { cut?: 'after' }) => {
      expect(await count(type)).toBe(0);
      let isSent = false;
      const isFirstPost = ({ method }: EmulatorRequest) => {
        const isFirst = !isSent && method === 'POST';
        isSent ||= isFirst;
        return isFirst;
      };
      // The write is accepted, or its reply is lost; then nothing can be read for a while.
      graph.sandbox.ctrlHub.inject({ matches: isFirstPost, ...cut });
      graph.sandbox.ctrlHub.inject({ matches: () => isSent, times: 99, reply: { status: 503 } });
      const input = { ctrlHubUserId: users[0]?.id, ctrlHubRoleId: role?.id, type };
      const document =
        'mutation ($input: CreateJobRoleAssignmentInput!) { result: createJobRoleAssignment(input: $input) { __typename } }';
      const { __typename } = await mutate(graph, document, input);
      graph.sandbox.ctrlHub.recover();
      expect(await whenItAnswers(() => count(type))).toBe(1);
      return __typename;
    };
    expect(await createBlindly('accepted', {})).toBe('CreateJobRoleAssignmentSuccess');
    expect(await createBlindly('lost', { cut: 'after' })).toBe('UpstreamUnavailableError');
  });
});

describe('what others have written', () => {
  it('is seen after a write that finds the key taken', async () => {
    await read('{ grades { nodes { name } } }');
    graph.company.naver.grades.push({ externalKey: 'R2', name: 'New', i18nNames: {}, sortOrder: 1, itemUsed: true });
    await mutate(graph, createItem('Grade'), { externalKey: 'R2', name: 'Newer', sortOrder: 1 });
    const { grades } = await read<{ grades: { nodes: { name: string }[] } }>('{ grades { nodes { name } } }');
    expect(grades.nodes.map((it) => it.name)).toContain(rowOf(graph, 'Grade', 'R2')?.name);
  });

  it('is seen after a write that finds the assignment made', async () => {
    const { users, jobRoles, assignments } = graph.company.ctrlHub;
    const [userId = '', roleId = ''] = [users[0]?.id, jobRoles.find((it) => it.deletedAt === null)?.id];
    const count = async () =>
      read<{ jobRoleAssignments: { totalCount: number } }>(
        '{ jobRoleAssignments(filter: { type: "by hand" }) { totalCount } }',
      );
    expect(await count()).toEqual({ jobRoleAssignments: { totalCount: 0 } });
    const id = '6d6d6d6d-7a11-4c3d-9b2e-000000000005';
    assignments.push({ id, userId, roleId, type: 'by hand', createdAt: '2025-03-01T08:00:00Z' });
    const input = { ctrlHubUserId: userId, ctrlHubRoleId: roleId, type: 'by hand' };
    expect((await mutate(graph, createAssignment, input)).__typename).toBe('AlreadyExistsError');
    expect(await count()).toEqual({ jobRoleAssignments: { totalCount: 1 } });
  });
});
