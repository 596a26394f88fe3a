import { describe, expect, it } from 'vitest';
import { type GatewayErrorRow, gatewayError, gatewayErrors } from '../../src/sandbox/naver/gateway-error.ts';
import { serviceError } from '../../src/sandbox/naver/service-error.ts';
import { type Answer, askAgainst, failureOf, item, withNaver } from './naver-fixture.ts';

const gateway: [name: keyof typeof gatewayErrors, code: string, isTransient: boolean, says: string][] = [
  ['badRequest', 'UPSTREAM_INVALID_RESPONSE', false, 'https'],
  ['authenticationFailed', 'UPSTREAM_AUTH_FAILED', false, 'NAVER_SECRET_KEY'],
  ['permissionDenied', 'UPSTREAM_AUTH_FAILED', false, 'permission'],
  ['notFound', 'UPSTREAM_INVALID_RESPONSE', false, 'NAVER_BASE_URL and NAVER_COMPANY_ID'],
  ['entityTooLarge', 'UPSTREAM_INVALID_RESPONSE', false, 'HTTP 413'],
  ['quotaExceeded', 'UPSTREAM_RATE_LIMITED', false, 'quota is used up'],
  ['throttleLimited', 'UPSTREAM_RATE_LIMITED', true, 'Throttle Limited'],
  ['rateLimited', 'UPSTREAM_RATE_LIMITED', true, 'Rate Limited'],
  ['unexpectedError', 'UPSTREAM_UNAVAILABLE', true, 'Unexpected Error'],
  ['endpointError', 'UPSTREAM_UNAVAILABLE', true, 'Endpoint Error'],
  ['endpointTimeout', 'UPSTREAM_TIMEOUT', true, 'Endpoint Timeout'],
];

const forms = [
  { gatewayErrorShape: 'wrapped', gatewayErrorCode: 'number' },
  { gatewayErrorShape: 'flat', gatewayErrorCode: 'string' },
  { gatewayErrorShape: 'flat', gatewayErrorCode: 'number' },
] as const;

const gradesAgainst = async (answer: Answer) => {
  const { value, requests } = await askAgainst(answer, (client) => failureOf(client.grades()));
  return { error: value, attempts: requests.length };
};

