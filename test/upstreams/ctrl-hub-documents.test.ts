import { describe, expect, it } from 'vitest';
import { assignmentId, failureOn, onStage, organisationId, roleId, userId } from './ctrl-hub-fixture.ts';

const row = (n: number) => ({
  id: assignmentId(n),
  type: 'job-role-assignments',
  meta: { created_at: '2025-02-03T04:05:06.123456789Z', type: 'main_layer' },
  relationships: {
    user: { data: { id: userId(n), type: 'users' } },
    role: { data: { id: roleId(n), type: 'job-roles' } },
  },
});

const everything = ['role', 'user', 'organisation'] as const;

const pageOf = (body: unknown, limit = 100) =>
  onStage({}, async ({ ctrlHub, client }) => {
    ctrlHub.inject({ reply: { status: 200, body } });
    return client.assignmentPage({ include: everything, offset: 0, limit });
  });

const roleOf = async (role: Record<string, unknown>) => {
  const { roles } = await pageOf({ data: [row(1)], included: [{ id: roleId(1), type: 'job-roles', ...role }] });
  return roles;
};

const bare = {
  ctrlHubId: roleId(1),
  name: '',
  description: null,
  type: null,
  requiredQualifications: [],
  optionalQualifications: [],
  organisationId: null,
  createdAt: null,
  updatedAt: null,
  deletedAt: null,
};

describe('a document of assignments', () => {
  it('needs no more than ids and linkages', async () => {
    const page = await pageOf({ data: [{ id: assignmentId(1), relationships: row(1).relationships }] });
    expect(page.assignments).toEqual([
      { ctrlHubId: assignmentId(1), type: null, createdAt: null, userId: userId(1), roleId: roleId(1) },
    ]);
    expect(page).toMatchObject({ roles: [], users: [], organisations: [], hasNext: false });
  });

  it('has its ids in lower case, linked or not', async () => {
    const shout = JSON.parse(JSON.stringify(row(0xab)).replaceAll(/[\da-f]{8}-[\da-f-]+/g, (id) => id.toUpperCase()));
    const page = await pageOf({ data: [shout], included: [{ id: roleId(0xab), type: 'job-roles' }] });
    expect(page.assignments).toMatchObject([
      { ctrlHubId: assignmentId(0xab), userId: userId(0xab), roleId: roleId(0xab) },
    ]);
    expect(page.roles).toEqual([{ ...bare, ctrlHubId: roleId(0xab) }]);
  });

  it('matches what is included by type and id, and ignores what nothing links to', async () => {
    const page = await pageOf({
      data: [row(1)],
      included: [
        { id: roleId(1), type: 'roles', attributes: { name: 'A set of permissions' } },
        { id: 4711, type: 'streets', attributes: [] },
        null,
        'text',
        { id: userId(9), type: 'users', attributes: { email: 'nobody@kerguelen.example' } },
        { id: userId(1), type: 'users', attributes: { email: 'one@kerguelen.example', profile: { personal: null } } },
      ],
    });
    expect(page.roles).toEqual([]);
    expect(page.users).toEqual([
      { ctrlHubId: userId(1), email: 'one@kerguelen.example', firstName: null, lastName: null },
    ]);
  });

  it('may include users and organisations without attributes', async () => {
    const linked = { organisation: { data: { id: organisationId(1), type: 'organisations' } } };
    const page = await pageOf({
      data: [row(1)],
      included: [
        { id: roleId(1), type: 'job-roles', relationships: linked },
        { id: userId(1), type: 'users' },
        { id: organisationId(1), type: 'organisations' },
      ],
    });
    expect(page.users).toEqual([{ ctrlHubId: userId(1), email: null, firstName: null, lastName: null }]);
    expect(page.organisations).toEqual([{ ctrlHubId: organisationId(1), name: '', slug: null }]);
    expect(page.roles).toEqual([{ ...bare, organisationId: organisationId(1) }]);
  });

  it.each([
    {},
    { relationships: {} },
    { relationships: { organisation: {} } },
    { relationships: { organisation: { data: null } } },
    { attributes: null, meta: null, relationships: null },
    { attributes: { name: ' ', description: '', qualifications: null }, meta: { created_at: '', deleted_at: '' } },
    { attributes: { qualifications: { required: null } }, meta: { created_at: 'soon', deleted_at: false } },
  ])('may include a job role with next to nothing: %j', async (role) => {
    expect(await roleOf(role)).toEqual([bare]);
  });

  it('has a role deleted by any text in deleted_at', async () => {
    expect(await roleOf({ meta: { deleted_at: 'last spring' } })).toEqual([{ ...bare, deletedAt: 'last spring' }]);
  });

  it.each([
    ['a list', []],
    ['no data', { errors: [] }],
    ['a row without a user', { data: [{ ...row(1), relationships: { role: row(1).relationships.role } }] }],
    [
      'a row without a role id',
      { data: [{ ...row(1), relationships: { ...row(1).relationships, role: { data: null } } }] },
    ],
    ['a row without relationships', { data: [{ id: assignmentId(1), type: 'job-role-assignments' }] }],
    ['a role whose name is no text', { data: [row(1)], included: [{ ...bareRole(), attributes: { name: 5 } }] }],
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['nothing', undefined],
  ])('that cannot be read is refused, with its trace id: %s', async (_, body) => {
    const reply = { status: 200, headers: { 'x-trace-id': 'trace-77' }, body };
    const error = await failureOn(reply, (client) => client.assignments({ include: everything }));
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', traceId: 'trace-77', isTransient: false });
    expect(error.message).not.toContain('3d3d3d3d');
  });
});

