import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import {
  assignmentId,
  failureOf,
  invented,
  onStage,
  organisationId,
  roleId,
  targets,
  userId,
} from './ctrl-hub-fixture.ts';
import { whole } from './whole-lists.ts';

describe('a request to Ctrl Hub', () => {
  it('carries the session token and asks for JSON:API', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      const sent: IncomingHttpHeaders[] = [];
      ctrlHub.inject({ matches: ({ headers }) => sent.push(headers) < 0 });
      await client.assignments();
      await client.members();
      const expected = { accept: 'application/vnd.api+json', 'x-session-token': ctrlHub.sessionToken };
      expect(sent).toMatchObject([expected, expected]);
    }));

  it.each([
    ['', ''],
    ['/', ''],
    ['/proxy/ctrl-hub', '/proxy/ctrl-hub'],
    ['/proxy/ctrl-hub//', '/proxy/ctrl-hub'],
  ])('goes below the path of the base URL: "%s"', (path, prefix) =>
    onStage({}, async ({ ctrlHub }) => {
      await onStage({ config: { baseUrl: `${ctrlHub.origin}${path}` } }, async ({ client }) => {
        ctrlHub.inject({ reply: { status: 200, body: { data: [] } } });
        await client.members();
      });
      const [target] = targets(ctrlHub);
      expect(target).toBe(`${prefix}/v3/orgs/${organisationId(1)}/iam/members?limit=100&offset=0`);
    }),
  );
});

describe('the list of assignments', () => {
  it('comes with the users, roles and organisations that it leads to', () =>
    onStage({ data: invented({ assignments: 3 }) }, async ({ ctrlHub, client }) => {
      const list = await client.assignments();
      expect(targets(ctrlHub)).toEqual(['/v3/job-role-assignments?limit=100&offset=0&include=organisation,role,user']);
      expect(list).toMatchObject({ skipped: [], pages: 1 });
      expect(list.rows.map((it) => it.ctrlHubId)).toEqual([0, 1, 2].map(assignmentId));
      expect(list.rows[2]).toEqual({
        ctrlHubId: assignmentId(2),
        type: 'cover',
        createdAt: '2025-01-01T00:02:00.000Z',
        userId: userId(2),
        roleId: roleId(2),
      });
      expect(list.roles.map((it) => it.ctrlHubId)).toEqual([0, 1, 2].map(roleId));
      expect(list.roles[2]).toEqual({
        ctrlHubId: roleId(2),
        name: 'Role 2',
        description: 'Does the work of role 2',
        type: 'internal',
        requiredQualifications: ['CERT-2'],
        optionalQualifications: [],
        organisationId: organisationId(1),
        createdAt: '2024-02-01T09:00:00Z',
        updatedAt: '2024-03-01T09:00:00.123456789Z',
        deletedAt: null,
      });
      expect(list.users.map((it) => it.ctrlHubId)).toEqual([0, 1, 2].map(userId));
      expect(list.users[2]).toEqual({
        ctrlHubId: userId(2),
        email: 'user-2@kerguelen.example',
        firstName: 'First 2',
        lastName: 'Last 2',
      });
      expect(list.organisations).toEqual([
        { ctrlHubId: organisationId(1), name: 'Ateliers Kerguelen', slug: 'ateliers-kerguelen' },
      ]);
    }));

  it('is read with the pages after the first in parallel, each resource once', () =>
    onStage({ config: { pageSize: 3 } }, async ({ ctrlHub, client }) => {
      ctrlHub.latencyMs = 200;
      const list = await client.assignments();
      expect(list.rows.map((it) => it.ctrlHubId)).toEqual(Array.from({ length: 10 }, (_, n) => assignmentId(n)));
      expect([list.roles.length, list.users.length, list.organisations.length]).toEqual([3, 4, 1]);
      expect(targets(ctrlHub).map((it) => it.slice(it.indexOf('?')))).toEqual(
        [0, 3, 6, 9].map((offset) => `?limit=3&offset=${offset}&include=organisation,role,user`),
      );
      const [, second, , fourth] = ctrlHub.requests;
      expect(fourth?.startedAt).toBeLessThan(second?.endedAt ?? 0);
    }));

  it('is complete where Ctrl Hub gives less at once than asked', () =>
    onStage({ knobs: { maxLimit: 4 } }, async ({ ctrlHub, client }) => {
      expect((await client.assignments()).rows).toHaveLength(10);
      expect(targets(ctrlHub)).toHaveLength(3);
    }));

  it.each([
    [250, null, 3],
    [1000, null, 1],
    [1000, 100, 7],
  ])('is whole with pages of %i, of which Ctrl Hub gives %s at most', (pageSize, maxLimit, requests) =>
    onStage(
      { data: invented({ users: 650, assignments: 650 }), knobs: { maxLimit }, config: { pageSize } },
      async ({ ctrlHub, client }) => {
        expect((await client.assignments()).rows).toHaveLength(650);
        expect(targets(ctrlHub)).toHaveLength(requests);
        expect(await client.members()).toHaveLength(650);
      },
    ),
  );

  it('shares what has not changed with an earlier one', () =>
    onStage({}, async ({ ctrlHub, lists }) => {
      const first = await whole(lists.assignments(null));
      const row = ctrlHub.data.assignments[3];
      if (row !== undefined) row.type = 'changed';
      const second = await whole(lists.assignments(first));
      expect(second.rows.map((it, n) => it === first.rows[n])).toEqual(second.rows.map((_, n) => n !== 3));
      expect([second.roles, second.users]).toEqual([first.roles, first.users]);
      expect(second.users).toBe(first.users);
    }));

  it('holds the whole sandbox company', async () => {
    const data = createCompany().ctrlHub;
    await onStage({ data }, async ({ client }) => {
      const { rows, roles, users, organisations } = await client.assignments();
      expect(new Set(rows.map((it) => it.ctrlHubId))).toEqual(new Set(data.assignments.map((it) => it.id)));
      expect(new Set(roles.map((it) => it.ctrlHubId))).toEqual(new Set(data.assignments.map((it) => it.roleId)));
      expect(new Set(users.map((it) => it.ctrlHubId))).toEqual(new Set(data.assignments.map((it) => it.userId)));
      expect(organisations.map((it) => it.name).sort()).toEqual(['Hanbit Marine', 'Hanbit Offshore']);
      expect(roles.filter((it) => it.deletedAt !== null)).not.toHaveLength(0);
      expect(roles.filter((it) => it.organisationId === null)).not.toHaveLength(0);
    });
  });
});

