import { describe, expect, it } from 'vitest';
import { assignmentId, failureOf, onStage, roleId, userId } from './ctrl-hub-fixture.ts';

const assignment = { userId: userId(0), roleId: roleId(1), type: 'night' };

describe('a new assignment', () => {
  it.each([
    { postStatus: 201, postReply: 'whole' },
    { postStatus: 200, postReply: 'whole' },
    { postStatus: 201, postReply: 'without-relationships' },
    { postStatus: 202, postReply: 'whole' },
    { postStatus: 204, postReply: 'whole' },
  ] as const)('is found and told where the answer is $postStatus, $postReply, and sent once', (knobs) =>
    onStage({ knobs }, async ({ ctrlHub, lists }) => {
      const creation = await lists.createAssignment(assignment);
      expect(creation).toMatchObject({ outcome: 'DONE', value: { assignment } });
      expect(ctrlHub.requests.filter((it) => it.method === 'POST')).toHaveLength(1);
      expect(ctrlHub.data.assignments).toHaveLength(11);
    }),
  );

  it.each([
    [202, 'the write may still be running'],
    [204, 'nothing was done'],
  ])('that cannot be found after HTTP %i is no success: %s', (status, told) =>
    onStage({}, async ({ ctrlHub, lists }) => {
      ctrlHub.inject({ matches: (it) => it.method === 'POST', reply: { status } });
      const error = await failureOf(lists.createAssignment(assignment));
      expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', status });
      expect(error.message).toContain(told);
      expect(ctrlHub.requests.filter((it) => it.method === 'POST')).toHaveLength(1);
    }),
  );

  it.each([{ id: assignmentId(99), relationships: { user: { data: null } } }, null])(
    'is not sent where a row that may be it cannot be read: %j',
    (row) =>
      onStage({}, async ({ ctrlHub, lists }) => {
        ctrlHub.inject({
          matches: (it) => it.query.has('filter') && it.query.get('offset') === '0',
          reply: { status: 200, body: { data: [row, await anAssignment()], meta: {} } },
        });
        const error = await failureOf(lists.createAssignment(assignment));
        expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
        expect(error.message).toContain('1 assignments cannot be read');
        expect(ctrlHub.requests.filter((it) => it.method === 'POST')).toEqual([]);
      }),
  );
});

/** Of another user: a server that ignores the filter. */
const anAssignment = async () => ({
  id: assignmentId(98),
  type: 'job-role-assignments',
  relationships: {
    user: { data: { id: userId(2), type: 'users' } },
    role: { data: { id: roleId(2), type: 'job-roles' } },
  },
});
