import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LuccaKnobs } from '../../src/sandbox/lucca/lucca-emulator.ts';
import { startTenant, type Tenant } from './lucca-emulator-fixture.ts';

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.lucca.close());

describe('the token endpoint', () => {
  it('issues a bearer token for half an hour', async () => {
    const form = {
      grant_type: 'client_credentials',
      client_id: 'ours',
      client_secret: 's',
      scope: 'employees.readonly',
    };
    expect(await (await tenant.postToken(form)).json()).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 1800,
    });
    expect(tenant.lucca.tokensIssued).toBe(2);
  });

  it('refuses as OAuth says', async () => {
    const good = { grant_type: 'client_credentials', client_id: 'ours', client_secret: 's' };
    const errorOf = async (form: Record<string, string>) => {
      const response = await tenant.postToken(form);
      return [response.status, await response.json()];
    };
    expect(await errorOf({ ...good, client_secret: 'x' })).toEqual([400, { error: 'invalid_client' }]);
    expect(await errorOf({ ...good, client_id: 'constructor' })).toEqual([400, { error: 'invalid_client' }]);
    expect(await errorOf({ ...good, scope: 'employees.readwrite' })).toEqual([400, { error: 'invalid_scope' }]);
    const long = 'employees.readonly '.repeat(211);
    expect(await errorOf({ ...good, scope: long })).toEqual([400, { error: 'invalid_scope' }]);
    expect(await errorOf({ ...good, grant_type: 'password' })).toEqual([400, { error: 'unsupported_grant_type' }]);
    const json = await fetch(tenant.lucca.tokenUrl, {
      method: 'POST',
      body: JSON.stringify(good),
      headers: { 'content-type': 'application/json' },
    });
    expect(await json.json()).toEqual({ error: 'invalid_request' });
    expect((await fetch(tenant.lucca.tokenUrl)).headers.get('allow')).toBe('POST');
  });
});

describe('a request', () => {
  it('is refused once its token has ended', async () => {
    await tenant.lucca.close();
    tenant = await startTenant({ tokenLifetimeSeconds: 0 });
    expect((await tenant.get('/professions')).status).toBe(401);
  });

  it('is refused when it reads with a body', async () => {
    const headers = { authorization: await tenant.authorize(''), 'api-version': '2024-11-01', 'content-length': '1' };
    const status = await new Promise((resolve) => {
      request(`${tenant.lucca.baseUrl}/professions`, { headers }, (response) =>
        resolve(response.resume().statusCode),
      ).end('x');
    });
    expect([status, tenant.lucca.requests.at(-1)?.body]).toEqual([400, 'x']);
  });
});