function bareRole() {
  return { id: roleId(1), type: 'job-roles' };
}

describe('the position of a page', () => {
  const rows = [row(1), row(2)];
  it.each([
    ['all is told', { counts: { resources: 9 }, offsets: { next: 2 } }, { total: 9, hasNext: true }],
    ['only the count is told', { counts: { resources: 9 } }, { total: 9, hasNext: true }],
    ['only the next offset is told', { offsets: { next: 2 } }, { total: null, hasNext: true }],
    ['only the end is told', { counts: null, offsets: { next: null } }, { total: 2, hasNext: false }],
    [
      'the count covers this page only',
      { counts: { resources: 2 }, offsets: { next: 2 } },
      { total: null, hasNext: true },
    ],
    ['the next offset does not grow', { counts: { resources: 2 }, offsets: { next: 0 } }, { total: 2, hasNext: false }],
    ['all members are null', { counts: null, offsets: null }, { total: null, hasNext: true }],
    ['pagination is null', null, { total: null, hasNext: true }],
  ])('is known when %s', async (_, pagination, expected) => {
    expect(await pageOf({ data: rows, meta: { pagination } }, 2)).toMatchObject(expected);
  });

  it('is the end without pagination when the page is shorter than asked, or longer', async () => {
    expect(await pageOf({ data: rows })).toMatchObject({ hasNext: false });
    expect(await pageOf({ data: rows }, 1)).toMatchObject({ total: 2, hasNext: false });
  });

  it('leads through a list that tells the next offset and no count, and cuts its pages', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      const pages = [[row(1), row(2)], [row(3), row(4)], [row(5)]];
      for (const [n, data] of pages.entries()) {
        const next = n < 2 ? 2 * n + 2 : null;
        ctrlHub.inject({ reply: { status: 200, body: { data, meta: { pagination: { offsets: { next } } } } } });
      }
      const { assignments, total } = await client.assignments({ include: [] });
      expect(assignments.map((it) => it.ctrlHubId)).toEqual([1, 2, 3, 4, 5].map(assignmentId));
      expect(total).toBe(5);
    }));

  it.each([2, 100])('ends a list that is not paged at all (page size %i)', (pageSize) =>
    onStage({ config: { pageSize } }, async ({ ctrlHub, client }) => {
      const data = [1, 2, 3].map((n) => ({ id: userId(n), type: 'users' }));
      ctrlHub.inject({ times: 9, reply: { status: 200, body: { data } } });
      expect((await client.members()).map((it) => it.ctrlHubId)).toEqual([1, 2, 3].map(userId));
    }),
  );
});
