import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  createItem,
  deleteItem,
  heldKey,
  type ItemType,
  itemId,
  itemTypes,
  mutate,
  updateItem,
} from './write-fixture.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Long enough for a write, and short enough to be waited for. */
const lateMs = 1_500;

/** Nothing but a write makes what was read go. */
const env = { CACHE_FRESH_SECONDS: '3600' };

/** Contested links are null with CONFLICT. Nothing else may fail. */
async function read(document: string, variables?: Record<string, unknown>): Promise<unknown> {
  const { data, errors } = await graph.query(document, variables);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  return data;
}

/** Lets the next reply to such a request come late: it then tells what was true before. Resolves when it is held back. */
async function heldBack(emulator: Emulator, path: RegExp, ask: () => Promise<unknown>) {
  emulator.inject({ matches: (it) => it.method === 'GET' && path.test(it.path), lateMs });
  const before = emulator.requests.length;
  const held = () =>
    emulator.requests.slice(before).find((it) => it.method === 'GET' && path.test(it.target.split('?')[0] ?? ''));
  const answer = ask();
  await expect.poll(held).toBeDefined();
  // A moment for the reply to be made.
  await delay(50);
  return { answer, isHeld: () => held()?.endedAt === null };
}

type Written = { document: string; variables: Record<string, unknown>; write: () => Promise<string> };

/** Everything that shows a grade or a position: lists, counts, nodes, filters, and people. */
function everything(type: ItemType, key: string): Omit<Written, 'write'> {
  const field = type === 'Grade' ? 'grade' : 'position';
  const order = type === 'Grade' ? 'GRADE_ASC' : 'POSITION_ASC';
  const document = `query Everything($id: ID!, $key: String!) {
    professions { totalCount }
    single: ${field}(externalKey: $key) { name employees { totalCount } }
    node(id: $id) { ... on ${type} { name version } }
    nodes(ids: [$id]) { ... on ${type} { name } }
    list: ${field}s(first: 100) { totalCount nodes { externalKey name employees(first: 1) { totalCount } } }
    active: ${field}s(first: 100, activeOnly: true) { totalCount }
    people: employees(first: 100) { nodes { id ${field} { externalKey name } } }
    filtered: employees(filter: { ${field}Keys: [$key] }) { totalCount nodes { id } }
    ordered: employees(first: 100, orderBy: ${order}) { nodes { id } }
  }`;
  return { document, variables: { id: itemId(type, key), key } };
}

const itemWrites: [name: string, type: ItemType, key: string, write: () => Promise<string>][] = itemTypes.flatMap(
  (type): [string, ItemType, string, () => Promise<string>][] => {
    const run = (document: string, input: object) => async () => (await mutate(graph, document, input)).__typename;
    const held = { externalKey: heldKey[type] };
    const created = { externalKey: 'F1', name: 'Made meanwhile', sortOrder: 3 };
    return [
      [`create${type}`, type, 'F1', run(createItem(type), created)],
      [`update${type}`, type, heldKey[type], run(updateItem(type), { ...held, name: 'Renamed', sortOrder: 9_999 })],
      [`delete${type}`, type, heldKey[type], run(deleteItem(type), { ...held, evenIfInUse: true })],
    ];
  },
);

function newAssignment() {
  const { users, jobRoles } = graph.company.ctrlHub;
  const user = users.find(({ email }) => email.toLowerCase() === graph.sandbox.showcaseEmail.toLowerCase());
  const role = jobRoles.find((it) => it.deletedAt === null);
  const input = { ctrlHubUserId: user?.id, ctrlHubRoleId: role?.id, type: 'made meanwhile' };
  const document = `query Everything($email: EmailAddress!, $role: ID!, $roles: [ID!], $type: String) {
    professions { totalCount }
    person: employee(by: { email: $email }) { jobRoleAssignments(first: 100) { totalCount nodes { ctrlHubId type } } }
    jobRole(id: $role) { assignments(first: 100) { totalCount nodes { ctrlHubId } } }
    node(id: $role) { ... on JobRole { assignments { totalCount } } }
    jobRoles(first: 100) { nodes { ctrlHubId assignments { totalCount } } }
    list: jobRoleAssignments(first: 100) { totalCount nodes { ctrlHubId } }
    ofType: jobRoleAssignments(filter: { type: $type }) { totalCount nodes { employee { id } role { name } } }
    filtered: employees(filter: { jobRoleIds: $roles, assignmentType: $type }) { totalCount nodes { id } }
  }`;
  const roles = [toNodeId('JobRole', role?.id ?? '')];
  const variables = { email: graph.sandbox.showcaseEmail, role: roles[0], roles, type: input.type };
  // Nothing of it is selected: that would wait for the list.
  const mutation = `mutation ($input: CreateJobRoleAssignmentInput!) {
    result: createJobRoleAssignment(input: $input) { __typename }
  }`;
  const write = async () => (await mutate(graph, mutation, input)).__typename;
  return { document, variables, write };
}

