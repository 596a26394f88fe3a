import { describe, expect, it } from 'vitest';
import { amina, ask, chiara, closeAfterEachTest, harbour, path, start, uuid } from './ctrl-hub-emulator-fixture.ts';

closeAfterEachTest();

const members = `/v3/orgs/${harbour}/iam/members`;

describe('an organisation', () => {
  it('shows one member at a time', async () => {
    const emulator = await start();
    const { body } = await ask(emulator, members);
    expect((await ask(emulator, `${members}/${amina.toUpperCase()}`)).body.data).toEqual(body.data[0]);
    for (const id of [chiara, uuid('b', 9)]) expect((await ask(emulator, `${members}/${id}`)).status).toBe(404);
  });

  it('counts its members at two paths', async () => {
    const emulator = await start();
    const stats = await ask(emulator, `/v3/orgs/${harbour}/iam/member-stats`);
    expect(stats.body.data).toMatchObject({
      type: 'member-stats',
      attributes: { members: { users: 2, service_accounts: 2, total: 4 } },
      relationships: { organisation: { data: { id: harbour } } },
    });
    const older = await ask(emulator, `${members}/stats`);
    expect(older.body.data).toMatchObject({ type: 'members-stats' });
    expect(older.body.data.attributes.members).toEqual({ users: 2, service_accounts: 2 });
  });

  it('lists its service accounts, apart or among the members', async () => {
    const emulator = await start();
    const { body } = await ask(emulator, `/v3/orgs/${harbour}/iam/service-accounts?limit=1`);
    expect(body.data).toMatchObject([{ type: 'service-accounts', attributes: { name: 'payroll-export', keys: [] } }]);
    expect(body.meta.pagination.counts.resources).toBe(2);
    emulator.knobs.variation = 'service accounts among members';
    const mixed = await ask(emulator, members);
    expect(mixed.body.data.map((it: { type: string }) => it.type).sort()).toEqual([
      'service-accounts',
      'service-accounts',
      'users',
      'users',
    ]);
  });

  it('has no teams', async () => {
    const emulator = await start();
    const teams = `/v3/orgs/${harbour}/people/teams`;
    expect((await ask(emulator, `${teams}?include=members`)).body.data).toEqual([]);
    expect((await ask(emulator, `${teams}/${uuid('e', 1)}`)).status).toBe(404);
    expect((await ask(emulator, `/v3/orgs/${uuid('a', 9)}/people/teams`)).status).toBe(404);
  });
});

describe('knobs', () => {
  it('touch one row of a list', async () => {
    const emulator = await start({ knobs: { variation: 'a row that is null' } });
    const { body } = await ask(emulator, path);
    expect(body.data.map((it: unknown) => it === null)).toEqual([false, true, false, false]);
  });

  it('label bodies otherwise, with a mark before them', async () => {
    const emulator = await start({ knobs: { label: 'text/plain', byteOrderMark: true } });
    const response = await fetch(`${emulator.baseUrl}${path}`, {
      headers: { 'x-session-token': emulator.sessionToken },
    });
    expect(response.headers.get('content-type')).toBe('text/plain');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('send errors bare', async () => {
    const emulator = await start({ knobs: { errorShape: 'bare' } });
    expect((await ask(emulator, `${path}?limit=0`)).body).toMatchObject({
      status: '400',
      source: { parameter: 'limit' },
    });
  });

  it('tell the lifetime of an access token otherwise', async () => {
    const emulator = await start();
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: '5ac0ffee-0000-4000-8000-000000000001',
      client_secret: 'sandbox-client-secret',
    });
    const told: unknown[] = [];
    for (const expiresIn of ['number', 'text', 'absent'] as const) {
      emulator.knobs.expiresIn = expiresIn;
      told.push((await ask(emulator, '/oauth2/token', { method: 'POST', body })).body.expires_in);
    }
    expect(told).toEqual([3600, '3600', undefined]);
  });
});
