import { describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import {
  addNamesake,
  create,
  freeRole,
  graph,
  newRole,
  onPost,
  showcaseEmployeeId,
  showcaseUser,
  startGraphForEachTest,
} from './assignment-fixture.ts';
import { ctrlHubPosts } from './write-fixture.ts';

startGraphForEachTest();

describe('createJobRoleAssignment', () => {
  it('gives an employee of the graph a job role of the graph', async () => {
    const role = freeRole({ held: true });
    const employeeId = await showcaseEmployeeId();
    const result = await create({ employeeId, jobRoleId: toNodeId('JobRole', role.id), type: 'main_layer' });
    const row = graph.company.ctrlHub.assignments.at(-1);
    expect(row).toMatchObject({ userId: showcaseUser().id, roleId: role.id, type: 'main_layer' });
    expect(result).toMatchObject({
      __typename: 'CreateJobRoleAssignmentSuccess',
      assignment: {
        ctrlHubId: row?.id,
        type: 'main_layer',
        createdAt: row?.createdAt,
        employee: { id: employeeId },
        role: { ctrlHubId: role.id, name: role.name },
      },
    });
  });

  it("takes Ctrl Hub's own identifiers in any case, for a role that nobody holds yet, without a type", async () => {
    const role = newRole();
    const user = showcaseUser();
    const result = await create({ ctrlHubUserId: user.id.toUpperCase(), ctrlHubRoleId: role.id.toUpperCase() });
    expect(result.assignment).toMatchObject({ type: null, role: { name: 'Rope Access Lead' } });
    const [post] = ctrlHubPosts(graph);
    expect(JSON.parse(post?.body ?? '')).toEqual({
      data: {
        type: 'job-role-assignments',
        relationships: {
          user: { data: { type: 'users', id: user.id } },
          role: { data: { type: 'job-roles', id: role.id } },
        },
      },
    });
  });

  it('sends the type as meta.type, without the blanks around it', async () => {
    await create({ ctrlHubUserId: showcaseUser().id, ctrlHubRoleId: newRole().id, type: ' cover ' });
    expect(JSON.parse(ctrlHubPosts(graph)[0]?.body ?? '').data).toMatchObject({
      type: 'job-role-assignments',
      meta: { type: 'cover' },
    });
  });

  it.each([
    [200, false],
    [201, true],
  ] as const)('accepts %i, with related resources included: %s', async (status, isIncluded) => {
    const role = newRole();
    const user = showcaseUser();
    const data = {
      id: '6f6f6f6f-7a11-4c3d-9b2e-000000000002',
      type: 'job-role-assignments',
      meta: { type: 'main_layer', created_at: '2025-06-01T10:00:00Z' },
      relationships: {
        user: { data: { type: 'users', id: user.id } },
        role: { data: { type: 'job-roles', id: role.id } },
      },
    };
    const included = [
      { type: 'job-roles', id: role.id, attributes: { name: 'As included' } },
      { type: 'odd', id: 1 },
    ];
    const body = { data, jsonapi: { version: '1.0' }, ...(isIncluded && { included }) };
    onPost({ reply: { status, headers: { 'content-type': 'application/vnd.api+json' }, body } });
    const result = await create({ ctrlHubUserId: user.id, ctrlHubRoleId: role.id, type: 'main_layer' });
    expect(result.assignment).toMatchObject({
      ctrlHubId: data.id,
      type: 'main_layer',
      createdAt: '2025-06-01T10:00:00Z',
    });
  });

  it('refuses the same assignment twice, and counts another type as another one', async () => {
    const input = { ctrlHubUserId: showcaseUser().id, ctrlHubRoleId: newRole().id, type: 'main_layer' };
    graph.sandbox.ctrlHub.knobs.duplicate = 'allow';
    await create(input);
    expect(await create(input)).toMatchObject({ __typename: 'AlreadyExistsError', field: 'ctrlHubRoleId' });
    for (const type of ['cover', null]) {
      expect((await create({ ...input, type })).__typename).toBe('CreateJobRoleAssignmentSuccess');
      expect((await create({ ...input, type })).__typename).toBe('AlreadyExistsError');
    }
    expect(ctrlHubPosts(graph)).toHaveLength(3);
  });

  it('does not take the word of a server that ignores filters', async () => {
    graph.sandbox.ctrlHub.knobs.ignoreFilter = true;
    const input = { ctrlHubUserId: showcaseUser().id, ctrlHubRoleId: newRole().id };
    expect((await create(input)).__typename).toBe('CreateJobRoleAssignmentSuccess');
    expect((await create(input)).__typename).toBe('AlreadyExistsError');
  });

  describe('names what cannot be found, and writes nothing', () => {
    const unknown = '7a7a7a7a-7a11-4c3d-9b2e-000000000003';

    it.each([
      ['user', { ctrlHubUserId: unknown }, 'ctrlHubUserId'],
      ['job role', { ctrlHubRoleId: unknown }, 'ctrlHubRoleId'],
      ['job role of the graph', { ctrlHubRoleId: null, jobRoleId: toNodeId('JobRole', unknown) }, 'jobRoleId'],
    ])('an unknown %s', async (_, change, named) => {
      const before = graph.company.ctrlHub.assignments.length;
      const result = await create({
        ctrlHubUserId: showcaseUser().id,
        ctrlHubRoleId: freeRole({ held: true }).id,
        ...change,
      });
      expect(result).toMatchObject({ __typename: 'NotFoundError', message: expect.stringContaining(named) });
      expect(graph.company.ctrlHub.assignments).toHaveLength(before);
    });

    it('a job role that is deleted', async () => {
      const role = graph.company.ctrlHub.jobRoles.find((it) => it.deletedAt !== null);
      expect((await create({ ctrlHubUserId: showcaseUser().id, ctrlHubRoleId: role?.id })).__typename).toBe(
        'NotFoundError',
      );
    });

    it('an employee whom nobody knows', async () => {
      const employeeId = toNodeId('Employee', 'L:999999');
      const result = await create({ employeeId, ctrlHubRoleId: newRole().id });
      expect(result).toMatchObject({ __typename: 'NotFoundError', message: expect.stringContaining('employeeId') });
      expect(ctrlHubPosts(graph)).toEqual([]);
    });

    it('an employee without a Ctrl Hub user', async () => {
      const employeeId = await showcaseEmployeeId();
      showcaseUser().email = 'somebody.else@hanbit-marine.example';
      await graph.restartGraph();
      const result = await create({ employeeId, ctrlHubRoleId: newRole().id });
      expect(result).toMatchObject({ __typename: 'NotFoundError', message: expect.stringContaining('employeeId') });
      expect(ctrlHubPosts(graph)).toEqual([]);
    });

    it('an employee whose address another employee shares: the user may be either', async () => {
      const employeeId = await showcaseEmployeeId();
      addNamesake({ endsOn: null });
      await graph.restartGraph();
      const result = await create({ employeeId, ctrlHubRoleId: newRole().id });
      expect(result).toMatchObject({ __typename: 'NotFoundError', message: expect.stringContaining('employeeId') });
      expect(ctrlHubPosts(graph)).toEqual([]);
    });
  });

  it('takes no notice of somebody who had the address before and has left', async () => {
    const employeeId = await showcaseEmployeeId();
    addNamesake({ endsOn: '2015-06-30' });
    await graph.restartGraph();
    const result = await create({ employeeId, ctrlHubRoleId: newRole().id });
    expect(result.assignment?.employee?.id).toBe(employeeId);
    expect(graph.company.ctrlHub.assignments.at(-1)?.userId).toBe(showcaseUser().id);
  });

  it('takes a look, the write and reading it back, and nobody else anything', async () => {
    const employeeId = await showcaseEmployeeId();
    const role = newRole();
    await create({ employeeId, ctrlHubRoleId: role.id, type: 'cover' });
    const { data } = await graph.query('query ($id: ID!) { jobRole(id: $id) { assignments { totalCount } } }', {
      id: toNodeId('JobRole', role.id),
    });
    expect(data).toEqual({ jobRole: { assignments: { totalCount: 1 } } });
    const filter = `and(user('${showcaseUser().id}'),role('${role.id}'),type('cover'))`;
    const look = `GET job-role-assignments?limit=100&offset=0&include=organisation,role,user&filter=${filter}`;
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: [],
      CTRL_HUB: [look, look, 'POST job-role-assignments'],
      NAVER: [],
    });
  });

  it.each([
    [{}, ['employeeId', 'jobRoleId']],
    [{ employeeId: null, ctrlHubUserId: null, jobRoleId: null, ctrlHubRoleId: null }, ['employeeId', 'jobRoleId']],
    [
      { employeeId: 'x', ctrlHubUserId: 'y', jobRoleId: 'x', ctrlHubRoleId: 'y' },
      ['employeeId', 'employeeId', 'ctrlHubUserId', 'jobRoleId', 'jobRoleId', 'ctrlHubRoleId'],
    ],
    [{ ctrlHubUserId: '', ctrlHubRoleId: '123', type: ' ' }, ['ctrlHubUserId', 'ctrlHubRoleId', 'type']],
    [{ employeeId: toNodeId('Grade', 'G01'), jobRoleId: toNodeId('JobRole', 'no-uuid') }, ['employeeId', 'jobRoleId']],
    [{ type: 'x'.repeat(101) }, ['employeeId', 'jobRoleId', 'type']],
  ])('refuses the input %j and names every fault', async (input, faults) => {
    const result = await create(input);
    expect(result.__typename).toBe('InvalidInputError');
    expect(result.fields?.map((it) => it.path.join('.'))).toEqual(faults);
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });
});