describe('an equal query that began before a write and is still in flight', () => {
  /** Lucca's professions, which nobody writes, hold the first query back when it has the rest already. */
  async function expectNothingShared({ document, variables, write }: Written): Promise<void> {
    const ask = () => read(document, variables);
    const { answer, isHeld } = await heldBack(graph.sandbox.lucca, /\/professions$/, ask);
    expect(await write()).toMatch(/Success$/);
    expect(isHeld()).toBe(true);
    const after = ask();
    const [old, seen] = await Promise.all([answer, after]);
    // What has been there before the query is the one truth of the whole query.
    expect(seen).not.toEqual(old);
    expect(await ask()).toEqual(seen);
    await graph.restartGraph();
    expect(await ask()).toEqual(seen);
  }

  it.each(itemWrites)('is not shared with one that begins after %s', async (_, type, key, write) => {
    graph = await startGraph({ people: 60, env });
    await read(`{ ${type === 'Grade' ? 'grades' : 'positions'} { totalCount } }`);
    await expectNothingShared({ ...everything(type, key), write });
  });

  it('is not shared with one that begins after createJobRoleAssignment', async () => {
    graph = await startGraph({ people: 60, env });
    await expectNothingShared(newAssignment());
  });
});

describe('a list that is being read while a write happens', () => {
  const lists: Record<ItemType, RegExp> = { Grade: /\/grade$/, Position: /\/job$/ };

  /** What is seen after the write, which another process sees alike. `hold` makes the list's reading begin. */
  async function seenAfter(
    { document, variables, write }: Written,
    emulator: Emulator,
    path: RegExp,
    hold = () => read(document, variables),
  ): Promise<unknown> {
    const { answer, isHeld } = await heldBack(emulator, path, hold);
    expect(await write()).toMatch(/Success$/);
    expect(isHeld()).toBe(true);
    const seen = await read(document, variables);
    await answer;
    expect(await read(document, variables)).toEqual(seen);
    await graph.restartGraph();
    expect(await read(document, variables)).toEqual(seen);
    return seen;
  }

  it.each(itemWrites)('shows it to who asks after %s', async (_, type, key, write) => {
    graph = await startGraph({ people: 60, env });
    await seenAfter({ ...everything(type, key), write }, graph.sandbox.naver, lists[type]);
  });

  it.each(itemTypes)('has nobody left with a %s that was deleted during the first reading of people', async (type) => {
    graph = await startGraph({ people: 60, env, waitsForDirectory: false });
    await read('{ unlinkedPeople { totalCount } }');
    const input = { externalKey: heldKey[type], evenIfInUse: true };
    const write = async () => (await mutate(graph, deleteItem(type), input)).__typename;
    const written = { ...everything(type, heldKey[type]), write };
    const seen = await seenAfter(written, graph.sandbox.naver, /\/employee$/, () => graph.restartGraph());
    expect(seen).toMatchObject({ single: null, filtered: { totalCount: 0 } });
  });

  it('holds an assignment that was made during the first reading of them', async () => {
    graph = await startGraph({ people: 60, env, waitsForDirectory: false });
    await read('{ unlinkedPeople { totalCount } }');
    const path = /\/job-role-assignments$/;
    const seen = await seenAfter(newAssignment(), graph.sandbox.ctrlHub, path, () => graph.restartGraph());
    expect(seen).toMatchObject({ ofType: { totalCount: 1 }, filtered: { totalCount: 1 } });
  });
});