describe('a gateway error', () => {
  it.each(gateway)('%s means %s', async (name, code, isTransient, says) => {
    const row: GatewayErrorRow = gatewayErrors[name];
    const reply = gatewayError(...row, 'Some detail.');
    const { error, attempts } = await gradesAgainst(reply);
    expect(error).toMatchObject({ code, isTransient, upstream: 'NAVER', status: reply.status });
    expect(error.traceId).toBe(reply.headers?.['x-ncp-trace-id']);
    expect(error.message).toContain(says);
    expect(error.message).toContain('Some detail');
    expect(attempts).toBe(isTransient ? 3 : 1);
  });

  it.each(forms)('means the same in the form of %j', async (form) => {
    for (const name of ['permissionDenied', 'notFound', 'quotaExceeded'] as const) {
      const row: GatewayErrorRow = gatewayErrors[name];
      const documented = await gradesAgainst(gatewayError(...row, 'Some detail.'));
      const other = await gradesAgainst(gatewayError(...row, 'Some detail.', form));
      expect(other.error.message).toBe(documented.error.message);
      expect(other.error.code).toBe(documented.error.code);
    }
  });

  it('of API Gateway’s own, 403 with 230, is a missing permission', async () => {
    const { error } = await gradesAgainst(gatewayError(403, '230', 'Forbidden'));
    expect(error.code).toBe('UPSTREAM_AUTH_FAILED');
    expect(error.message).toContain('permission');
  });

  it('comes from NAVER for another company, and for a wrong path', async () => {
    await withNaver({ config: { companyId: 'another-company' } }, async ({ client }) => {
      expect((await failureOf(client.grades())).message).toContain('permission');
    });
    await withNaver({}, async ({ naver, client }) => {
      naver.inject({ reply: gatewayError(...gatewayErrors.notFound, 'URL not found.') });
      expect((await failureOf(client.grade('G-1'))).message).toContain('NAVER_BASE_URL');
    });
  });

  it('that nobody documents is judged by its HTTP status', async () => {
    expect((await gradesAgainst(gatewayError(503, 'constructor', 'New'))).error.code).toBe('UPSTREAM_UNAVAILABLE');
    expect((await gradesAgainst({ status: 403, body: { error: {} } })).error.code).toBe('UPSTREAM_AUTH_FAILED');
    expect((await gradesAgainst(gatewayError(418, '999', 'New'))).error.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  it('says after how many seconds to come back, where NAVER does', async () => {
    const reply = gatewayError(...gatewayErrors.throttleLimited);
    const { error, attempts } = await gradesAgainst({ ...reply, headers: { ...reply.headers, 'retry-after': '30' } });
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', isTransient: true, retryAfterSeconds: 30 });
    expect(attempts).toBe(1);
  });

  it('that passes is overcome by asking again', async () => {
    await withNaver({ data: { grades: [item('G-1')] } }, async ({ naver, client }) => {
      naver.inject({ reply: gatewayError(...gatewayErrors.endpointError), times: 2 });
      expect(await client.grade('G-1')).not.toBeNull();
      expect(naver.requests.map((it) => it.status)).toEqual([503, 503, 200]);
    });
  });
});

describe('a service error', () => {
  const notFound = (code: number, message: string) => serviceError(400, code, message);

  it.each([
    notFound(-4012, 'grade not found'),
    notFound(-4012, '직급을 찾을 수 없습니다'),
    notFound(-9999, 'Grade Not Found.'),
    { status: 400, body: { path: '/grade', body: { status: 400, code: '-4012', errors: [], message: '' } } },
    serviceError(404, -4012, 'grade not found'),
    { status: 404, body: { status: '404', code: '-4012', errors: [], message: '없음' } },
  ])('that means "no such grade" is an answer: %#', async (reply) => {
    const { value } = await askAgainst(reply, (client) => client.grade('G-1'));
    expect(value).toBeNull();
  });

  it('of the job’s code means "no such position", and only that', async () => {
    const reply = notFound(-4013, 'job not found');
    expect((await askAgainst(reply, (client) => client.position('J-1'))).value).toBeNull();
    const { value } = await askAgainst(reply, (client) => failureOf(client.grade('G-1')));
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', status: 400 });
  });

  it('that means "not found" is an error where a list was asked for', async () => {
    const { error } = await gradesAgainst(notFound(-4012, 'grade not found'));
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(error.message).toBe('Expected the grade list, got HTTP 400: service error -4012, grade not found.');
  });

  it.each([
    [serviceError(400, -9002, 'the name was not found valid'), 'UPSTREAM_INVALID_RESPONSE', 1],
    [serviceError(500, -1, 'grade not found'), 'UPSTREAM_UNAVAILABLE', 3],
    [serviceError(404, -4013, 'job not found'), 'UPSTREAM_INVALID_RESPONSE', 1],
    [serviceError(400, -9010, '허용되지 않은 요청입니다'), 'UPSTREAM_INVALID_RESPONSE', 1],
  ])('of another kind is a failure: %#', async (reply, code, attempts) => {
    const { value, requests } = await askAgainst(reply, (client) => failureOf(client.grade('G-1')));
    expect(value.code).toBe(code);
    expect(value.traceId).toBe(reply.headers?.['x-ncp-trace-id']);
    expect(requests).toHaveLength(attempts);
  });
});

describe('an answer of no known layer', () => {
  const html = '<html><head><title>502 Bad Gateway</title></head></html>';
  it.each([
    [502, html, 'UPSTREAM_UNAVAILABLE'],
    [503, '', 'UPSTREAM_UNAVAILABLE'],
    [504, html, 'UPSTREAM_TIMEOUT'],
    [408, '', 'UPSTREAM_TIMEOUT'],
    [429, '', 'UPSTREAM_RATE_LIMITED'],
    [401, html, 'UPSTREAM_AUTH_FAILED'],
    [403, 'null', 'UPSTREAM_AUTH_FAILED'],
    [404, '[]', 'UPSTREAM_INVALID_RESPONSE'],
    [400, '{"message":"not found"}', 'UPSTREAM_INVALID_RESPONSE'],
    [302, '', 'UPSTREAM_INVALID_RESPONSE'],
    [204, '', 'UPSTREAM_INVALID_RESPONSE'],
    [202, '{"externalKey":"G-1"}', 'UPSTREAM_INVALID_RESPONSE'],
  ])('is judged by its HTTP status: %i %j is %s', async (status, body, code) => {
    const { value } = await askAgainst({ status, body, headers: { location: '/elsewhere' } }, (client) =>
      failureOf(client.grade('G-1')),
    );
    expect(value).toMatchObject({ code, status });
  });

  it('shows how a page begins, and nothing of unknown JSON', async () => {
    expect((await gradesAgainst({ status: 404, body: html })).error.message).toContain('<title>502 Bad Gateway');
    const unknown = await gradesAgainst({ status: 404, body: { employee: 'Ana Duarte' } });
    expect(unknown.error.message).toContain('JSON of an unknown shape');
    expect(unknown.error.message).not.toContain('Ana');
  });

  it('never passes on what may be a key, a signature, an address or a person', async () => {
    const leaky = 'Bad signature WTPItrmMIfLUk/UyUIyoQbA/z5hq9o3G8eQMolUzTEo= of ana@ondo.example\r\nX-Injected: 1';
    const { error } = await gradesAgainst(gatewayError(401, '200', leaky, leaky));
    expect(error.message).not.toMatch(/WTPI|ana@|\n/);
    expect(error.message).not.toContain('secret-example');
    expect(error.message).not.toContain('/organization/');
  });
});
