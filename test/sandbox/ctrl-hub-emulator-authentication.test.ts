import { describe, expect, it } from 'vitest';
import { sandboxPassword, serviceAccount } from '../../src/sandbox/ctrl-hub/credentials.ts';
import { ask, bjorn, closeAfterEachTest, path, start } from './ctrl-hub-emulator-fixture.ts';

closeAfterEachTest();

describe('authentication', () => {
  it('comes before everything else, and every answer has a trace id', async () => {
    const emulator = await start();
    const headers = { 'x-session-token': 'wrong', 'content-type': 'text/plain' };
    const refused = await ask(emulator, `${path}?page=2`, { method: 'POST', headers, body: '{' });
    expect([refused.status, refused.body.errors[0].status]).toEqual([401, '401']);
    for (const target of [path, '/v3/nothing', '/self-service/login/api']) {
      expect((await ask(emulator, target)).headers.get('x-trace-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it('opens a session by the login flow, which ends by the clock, by logout or by expireSessions', async () => {
    let time = Date.parse('2025-01-01T00:00:00Z');
    const emulator = await start({ now: () => new Date(time) });
    const logIn = async (password: string) => {
      const { id } = (await ask(emulator, '/self-service/login/api')).body;
      const body = JSON.stringify({ identifier: 'bjorn@example.org', password, method: 'password' });
      const headers = { 'content-type': 'application/json' };
      const reply = await ask(emulator, `/self-service/login?flow=${id}`, { method: 'POST', headers, body });
      return { id, body, reply };
    };
    const wrong = await logIn('guess');
    expect([wrong.reply.status, JSON.stringify(wrong.reply.body)]).toEqual([
      400,
      expect.stringContaining('credentials are invalid'),
    ]);
    const { id, body, reply } = await logIn(sandboxPassword);
    expect(reply.body.session).toMatchObject({ active: true, expires_at: '2025-01-02T00:00:00.000000000Z' });
    expect((await ask(emulator, `/self-service/login?flow=${id}`, { method: 'POST', body })).status).toBe(410);

    const who = (token: string) => ask(emulator, '/v3/iam/whoami', { headers: { 'x-session-token': token } });
    const token = reply.body.session_token;
    expect((await who(token)).body.data.id).toBe(bjorn);
    time += 24 * 3_600_000;
    expect((await who(token)).status).toBe(401);

    const second = (await logIn(sandboxPassword)).reply.body.session_token;
    const logOut = (it: string) =>
      ask(emulator, '/self-service/logout/api', { method: 'DELETE', body: JSON.stringify({ session_token: it }) });
    expect([(await logOut(second)).status, (await logOut('never')).status]).toEqual([204, 403]);
    expect([(await who(second)).status, (await who(emulator.sessionToken)).status]).toEqual([401, 200]);
    emulator.expireSessions();
    expect((await who(emulator.sessionToken)).status).toBe(401);
    expect((await ask(emulator, '/self-service/login/api?refresh=true')).status).toBe(401);
  });

  it('gives a service account a bearer token for the key in a form', async () => {
    let time = Date.parse('2025-01-01T00:00:00Z');
    const emulator = await start({ now: () => new Date(time) });
    const { clientId, clientSecret } = serviceAccount;
    const request = (client_secret: string) => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret });
      return ask(emulator, '/oauth2/token', { method: 'POST', body });
    };
    expect(await request('guess')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const { body } = await request(clientSecret);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    const headers = { 'x-session-token': '', authorization: `Bearer ${body.access_token}` };
    expect((await ask(emulator, path, { headers })).status).toBe(200);
    time += 3_600_000;
    expect((await ask(emulator, path, { headers })).status).toBe(401);
  });

  it('gives an access token the lifetime of the knob', async () => {
    let time = Date.parse('2025-01-01T00:00:00Z');
    const emulator = await start({ now: () => new Date(time), knobs: { accessTokenLifetimeSeconds: 60 } });
    const { clientId: client_id, clientSecret: client_secret } = serviceAccount;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
    const { body } = await ask(emulator, '/oauth2/token', { method: 'POST', body: form });
    expect(body.expires_in).toBe(60);
    time += 60_000;
    const headers = { 'x-session-token': '', authorization: `Bearer ${body.access_token}` };
    expect((await ask(emulator, path, { headers })).status).toBe(401);
  });
});
