import { describe, expect, it } from 'vitest';
import { internalError } from '../../src/sandbox/ctrl-hub/problems.ts';
import {
  type Answer,
  amina,
  ask,
  bjorn,
  chiara,
  closeAfterEachTest,
  crane,
  firstAid,
  harbour,
  numbersOf,
  path,
  quarry,
  retired,
  start,
  uuid,
} from './ctrl-hub-emulator-fixture.ts';

closeAfterEachTest();

describe('the list of assignments', () => {
  it('is ordered by creation and holds no attributes', async () => {
    const { status, headers, body } = await ask(await start(), path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/vnd.api+json');
    expect(numbersOf(body)).toEqual([1, 2, 3, 4]);
    expect(body.data[0]).toEqual({
      id: uuid('d', 1),
      type: 'job-role-assignments',
      meta: { created_at: '2024-03-01T09:00:00Z', type: 'main_layer' },
      relationships: {
        user: { data: { id: amina, type: 'users' } },
        role: { data: { id: crane, type: 'job-roles' } },
      },
    });
    expect(body.data[2].meta).toEqual({ created_at: '2024-03-03T09:00:00Z' });
    expect(body.meta.features).toEqual({ include: { options: ['organisation', 'role', 'user'] } });
    expect(body.jsonapi).toEqual({ version: '1.0' });
    expect(body).not.toHaveProperty('included');
  });

  it.each([
    ['', 1, 1, null, null, 4],
    ['?limit=2', 2, 1, 2, null, 2],
    ['?limit=2&offset=2', 2, 2, null, 0, 2],
    ['?limit=3&offset=1', 2, 1, null, 0, 3],
    ['?limit=1&offset=9', 4, 10, null, 8, 0],
    ["?filter=type('none')", 0, 1, null, null, 0],
  ])('pages %s by row offsets', async (query, pages, current, next, previous, rows) => {
    const { body } = await ask(await start(), path + query);
    expect(body.data).toHaveLength(rows);
    expect(body.meta.pagination).toMatchObject({
      counts: { pages, resources: query.includes('none') ? 0 : 4 },
      current_page: current,
      offsets: { next, previous },
    });
  });

  it('cuts a page to the knob’s maximum and still tells the limit that was requested', async () => {
    const { body } = await ask(await start({ knobs: { maxLimit: 3 } }), `${path}?limit=50`);
    expect(numbersOf(body)).toEqual([1, 2, 3]);
    expect(body.meta.pagination).toMatchObject({ offsets: { next: 3 }, requested: { limit: 50, offset: 0 } });
  });

  it('counts one page in an empty list and bears sort when the knobs say so', async () => {
    const emulator = await start({ knobs: { emptyPages: 1, sort: 'ignore' } });
    const { body } = await ask(emulator, `${path}?sort=-created_at&filter=type('none')`);
    expect(body.meta.pagination.counts).toEqual({ pages: 1, resources: 0 });
  });

  it.each([
    ['limit=0', 'limit', '0'],
    ['limit=ten', 'limit', 'ten'],
    ['offset=-1', 'offset', '-1'],
    ['include=user,banana', 'include', 'banana'],
    ['sort=created_at', 'sort', 'created_at'],
    ['page=2', 'page', '2'],
    ['limit=1&limit=2', 'limit', '1'],
  ])('refuses %s with the parameter as the source', async (query, parameter, resource) => {
    const { status, body } = await ask(await start(), `${path}?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [{ status: '400', title: 'Invalid parameter', source: { parameter }, meta: { resource } }],
      jsonapi: { version: '1.0' },
      meta: {},
    });
  });
});

describe('included resources', () => {
  const identifiers = ({ body }: Answer) => body.included.map((it: { type: string; id: string }) => [it.type, it.id]);

  it('come once each, and organisation means those of the job roles', async () => {
    const emulator = await start();
    expect(identifiers(await ask(emulator, `${path}?include=user,role,organisation`))).toEqual([
      ...[crane, firstAid, retired].map((id) => ['job-roles', id]),
      ...[amina, bjorn, chiara].map((id) => ['users', id]),
      ['organisations', harbour],
    ]);
    expect(identifiers(await ask(emulator, `${path}?include=organisation`))).toEqual([['organisations', harbour]]);
    emulator.knobs.organisationBringsRoles = true;
    expect(identifiers(await ask(emulator, `${path}?include=organisation&limit=1`))).toHaveLength(2);
  });

  it('hold the job role as documented, with a null organisation and a null deleted_at', async () => {
    const { body } = await ask(await start(), `${path}?include=role&limit=1&offset=2`);
    expect(body.included).toEqual([
      {
        id: firstAid,
        type: 'job-roles',
        attributes: {
          name: 'First aider',
          description: '',
          job_role_type: 'internal',
          qualifications: { required: ['Q1'], optional: [] },
        },
        meta: { created_at: '2024-01-01T00:00:00Z', updated_at: '2024-02-01T00:00:00.123Z', deleted_at: null },
        relationships: { organisation: { data: null } },
      },
    ]);
  });

  it('change their shape by the knobs', async () => {
    const emulator = await start({ knobs: { newerJobRoleShape: true, deletedAt: 'absent', features: 'params' } });
    emulator.knobs.includedUsers = 'attributes-only';
    emulator.knobs.omitIncluded = (type, id) => type === 'job-roles' && id === retired;
    const { body } = await ask(emulator, `${path}?include=role,user`);
    const [first] = body.included;
    expect(first.attributes).toEqual({ name: 'Crane operator', description: '', shared: false });
    expect(first.meta).not.toHaveProperty('deleted_at');
    expect(first.relationships).toHaveProperty('competency_requirement_specification');
    expect(body.included.map((it: { id: string }) => it.id)).toEqual([crane, firstAid, amina, bjorn, chiara]);
    expect(body.data[3].relationships.role.data.id).toBe(retired);
    expect(Object.keys(body.included.at(-1))).toEqual(['id', 'type', 'attributes']);
    expect(body.meta.features.params.include.options).toContain('organisation');
  });
});

describe('the directory', () => {
  it('lists the members of an organisation, which may be named in upper case', async () => {
    const emulator = await start();
    const { body } = await ask(emulator, `/v3/orgs/${quarry.toUpperCase()}/iam/members?limit=1&include=organisations`);
    expect(body.data[0]).toMatchObject({
      id: bjorn,
      type: 'users',
      attributes: {
        email: 'Bjorn@example.org',
        profile: { personal: { first_name: 'Bjørn', last_name: 'Lie', dob: '' } },
      },
      relationships: { organisations: { data: [{ id: harbour }, { id: quarry }] } },
    });
    expect(body.meta.pagination).toMatchObject({ counts: { pages: 2, resources: 2 }, offsets: { next: 1 } });
    expect(body.included.map((it: { id: string }) => it.id)).toEqual([harbour, quarry]);
    emulator.knobs.membersPagination = false;
    const older = await ask(emulator, `/v3/orgs/${quarry}/iam/members?offset=1`);
    expect([older.body.data.length, older.body.meta.pagination]).toEqual([1, undefined]);
  });

  it('lists and reads organisations, and tells whose session it is', async () => {
    const emulator = await start();
    expect((await ask(emulator, '/v3/orgs')).body.data).toHaveLength(2);
    const { body } = await ask(emulator, `/v3/orgs/${emulator.organisationId}`);
    expect(body.data.attributes).toMatchObject({ name: 'Harbour', slug: 'harbour' });
    expect(body.data.relationships.users.data.map((it: { id: string }) => it.id)).toEqual([amina, bjorn]);
    expect((await ask(emulator, `/v3/orgs/${uuid('a', 9)}/iam/members`)).status).toBe(404);
    expect((await ask(emulator, '/v3/whoami')).body.data.id).toBe(amina);
  });
});

describe('refusals and failures', () => {
  it('answers 405 with Allow for undocumented methods and 404 for undocumented paths', async () => {
    const emulator = await start();
    const { status, headers } = await ask(emulator, path, { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await ask(emulator, `${path}/${uuid('d', 1)}`)).status).toBe(404);
    expect((await ask(emulator, '/v3/job-roles')).status).toBe(404);
  });

  it('answers 431 when the request head is over 8 KB', async () => {
    const emulator = await start();
    const users = (count: number) => Array.from({ length: count }, (_, index) => `'${uuid('b', index)}'`).join();
    expect((await ask(emulator, `${path}?filter=user(${users(150)})`)).status).toBe(200);
    expect((await ask(emulator, `${path}?filter=user(${users(200)})`)).status).toBe(431);
  });

  it('answers 500 without a body when that fault is injected', async () => {
    const emulator = await start();
    emulator.inject({ reply: internalError() });
    const { status, headers, body } = await ask(emulator, path);
    expect([status, body]).toEqual([500, '']);
    expect(headers.get('x-trace-id')).not.toBeNull();
  });
});
