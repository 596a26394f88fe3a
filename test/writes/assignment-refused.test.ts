import { describe, expect, it } from 'vitest';
import { create, graph, newRole, onPost, showcaseUser, startGraphForEachTest } from './assignment-fixture.ts';
import { ctrlHubPosts } from './write-fixture.ts';

startGraphForEachTest();

describe('createJobRoleAssignment, when Ctrl Hub finds fault with the document', () => {
  const problem = (...errors: object[]) => ({ status: 400, body: { errors, jsonapi: { version: '1.0' }, meta: {} } });
  const input = () => ({ ctrlHubUserId: showcaseUser().id, ctrlHubRoleId: newRole().id, type: 'main_layer' });

  it('maps its errors to the members of the input', async () => {
    onPost({
      reply: problem(
        {
          status: '400',
          title: 'Invalid',
          detail: 'no such user',
          meta: { field: 'data.relationships.user.data.id' },
        },
        { status: '400', title: 'Invalid', source: { pointer: '/data/meta/type' } },
        { status: '400', title: 'Something else', detail: 'write to help@ctrl-hub.example' },
      ),
    });
    const result = await create(input());
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [
        { path: ['ctrlHubUserId'], message: 'no such user' },
        { path: ['type'], message: 'Invalid' },
        { path: [], message: 'write to …' },
      ],
    });
  });

  it.each([
    ['errors that name no member', problem({ status: '400', title: 'Nope' }), '400'],
    ['a conflict that is no such assignment', { status: 409, body: { errors: [{ title: 'Conflict' }] } }, '409'],
    ['no rights', { status: 403, body: { errors: [{ title: 'Forbidden' }] } }, '403'],
    ['an odd media type', { status: 415, body: '' }, '415'],
  ])('reports %s as refused', async (_, reply, code) => {
    onPost({ reply });
    expect(await create(input())).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'CTRL_HUB', code });
    expect(ctrlHubPosts(graph)).toHaveLength(1);
  });

  it('finds the assignment that another process has made meanwhile', async () => {
    const given = input();
    graph.sandbox.ctrlHub.inject({
      matches: ({ method }) => {
        if (method !== 'POST') return false;
        const { ctrlHubUserId: userId, ctrlHubRoleId: roleId, type } = given;
        const id = '8b8b8b8b-7a11-4c3d-9b2e-000000000004';
        graph.company.ctrlHub.assignments.push({ id, userId, roleId, type, createdAt: '2025-01-01T00:00:00Z' });
        return false;
      },
    });
    expect((await create(given)).__typename).toBe('AlreadyExistsError');
  });
});
