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

/** The list that has this document for its one page. */
const listOf = (body: unknown) =>
  onStage({}, async ({ ctrlHub, client }) => {
    ctrlHub.inject({ reply: { status: 200, body } });
    ctrlHub.inject({ reply: { status: 200, body: { data: [] } }, times: 9 });
    return client.assignments();
  });

const roleOf = async (role: Record<string, unknown>) => {
  const { roles } = await listOf({ data: [row(1)], included: [{ id: roleId(1), type: 'job-roles', ...role }] });
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
    const page = await listOf({ data: [{ id: assignmentId(1), relationships: row(1).relationships }] });
    expect(page.rows).toEqual([
      { ctrlHubId: assignmentId(1), type: null, createdAt: null, userId: userId(1), roleId: roleId(1) },
    ]);
    expect(page).toMatchObject({ roles: [], users: [], organisations: [], skipped: [] });
  });

  it('has its ids in lower case, linked or not', async () => {
    const shout = JSON.parse(JSON.stringify(row(0xab)).replaceAll(/[\da-f]{8}-[\da-f-]+/g, (id) => id.toUpperCase()));
    const page = await listOf({ data: [shout], included: [{ id: roleId(0xab), type: 'job-roles' }] });
    expect(page.rows).toMatchObject([{ ctrlHubId: assignmentId(0xab), userId: userId(0xab), roleId: roleId(0xab) }]);
    expect(page.roles).toEqual([{ ...bare, ctrlHubId: roleId(0xab) }]);
  });

  it('matches what is included by type and id, and ignores what nothing links to', async () => {
    const page = await listOf({
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
    const page = await listOf({
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
    ['no data', { meta: {} }],
    ['data that is null', { data: null }],
    ['data that is one row', { data: row(1) }],
    ['errors', { errors: [{ title: 'Half of it is missing' }] }],
    ['errors beside its data', { data: [row(1)], errors: [{ title: 'Half of it is missing' }] }],
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['nothing', undefined],
  ])('that cannot be read is refused, with its trace id: %s', async (_, body) => {
    const reply = { status: 200, headers: { 'x-trace-id': 'trace-77' }, body };
    const error = await failureOn(reply, (client) => client.assignments());
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', traceId: 'trace-77', isTransient: false });
    expect(error.message).not.toContain('3d3d3d3d');
  });

  it('of which no row can be read is refused', async () => {
    const reply = { status: 200, body: { data: [null, { type: 'job-role-assignments' }, row(1).relationships] } };
    const error = await failureOn(reply, (client) => client.assignments());
    expect(error.message).toBe('the assignment list: none of its 3 rows can be read (not an object; no id).');
  });

  const { user, role } = row(1).relationships;
  const several = { data: [user.data, user.data] };
  it.each([
    ['no user linkage', { user: { data: null }, role }],
    ['no user linkage', { user: { data: [] }, role }],
    ['no user linkage', { user: { links: { related: '/v3/users/1' } }, role }],
    ['no user linkage', { user: { meta: {} }, role }],
    ['no user linkage', { user: null, role }],
    ['no user linkage', { role }],
    ['no user linkage', null],
    ['no user linkage', undefined],
    ['no user linkage', []],
    ['no role linkage', { user, role: { data: null } }],
    ['no role linkage', { user }],
    ['unreadable user linkage', { user: several, role }],
    ['unreadable user linkage', { user: { data: { type: 'users' } }, role }],
    ['unreadable role linkage', { user, role: 'none' }],
    ['unreadable relationships', 'none'],
  ])('skips a row with %s: %j', async (reason, relationships) => {
    const { rows, skipped } = await listOf({ data: [{ ...row(1), relationships }, row(2)] });
    expect(rows.map((it) => it.ctrlHubId)).toEqual([assignmentId(2)]);
    expect(skipped).toEqual([{ resource: 'job-role-assignments', reason, key: assignmentId(1) }]);
  });

  it('reads what is plainly meant: lists of one linkage, ids and types as numbers, linkages without a type', async () => {
    const odd = {
      id: 41,
      meta: { type: 7, created_at: 5 },
      relationships: { user: { data: [{ id: 42, type: 'users' }] }, role: { data: { id: 43 } } },
    };
    const { rows, roles, skipped } = await listOf({ data: [odd], included: [{ id: '43', type: 'job-roles' }] });
    expect(rows).toEqual([{ ctrlHubId: '41', type: '7', createdAt: null, userId: '42', roleId: '43' }]);
    expect(roles.map((it) => it.ctrlHubId)).toEqual(['43']);
    expect(skipped).toEqual([
      { resource: 'job-role-assignments', reason: 'meta.created_at unreadable, left out', key: null },
    ]);
  });

  it('takes the fullest of two copies of a resource, whatever the case of its id', async () => {
    const full = { id: userId(1).toUpperCase(), type: 'users', attributes: { email: 'one@kerguelen.example' } };
    const bareUser = { id: userId(1), type: 'users' };
    for (const included of [
      [full, bareUser],
      [bareUser, full],
    ]) {
      expect((await listOf({ data: [row(1)], included })).users).toMatchObject([{ email: 'one@kerguelen.example' }]);
    }
  });

  it.each([
    { attributes: { profile: { personal: 'Lee' } } },
    { attributes: { profile: [1] } },
    { attributes: 'none' },
    { attributes: { email: {} } },
  ])('leaves out an included resource with an odd part, once, and says so: %j', async (odd) => {
    const included = [{ id: userId(1), type: 'users', ...odd }];
    const { rows, users, skipped } = await listOf({ data: [row(1), { ...row(1), id: assignmentId(2) }], included });
    expect(rows).toHaveLength(2);
    expect(users).toEqual([]);
    expect(skipped).toEqual([{ resource: 'included users', reason: 'unreadable', key: userId(1) }]);
  });

  it('takes [] for an object without members', async () => {
    const included = [
      { id: userId(1), type: 'users', attributes: { email: 'one@kerguelen.example', profile: { personal: [] } } },
      { id: roleId(1), type: 'job-roles', attributes: { qualifications: [] }, meta: [], relationships: [] },
    ];
    const { users, roles, skipped } = await listOf({ data: [{ ...row(1), meta: [] }], included });
    expect([users.length, roles.length, skipped.length]).toEqual([1, 1, 0]);
  });

  it('has a role of no known organisation where its linkage is odd', async () => {
    const relationships = { organisation: { data: [1, 2] } };
    const { roles, skipped } = await listOf({
      data: [row(1)],
      included: [{ id: roleId(1), type: 'job-roles', relationships }],
    });
    expect(roles).toEqual([bare]);
    expect(skipped).toMatchObject([{ reason: 'relationships.organisation.data unreadable, left out', key: null }]);
  });

  it('may have included that is no list', async () => {
    expect((await listOf({ data: [row(1)], included: { users: [] } })).rows).toHaveLength(1);
  });
});