describe('the members', () => {
  it('are all read, pages after the first in parallel', () =>
    onStage({ data: invented({ users: 7 }), config: { pageSize: 3 } }, async ({ ctrlHub, client }) => {
      const members = await client.members();
      expect(members.map((it) => it.ctrlHubId)).toEqual([0, 1, 2, 3, 4, 5, 6].map(userId));
      expect(members[6]).toEqual({
        ctrlHubId: userId(6),
        email: 'user-6@kerguelen.example',
        firstName: 'First 6',
        lastName: 'Last 6',
      });
      expect(targets(ctrlHub)).toEqual(
        [0, 3, 6].map((offset) => `/v3/orgs/${organisationId(1)}/iam/members?limit=3&offset=${offset}`),
      );
    }));

  it.each([null, 2])('are complete where the list does not tell its pagination (at most %s rows at once)', (maxLimit) =>
    onStage(
      { data: invented({ users: 7 }), knobs: { membersPagination: false, maxLimit }, config: { pageSize: 3 } },
      async ({ client }) => expect(await client.members()).toHaveLength(7),
    ),
  );

  it('have null for text that is not set', async () => {
    const data = invented({ users: 1 });
    data.users = data.users.map((it) => ({ ...it, email: ' ', firstName: '', lastName: ' 한 ' }));
    await onStage({ data }, async ({ client }) =>
      expect(await client.members()).toEqual([{ ctrlHubId: userId(0), email: null, firstName: null, lastName: '한' }]),
    );
  });

  it('of an organisation that is not visible fail with the setting to look at', () =>
    onStage({ config: { organisationId: '../../whoami#' } }, async ({ ctrlHub, client }) => {
      const error = await failureOf(client.members());
      expect(targets(ctrlHub)).toEqual(['/v3/orgs/..%2F..%2Fwhoami%23/iam/members?limit=100&offset=0']);
      expect(error).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 404, isTransient: false });
      expect(error.message).toContain('CTRL_HUB_ORGANISATION_ID is not visible with CTRL_HUB_SESSION_TOKEN');
    }));
});