describe('the order of checks', () => {
  it('goes from the route to the resource', async () => {
    const statusOf = async (path: string, headers = {}, method = 'GET') =>
      (await tenant.get(path, headers, method)).status;
    const bad = { authorization: 'Bearer x', 'api-version': 'latest' };
    expect(await statusOf('/leaves', bad, 'POST')).toBe(404);
    expect(await statusOf('/employees/', bad)).toBe(404);
    expect(await statusOf('/employees', bad, 'DELETE')).toBe(405);
    expect(await statusOf('/employees?x=1', bad)).toBe(401);
    const token = { authorization: await tenant.authorize('employees.readonly') };
    expect(await statusOf('/professions?x=1', { ...bad, ...token })).toBe(403);
    expect(await statusOf('/employees?x=1', { ...bad, ...token })).toBe(400);
    expect(await statusOf('/Employees/404?x=1', token)).toBe(400);
    expect(await statusOf('/employees/404', token)).toBe(404);
    expect(await statusOf(`${tenant.lucca.origin}/LUCCA-API/Employees/1001`, token)).toBe(200);
    expect(await statusOf('/employees', { 'x-padding': 'x'.repeat(8200) })).toBe(431);
  });

  it('answers a problem with the wrong parameter, the version and what may be done', async () => {
    const response = await tenant.get('/job-qualifications?limit=101');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('api-version')).toBe('2024-11-01');
    expect(await response.json()).toMatchObject({
      status: 400,
      instance: `${tenant.lucca.baseUrl}/job-qualifications`,
      errors: { limit: [expect.any(String)] },
    });
    expect((await tenant.get('/professions', {}, 'OPTIONS')).headers.get('allow')).toBe('GET, HEAD');
    tenant.lucca.expireTokens();
    expect((await tenant.get('/professions')).headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['2024-11-01', 200],
    ['2025-06-01', 200],
    ['2024-10-31', 400],
    ['2025-02-30', 400],
    ['latest', 400],
  ])('takes Api-Version %s with %i', async (version, status) => {
    const response = await tenant.get('/professions', { 'api-version': version });
    expect([response.status, response.headers.get('api-version')]).toEqual([status, '2024-11-01']);
  });

  it('answers 429 past the allowance, not counting tokens and refused calls', async () => {
    await tenant.lucca.close();
    tenant = await startTenant({ rateLimit: { count: 2, seconds: 60 } });
    const answers = [
      await tenant.get('/employees', { authorization: '' }),
      await tenant.get('/employees'),
      await tenant.get('/employees/404'),
      await tenant.get('/employees'),
    ];
    expect(answers.map((it) => it.status)).toEqual([401, 200, 404, 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
    tenant.lucca.knobs.rateLimitBeforeAuthentication = true;
    expect((await tenant.get('/employees', { authorization: '' })).status).toBe(429);
  });
});

describe('headers', () => {
  it('honours If-None-Match and If-Match in every spelling', async () => {
    const etag = (await tenant.get('/professions/41')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    const bare = etag.slice(3, -1);
    for (const tag of [etag, `"${bare}"`, bare, `W/${bare}`, `"x", ${etag}`, '*']) {
      const unchanged = await tenant.get('/professions/41', { 'if-none-match': tag, 'if-match': tag });
      expect([unchanged.status, unchanged.headers.get('etag'), await unchanged.text()]).toEqual([304, etag, '']);
    }
    const profession = tenant.lucca.data.professions[0];
    if (profession) profession.isArchived = true;
    expect((await tenant.get('/professions/41', { 'if-none-match': etag })).status).toBe(200);
    const failed = await tenant.get('/professions/41', { 'if-match': etag });
    expect([failed.status, failed.headers.get('content-length'), await failed.text()]).toEqual([412, '0', '']);
    expect(await (await tenant.get('/professions/41', {}, 'HEAD')).text()).toBe('');
  });

  it.each([
    ['gzip', 'gzip'],
    ['gzip;q=0.5, br', 'br'],
    ['br;q=0, deflate', null],
    ['identity, br;q=0.2', null],
  ])('answers Accept-Encoding %s with %s', async (accepted, coding) => {
    const response = await tenant.get('/professions', { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(await response.json()).toMatchObject({ items: [{ title: 'Baker' }] });
  });
});

describe('knobs', () => {
  it('send what the documents allow or leave open', async () => {
    Object.assign(tenant.lucca.knobs, {
      publicOrigin: 'https://acme.ilucca.net',
      embeds: 'partial',
      optionalKeys: 'absent',
      unaskedIncludes: 'null',
      unknownMembers: true,
      unknownEnumMembers: true,
      unquotedETags: true,
      deprecation: '2027-01-01',
    } satisfies Partial<LuccaKnobs>);
    const response = await tenant.get('/employees/1002?include=embedded');
    expect(response.headers.get('etag')).toMatch(/^W\/[\w-]+$/);
    expect(response.headers.get('deprecation')).toBe('2027-01-01');
    const url = 'https://acme.ilucca.net/lucca-api';
    const body = await response.json();
    expect(body).toMatchObject({
      url: `${url}/employees/1002`,
      email: null,
      links: null,
      status: 'preboarding',
      xUnknownMember: {},
      embedded: { employment: { 2002: { id: '2002', type: 'employment', url: `${url}/employments/2002` } } },
    });
    expect(body).not.toHaveProperty('phoneNumber');
    tenant.lucca.knobs.embeds = 'missing';
    expect((await tenant.read('/employees/1002?include=embedded')).embedded).toEqual({});
  });
});
