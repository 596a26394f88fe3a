import { describe, expect, it } from 'vitest';
import type { CtrlHubEmulator } from '../../src/sandbox/ctrl-hub/ctrl-hub-emulator.ts';
import {
  amina,
  ask,
  chiara,
  closeAfterEachTest,
  crane,
  path,
  retired,
  start,
  uuid,
} from './ctrl-hub-emulator-fixture.ts';

closeAfterEachTest();

const document = (userId: string, roleId: string, more: object = { meta: { type: 'main_layer' } }) => ({
  type: 'job-role-assignments',
  ...more,
  relationships: {
    user: { data: { type: 'users', id: userId } },
    role: { data: { type: 'job-roles', id: roleId } },
  },
});

const post = (emulator: CtrlHubEmulator, data: unknown, contentType = 'application/vnd.api+json') =>
  ask(emulator, path, { method: 'POST', headers: { 'content-type': contentType }, body: JSON.stringify({ data }) });

describe('creating an assignment', () => {
  it('answers 201 with Location, stores the row, and stamps it by the clock', async () => {
    const emulator = await start({ now: () => new Date('2025-05-05T05:05:05Z') });
    const { status, headers, body } = await post(emulator, document(chiara.toUpperCase(), crane));
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${emulator.baseUrl}${path}/${body.data.id}`);
    expect(Object.keys(body)).toEqual(['data', 'jsonapi']);
    expect(body.data.meta).toEqual({ created_at: '2025-05-05T05:05:05.000Z', type: 'main_layer' });
    expect(emulator.data.assignments.at(-1)).toMatchObject({ id: body.data.id, userId: chiara, roleId: crane });
    const list = await ask(emulator, `${path}?filter=and(user('${chiara}'),role('${crane}'))`);
    expect(list.body.data).toEqual([body.data]);
  });

  it.each([
    { attributes: {} },
    { attributes: {}, meta: {}, links: { self: '/v3/job-role-assignments/new' } },
    { meta: {} },
  ])('takes what serializers send besides: %j', async (more) => {
    const emulator = await start();
    expect((await post(emulator, document(chiara, crane, more))).status).toBe(201);
    expect(emulator.data.assignments.at(-1)).toMatchObject({ userId: chiara, type: null });
  });

  it('passes over unknown attributes where the knob says so', async () => {
    const emulator = await start({ knobs: { unknownAttributes: 'ignore' } });
    expect((await post(emulator, document(chiara, crane, { attributes: { kind: 'x' } }))).status).toBe(201);
  });

  it.each([
    [202, undefined],
    [204, undefined],
    [201, false],
  ] as const)('may answer %i without what it created, and stores it all the same', async (postStatus, isWhole) => {
    const emulator = await start({ knobs: { postStatus, postReply: 'without-relationships' } });
    const { status, body } = await post(emulator, document(chiara, crane));
    expect(status).toBe(postStatus);
    expect(body.data === undefined ? undefined : 'relationships' in body.data).toBe(isWhole);
    expect(emulator.data.assignments).toHaveLength(5);
  });

  it('refuses a duplicate with 409 unless the knob allows it', async () => {
    const emulator = await start();
    expect((await post(emulator, document(amina, crane))).status).toBe(409);
    expect((await post(emulator, document(amina, crane, {}))).status).toBe(201);
    Object.assign(emulator.knobs, { duplicate: 'allow', postStatus: 200, location: false });
    const again = await post(emulator, document(amina, crane));
    expect([again.status, again.headers.get('location')]).toEqual([200, null]);
    expect(emulator.data.assignments).toHaveLength(6);
  });

  it.each([
    ['an id of the client', 403, document(chiara, crane, { id: uuid('d', 9) })],
    ['another type', 409, { ...document(chiara, crane), type: 'role-assignments' }],
    ['an unknown user', 404, document(uuid('b', 9), crane)],
    ['an unknown job role', 404, document(chiara, uuid('c', 9))],
    ['a deleted job role', 404, document(amina, retired)],
  ])('refuses %s with %i', async (_, status, data) => {
    const emulator = await start();
    const reply = await post(emulator, data);
    expect([reply.status, reply.body.errors[0].status]).toEqual([status, String(status)]);
    expect(emulator.data.assignments).toHaveLength(4);
  });

  it.each([
    ['no data', undefined, 'data', 'required'],
    ['no relationships', { type: 'job-role-assignments' }, 'data.relationships', 'required'],
    ['a bad uuid', document('7', crane), 'data.relationships.user.data.id', 'uuid'],
    ['an attribute', document(chiara, crane, { attributes: { kind: 'x' } }), 'data.attributes.kind', 'unknown'],
    ['a number as type', document(chiara, crane, { meta: { type: 7 } }), 'data.meta.type', 'type'],
    [
      'the permission type "roles"',
      JSON.parse(JSON.stringify(document(chiara, crane)).replace('job-roles', 'roles')),
      'data.relationships.role.data.type',
      'eq',
    ],
  ])('refuses %s with 400 and tells the field', async (_, data, field, type) => {
    const { status, body } = await post(await start(), data);
    expect(status).toBe(400);
    expect(body.errors[0].meta).toMatchObject({ field, type });
  });

  it('judges the media type: JSON:API without foreign parameters, plain JSON unless strict', async () => {
    const emulator = await start();
    const send = async (type: string) => (await post(emulator, undefined, type)).status;
    expect(await send('text/plain')).toBe(415);
    expect(await send('application/vnd.api+json; charset=utf-8')).toBe(415);
    expect(await send('application/vnd.api+json; profile="https://example.org/a;b"')).toBe(400);
    expect(await send('application/json; charset=utf-8')).toBe(400);
    emulator.knobs.strictMedia = true;
    expect(await send('application/json')).toBe(415);
    const accept = 'application/vnd.api+json; charset=utf-8, text/html';
    expect((await ask(emulator, path, { headers: { accept } })).status).toBe(406);
    const both = `${accept}, application/vnd.api+json;q=0.5`;
    expect((await ask(emulator, path, { headers: { accept: both } })).status).toBe(200);
  });

  it('keeps the row when the connection is cut after the work', async () => {
    const emulator = await start();
    emulator.inject({ cut: 'after' });
    await expect(post(emulator, document(chiara, crane))).rejects.toThrow();
    expect(emulator.data.assignments).toHaveLength(5);
  });
});
