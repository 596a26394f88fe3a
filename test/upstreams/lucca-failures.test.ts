import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { againstServer, failureOf, withLucca } from './lucca-fixture.ts';

const failWith = (reply: Reply) =>
  againstServer(
    () => reply,
    (client) => failureOf(client.employees()),
  );

const far = { 'retry-after': '60' };

describe('What Lucca answers instead', () => {
  it.each([
    { status: 301, code: 'UPSTREAM_INVALID_RESPONSE', says: 'LUCCA_BASE_URL', requests: 1 },
    { status: 400, code: 'UPSTREAM_INVALID_RESPONSE', says: 'HTTP 200, got 400', requests: 1 },
    { status: 401, code: 'UPSTREAM_AUTH_FAILED', says: 'LUCCA_BASE_URL', requests: 2 },
    { status: 403, code: 'UPSTREAM_AUTH_FAILED', says: 'Add employees.readonly to LUCCA_SCOPES', requests: 1 },
    { status: 404, code: 'UPSTREAM_INVALID_RESPONSE', says: 'LUCCA_BASE_URL', requests: 1 },
    { status: 405, code: 'UPSTREAM_INVALID_RESPONSE', says: '405', requests: 1 },
    { status: 408, code: 'UPSTREAM_TIMEOUT', says: 'ask for less', requests: 3 },
    { status: 412, code: 'UPSTREAM_INVALID_RESPONSE', says: '412', requests: 1 },
    { status: 431, code: 'UPSTREAM_INVALID_RESPONSE', says: '431', requests: 1 },
    { status: 500, code: 'UPSTREAM_UNAVAILABLE', says: '500', requests: 3 },
    { status: 502, code: 'UPSTREAM_UNAVAILABLE', says: '502', requests: 3 },
    { status: 503, code: 'UPSTREAM_UNAVAILABLE', says: '503', requests: 3 },
    { status: 504, code: 'UPSTREAM_TIMEOUT', says: '504', requests: 3 },
    { status: 204, code: 'UPSTREAM_INVALID_RESPONSE', says: '204', requests: 1 },
  ])('HTTP $status is $code, asked $requests time(s)', async ({ status, code, says, requests }) => {
    const { value, requests: sent } = await failWith({ status });
    expect(value).toMatchObject({ code, status, upstream: 'LUCCA', isTransient: requests === 3 });
    expect(value.message).toContain(says);
    expect(sent).toHaveLength(requests);
  });

  it.each([
    { form: 'seconds', value: () => '60' },
    { form: 'a date', value: () => new Date(Date.now() + 60_000).toUTCString() },
  ])('HTTP 429 names the time to wait, given as $form', async ({ value }) => {
    const { value: error, requests } = await failWith({ status: 429, headers: { 'retry-after': value() } });
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', isTransient: true });
    expect(error.retryAfterSeconds).toBeGreaterThan(50);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(requests).toHaveLength(1);
  });

  it('waits for a short pause that Lucca names, and asks again', () =>
    withLucca({}, async ({ client, lucca }) => {
      lucca.inject({ matches: (it) => it.method === 'GET', reply: { status: 429, headers: { 'retry-after': '1' } } });
      expect(await client.jobQualifications()).toHaveLength(2);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 429, 200]);
    }));

  it('passes an exhausted allowance on at once where the pause is long', () =>
    withLucca({ rateLimit: { count: 1, seconds: 60 } }, async ({ client, monitor }) => {
      await client.professions();
      const error = await failureOf(client.jobQualifications());
      expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 60 });
      expect(error.message).toContain('Too Many Requests');
      expect(error.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(monitor.requests).toBe(2);
    }));

  it('names the missing scope and its setting', () =>
    withLucca({ config: { scopes: 'employees.readonly' } }, async ({ client }) => {
      const error = await failureOf(client.jobQualifications());
      expect(error).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 403 });
      expect(error.message).toBe(
        'The list of job-qualifications: expected HTTP 200, got 403 (Forbidden). ' +
          'Add job-qualifications.readonly to LUCCA_SCOPES and grant it to the API client in Lucca.',
      );
    }));

  it.each(['details', 'page'] as const)('judges an error of another form by its status: %s', (errorBody) =>
    withLucca({ config: { scopes: 'employees.readonly' }, knobs: { errorBody } }, async ({ client }) => {
      const error = await failureOf(client.professions());
      expect(error).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 403 });
      expect(error.message).toContain('Add job-qualifications.readonly');
    }),
  );

  it('names the setting of a version that is not accepted', () =>
    withLucca({ config: { apiVersion: 'latest' } }, async ({ client }) => {
      expect((await failureOf(client.professions())).message).toContain('LUCCA_API_VERSION');
    }));

  it('recovers from a connection that is cut', () =>
    withLucca({}, async ({ client, lucca, monitor }) => {
      lucca.inject({ matches: (it) => it.method === 'GET', cut: 'before' });
      expect(await client.professions()).toHaveLength(2);
      expect(monitor).toMatchObject({ requests: 2, health: 'UP' });
    }));
});

