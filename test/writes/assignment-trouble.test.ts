import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { internalError } from '../../src/sandbox/ctrl-hub/problems.ts';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { createAssignment, ctrlHubPosts, hasMethod, mutate } from './write-fixture.ts';

let graph: TestGraph;
let input: { ctrlHubUserId: string; ctrlHubRoleId: string; type: string };

beforeEach(async () => {
  graph = await startGraph({ people: 60 });
  graph.forgetRequests();
  const { users, jobRoles } = graph.company.ctrlHub;
  const [user] = users;
  const role = jobRoles.find((it) => it.deletedAt === null);
  if (user === undefined || role === undefined) throw new Error('The company has nobody to assign, or nothing.');
  input = { ctrlHubUserId: user.id, ctrlHubRoleId: role.id, type: 'of this test' };
});
afterEach(() => graph.stop());

const create = () => mutate(graph, createAssignment, input);
const onPost = (fault: Fault) => graph.sandbox.ctrlHub.inject({ ...fault, matches: hasMethod('POST') });
const written = () => graph.company.ctrlHub.assignments.filter((it) => it.type === input.type);

function expectALookBetweenPosts(): void {
  const methods = graph.requests().CTRL_HUB.map((it) => it.method);
  expect(methods.join(' ')).not.toContain('POST POST');
}

/** Ctrl Hub does not document that it refuses duplicates, so nothing may rest on it. */
describe.each([409, 'allow'] as const)('a new assignment, duplicates being: %s', (duplicate) => {
  beforeEach(() => {
    graph.sandbox.ctrlHub.knobs.duplicate = duplicate;
  });

  it.each([
    ['the connection breaks', { cut: 'after' }],
    ['the answer says nothing', { cut: 'after', delayMs: 1 }],
  ] as const)('is a success where it was made and %s', async (_, fault) => {
    onPost(fault);
    const result = await create();
    expect(result.__typename).toBe('CreateJobRoleAssignmentSuccess');
    expect(written().map((it) => it.id)).toEqual([result.assignment?.ctrlHubId]);
    expect(ctrlHubPosts(graph)).toHaveLength(1);
  });

  it('is made once where the first try never arrived', async () => {
    onPost({ cut: 'before' });
    expect((await create()).__typename).toBe('CreateJobRoleAssignmentSuccess');
    expect(written()).toHaveLength(1);
    expect(ctrlHubPosts(graph)).toHaveLength(2);
    expectALookBetweenPosts();
  });

  it('is reported not to be made where no try arrives', async () => {
    onPost({ cut: 'before', times: 9 });
    const result = await create();
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'CTRL_HUB' });
    expect(result.message).toContain('nothing was done');
    expect(written()).toEqual([]);
    expectALookBetweenPosts();
  });

  it('is made once where Ctrl Hub breaks down before it', async () => {
    onPost({ reply: internalError() });
    expect((await create()).__typename).toBe('CreateJobRoleAssignmentSuccess');
    expect(written()).toHaveLength(1);
    expectALookBetweenPosts();
  });

  it('is made once where Ctrl Hub asks for patience', async () => {
    onPost({ reply: { status: 429, headers: { 'retry-after': '1' } } });
    expect((await create()).__typename).toBe('CreateJobRoleAssignmentSuccess');
    expect(written()).toHaveLength(1);
    expectALookBetweenPosts();
  });

  it('is made once by ten callers at once: one of them made it', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, create));
    const names = results.map((it) => it.__typename).sort();
    expect(names).toEqual([...Array(9).fill('AlreadyExistsError'), 'CreateJobRoleAssignmentSuccess']);
    expect(written()).toHaveLength(1);
    expect(ctrlHubPosts(graph)).toHaveLength(1);
  });
});

describe('a new assignment', () => {
  it.each([
    ['an unreadable 201', { status: 201, body: 'created' }, 'shows that nothing was done'],
    ['a 201 without data', { status: 201, body: { jsonapi: { version: '1.0' } } }, 'shows that nothing was done'],
    [
      'a 202, which promises it for later',
      { status: 202 },
      'shows nothing done so far; the write may still be running',
    ],
  ])('is looked for after %s, and reported as it is found: not made', async (_, reply, known) => {
    onPost({ reply });
    const result = await create();
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'CTRL_HUB' });
    expect(result.message).toContain(known);
    expect(ctrlHubPosts(graph)).toHaveLength(1);
  });

  it('is refused with the status once the session has expired, before or between look and POST', async () => {
    graph.sandbox.ctrlHub.inject({
      matches: ({ method }) => {
        if (method === 'POST') graph.sandbox.ctrlHub.expireSessions();
        return false;
      },
    });
    for (let round = 0; round < 2; round += 1) {
      expect(await create()).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'CTRL_HUB', code: '401' });
    }
    expect(ctrlHubPosts(graph)).toHaveLength(1);
    expect(written()).toEqual([]);
  });

  it('tells how long to wait where that is too long for us', async () => {
    onPost({ reply: { status: 429, headers: { 'retry-after': '90' } } });
    expect(await create()).toMatchObject({ __typename: 'UpstreamUnavailableError', retryAfterSeconds: 90 });
    expect(ctrlHubPosts(graph)).toHaveLength(1);
  });

  it('needs Ctrl Hub to be configured', async () => {
    const names = ['CTRL_HUB_BASE_URL', 'CTRL_HUB_SESSION_TOKEN', 'CTRL_HUB_ORGANISATION_ID'];
    await graph.restartGraph(Object.fromEntries(names.map((name) => [name, undefined])));
    expect(await create()).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'CTRL_HUB' });
  });

  it('needs Lucca to say who an employee is, and names Lucca where it does not', async () => {
    const { data } = await graph.query('{ employees(first: 1) { nodes { id } } }');
    const [employee] = (data as { employees: { nodes: { id: string }[] } }).employees.nodes;
    graph.sandbox.lucca.inject({ times: 99, reply: { status: 503 } });
    await graph.restartGraph();
    const { ctrlHubRoleId } = input;
    const result = await mutate(graph, createAssignment, { employeeId: employee?.id, ctrlHubRoleId });
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'LUCCA' });
    expect(ctrlHubPosts(graph)).toEqual([]);
  });
});