describe('Problem documents', () => {
  const sentBack = 'someone@ondo.example';
  const message = async (body: unknown) => {
    const { value } = await failWith({ status: 400, headers: far, body });
    return value.message;
  };

  it('are told without anything that may be of a person', async () => {
    const text = await message({
      title: `No such address: ${sentBack}.`,
      detail: `'${sentBack}' is none`,
      instance: `https://acme.ilucca.net/lucca-api/employees?email=${sentBack}`,
      errors: { Email: [`'${sentBack}' is none`], [sentBack]: ['x'], limit: [] },
    });
    expect(text).toBe(
      'The list of employees: expected HTTP 200, got 400 (No such address: …), about email, limit. ' +
        'This client and the API disagree: please report it.',
    );
  });

  it('are read whatever the case of their members', async () => {
    expect(await message({ Title: 'Validation failed', ERRORS: { 'Api-Version': ['old'] } })).toMatch(
      /\(Validation failed\), about api-version\. Check LUCCA_API_VERSION\.$/,
    );
  });

  it.each([
    { members: { traceId: '00-84c1fd40-01' }, traceId: '00-84c1fd40-01' },
    { members: { extensions: { traceId: '|7fb5e16a-41c8.' } }, traceId: '|7fb5e16a-41c8.' },
    { members: { extensions: { traceId: 17 } }, traceId: undefined },
    { members: { traceId: sentBack }, traceId: undefined },
    { members: { extensions: null }, traceId: undefined },
  ])('give the trace $traceId from $members', async ({ members, traceId }) => {
    expect((await failWith({ status: 400, body: members })).value.traceId).toBe(traceId);
  });

  it.each(['', 'null', '[]', '17', '"text"', '<html>', '{"title":5,"errors":"no"}', '{"errors":null}', '\u0000'])(
    'may be anything: %j',
    async (body) => {
      expect((await failWith({ status: 400, body })).value).toMatchObject({
        code: 'UPSTREAM_INVALID_RESPONSE',
        status: 400,
      });
    },
  );

  it('do not put what was asked into the message', async () => {
    const { value } = await failWith({ status: 403 });
    expect(value.message).not.toMatch(/lucca-api|granted/);
  });
});

describe('Bodies that do not fit', () => {
  it.each([
    ['text', 'hello'],
    ['HTML', '<html></html>'],
    ['nothing', ''],
    ['no items', {}],
    ['null', 'null'],
    ['a row without id', { items: [{ givenName: 'Ada' }] }],
    ['a row with an id that is no whole number', { items: [{ id: 1.7 }, { id: {} }] }],
    ['items that are null', { items: null, totalCount: 1 }],
    ['items that are one object', { items: { id: '17' }, totalCount: 0 }],
  ])('are refused: %s', async (_, body) => {
    const { value } = await failWith({ status: 200, body });
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', isTransient: false });
    expect(value.message).toMatch(/^The list of employees/);
    expect(value.message).not.toContain('Ada');
  });

  it.each([
    ['rank', { title: 'Baker' }],
    ['rank that is a whole number', { title: 'Baker', rank: 1.5 }],
  ])('are refused: a job qualification without a %s', async (_, row) => {
    const { value } = await againstServer(
      () => ({ status: 200, body: { items: [{ id: '41', ...row }] } }),
      (client) => failureOf(client.jobQualifications()),
    );
    expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });
});
