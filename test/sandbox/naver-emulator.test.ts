import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { NaverData } from '../../src/sandbox/company/data.ts';
import { gatewayError, gatewayErrors } from '../../src/sandbox/naver/gateway-error.ts';
import { type NaverEmulator, startNaverEmulator } from '../../src/sandbox/naver/naver-emulator.ts';
import { signatureOf } from '../../src/sandbox/naver/signature.ts';

const companyId = '5f0c2b1e-0000-4000-8000-00000000c0de';
const root = `/organization/apigw/v2/company/${companyId}`;
const NOW = Date.UTC(2026, 2, 2, 9, 30);

let naver: NaverEmulator;
beforeEach(async () => {
  naver = await startNaverEmulator({ data: invented(), now: () => NOW });
});
afterEach(() => naver.close());

describe('the signature', () => {
  const P = '/organization/apigw/v2/company/c1798784-9a47-4751-ab9f-b9629825ab93';
  it.each([
    ['GET', `${P}/grade?offset=0&limit=10`, 'AojkH/7+mW3NL35hmHaY/XN8IRipyvNKwyW+F4QSYl8='],
    ['GET', `${P}/grade?limit=10&offset=0`, 'T+UKyOPiGcu/9JapUfQ17cdNvL5rhy14VXVab4ZomqQ='],
    ['POST', `${P}/grade/gradeTest1`, 'XThs4QCFCJMc8i/cjI1bC2DK14SLLcHsZcTneDhVAjk='],
    ['PUT', `${P}/grade/gradeTest1`, '/VZdKqWE3SjD6fkhwZfA36yuKdOgevLZYBVxqU3Jn5c='],
    ['DELETE', `${P}/grade/gradeTest1`, 'D/Urvk43sdzsfXdxmMZXmc5UiscV3eo0mw+lphJVrZM='],
    ['GET', `${P}/grade`, 'h3ACBD18bQq9SZEkyMh458EGdyve/VP1cq5BjC7Fwj4='],
    ['GET', `${P}/job/jobTest1`, '8POBpJt96M17YfFPQWM70VL1h0OkFvqOfq7sZjtG058='],
    ['GET', `${P}/employee?offset=100&limit=100`, 'dnkviNvOok9NJXywHsEi8+uDJZFVeqPet2gyl1tUPcY='],
    ['GET', `${P}/department/%EC%9D%B8%EC%82%AC%20A`, 'bB5G8w+hmVYx5u2Df8HDrtVGZnqS40prTMmqA/dcZew='],
    ['GET', '/photos/puppy.jpg?query1=&query2', 'kBBzu7Q403Bd8mLIorKjISTmnHmU9/S5GisoYp9GHwA='],
  ])('of %s %s is the one computed with openssl and Python', (method, target, signature) => {
    const secretKey = 'testSecretKey-0000000000000000000000000001';
    const signable = { method, target, timestamp: '1505290625682', accessKey: 'TESTACCESSKEY0000001' };
    expect(signatureOf(signable, secretKey)).toBe(signature);
  });
});

describe('the gateway', () => {
  const missing = gatewayBody('200', 'Authentication Failed', 'Authentication information are missing.');
  const invalid = gatewayBody('200', 'Authentication Failed', 'Invalid authentication information.');
  const notFound = gatewayBody('300', 'Not Found Exception', 'URL not found.');

  it.each(['x-ncp-apigw-timestamp', 'x-ncp-iam-access-key', 'x-ncp-apigw-signature-v2'])(
    'answers 401 with the gateway body when %s is missing',
    async (name) => {
      expect(await call('GET', '/grade', { headers: { [name]: '' } })).toMatchObject({ status: 401, json: missing });
    },
  );

  it.each<[string, CallOptions]>([
    ['a wrong secret', { secretKey: 'another-secret' }],
    ['an unknown access key', { accessKey: 'SANDBOXACCESSKEY0002' }],
    ['a truncated signature', { headers: { 'x-ncp-apigw-signature-v2': 'AojkH/7+mW3NL35h' } }],
    ['a signature over the whole URL', { signedTarget: `https://workplace.apigw.ntruss.com${root}/grade` }],
    ['a signature over a path without its first slash', { signedTarget: `${root}/grade`.slice(1) }],
    ['a signature without the query', { signedTarget: `${root}/grade`, query: '?limit=10' }],
    ['a query in another order', { signedTarget: `${root}/grade?limit=1&offset=0`, query: '?offset=0&limit=1' }],
    ['a clock six minutes behind', { timestamp: `${NOW - 360_000}` }],
    ['a clock just over five minutes ahead', { timestamp: `${NOW + 300_001}` }],
    ['a timestamp in seconds', { timestamp: `${NOW / 1000}` }],
    ['a timestamp that is no number', { timestamp: new Date(NOW).toISOString() }],
    ['a timestamp with more than digits', { timestamp: `${NOW}.0` }],
  ])('answers 401 to %s', async (_, options) => {
    expect(await call('GET', '/grade', options)).toMatchObject({ status: 401, json: invalid });
  });

  it('accepts a clock that is five minutes off, a repeated request and an api-key header', async () => {
    const options = { timestamp: `${NOW - 300_000}`, headers: { 'x-ncp-apigw-api-key': 'anything' } };
    expect((await call('GET', '/grade', options)).status).toBe(200);
    expect((await call('GET', '/grade', options)).status).toBe(200);
  });

  it('verifies the percent-encoded target as it was sent', async () => {
    naver.data.grades.push({ ...grade('인사 A', 'Personnel', 40) });
    const path = '/grade/%EC%9D%B8%EC%82%AC%20A';
    expect(await call('GET', path)).toMatchObject({ status: 200, json: { externalKey: '인사 A' } });
    expect((await call('GET', path, { signedTarget: `${root}/grade/인사 A` })).status).toBe(401);
  });

  it('shows its own clock in Date, so that a client whose clock is off can correct itself', async () => {
    naver.clockSkewMs = 3_600_000;
    const refused = await call('GET', '/grade');
    expect(refused).toMatchObject({ status: 401, json: invalid });
    const timestamp = `${Date.parse(refused.headers.date ?? '')}`;
    expect(timestamp).toBe(`${NOW + 3_600_000}`);
    expect((await call('GET', '/grade', { timestamp })).status).toBe(200);
  });

  it('answers 401 with code 210 to a company that the key has no right to', async () => {
    const answer = await call('GET', '/grade', { root: root.replace('c0de', 'beef') });
    expect(answer).toMatchObject({ status: 401, json: gatewayBody('210', 'Permission Denied') });
  });

  it.each([
    ['GET', '/grade/'],
    ['GET', '/Grade'],
    ['GET', '/grade/G10/'],
    ['GET', '/department'],
    ['PATCH', '/grade/G10'],
    ['DELETE', '/grade'],
    ['DELETE', '/employee/E-mina'],
  ])('answers 404 to %s %s, before it looks at the signature', async (method, path) => {
    expect(await call(method, path, { secretKey: 'wrong' })).toMatchObject({ status: 404, json: notFound });
  });

  it('answers 400 to a percent-encoding that is not UTF-8', async () => {
    const answer = await call('GET', '/grade/%EC%9D');
    expect(answer).toMatchObject({ status: 400, json: gatewayBody('100', 'Bad Request Exception') });
  });

  it('puts a trace id and the documented headers on answers of every kind', async () => {
    for (const path of ['/grade', '/grade/none', '/nowhere']) {
      const { headers } = await call('GET', path);
      expect(headers['x-ncp-trace-id']).toMatch(/^[0-9a-z]{26}$/);
      expect(headers).toMatchObject({
        'content-type': 'application/json;charset=utf-8',
        'access-control-allow-origin': '*',
        date: new Date(NOW).toUTCString(),
      });
    }
  });

  it('can answer flat errors with a numeric code, of its own and injected', async () => {
    Object.assign(naver.knobs, { gatewayErrorShape: 'flat', gatewayErrorCode: 'number' });
    const flat = { errorCode: 300, message: 'Not Found Exception', details: 'URL not found.' };
    expect((await call('GET', '/nowhere')).json).toEqual(flat);
    naver.inject({ reply: gatewayError(...gatewayErrors.rateLimited, undefined, { gatewayErrorShape: 'flat' }) });
    const limited = await call('GET', '/grade');
    expect(limited).toMatchObject({ status: 429, json: { errorCode: '420', message: 'Rate Limited' } });
    expect(limited.headers['x-ncp-trace-id']).toMatch(/^[0-9a-z]{26}$/);
  });
});

describe('grades and jobs', () => {
  const senior = { sortOrder: '15', itemUsed: true, name: 'Senior', i18nNames: { ko_KR: '선임' } };

  it('lists them ascending by sortOrder, unused ones and ones without a key included', async () => {
    const { json } = await call('GET', '/grade');
    expect(json).toMatchObject({
      elements: [{ externalKey: 'G10' }, { externalKey: null }, { externalKey: 'G30' }],
      totalCount: 3,
    });
    expect(json).toHaveProperty('elements.0', {
      tenantId: companyId,
      companyId,
      ...grade('G10', 'Associate', 10),
    });
    expect(json).toHaveProperty('elements.2.itemUsed', false);
  });

  it.each(['grade', 'job'])('creates a %s, echoes the request only, and reads it back with a number', async (noun) => {
    expect(await call('POST', `/${noun}/N15`, { body: senior })).toMatchObject({ status: 201, json: senior });
    expect((await call('GET', `/${noun}/N15`)).json).toEqual({
      tenantId: companyId,
      companyId,
      externalKey: 'N15',
      ...senior,
      sortOrder: 15,
    });
  });

  it('replaces the whole object, so that what a PUT leaves out is gone', async () => {
    const body = { name: 'Associate', itemUsed: false, sortOrder: 11 };
    const answer = await call('PUT', '/grade/G10', { body });
    expect([answer.status, answer.json]).toEqual([200, body]);
    expect(naver.data.grades).toContainEqual({ ...body, externalKey: 'G10', i18nNames: {} });
  });

  it.each([
    ['grade', -4012],
    ['job', -4013],
  ])('answers 400 with the documented code when a %s is not found', async (noun, code) => {
    const json = { status: 400, code, errors: [], message: `${noun} not found` };
    const answers = [
      await call('GET', `/${noun}/none`),
      await call('PUT', `/${noun}/none`, { body: senior }),
      await call('DELETE', `/${noun}/none`),
    ];
    for (const answer of answers) expect([answer.status, answer.json]).toEqual([400, json]);
  });

  it.each<[string, unknown, number]>([
    ['no name', { ...senior, name: undefined }, -9005],
    ['an empty name', { ...senior, name: '' }, -9005],
    ['a name of 101 characters', { ...senior, name: 'x'.repeat(101) }, -9005],
    ['no itemUsed', { ...senior, itemUsed: undefined }, -9005],
    ['itemUsed as a string', { ...senior, itemUsed: 'true' }, -9005],
    ['no sortOrder', { ...senior, sortOrder: undefined }, -9005],
    ['a sortOrder with a fraction', { ...senior, sortOrder: 1.5 }, -9005],
    ['a sortOrder in words', { ...senior, sortOrder: 'first' }, -9005],
    ['a locale with a hyphen', { ...senior, i18nNames: { 'ko-KR': '선임' } }, -9005],
    ['a translation that is null', { ...senior, i18nNames: { ko_KR: null } }, -9005],
    ['a read-only field', { ...senior, externalKey: 'N15' }, -9005],
    ['a list', [senior], -9005],
    ['no JSON', Buffer.from('{"name":'), -9004],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), -9004],
    ['the name of another grade', { ...senior, name: 'Associate' }, -9007],
  ])('answers 400 to a body with %s, and stores nothing', async (_, body, code) => {
    const answer = await call('POST', '/grade/N15', { body });
    expect(answer).toMatchObject({ status: 400, json: { status: 400, code, errors: [] } });
    expect(naver.data).toEqual(invented());
  });

  it('refuses a body that is labelled as something other than JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await call('POST', '/grade/N15', { body: senior, headers })).json).toMatchObject({ code: -9004 });
  });

  it('refuses a taken key, a key of 37 characters and a name that another item has, but not its own', async () => {
    expect((await call('POST', '/grade/G10', { body: senior })).json).toMatchObject({ code: -9006 });
    expect((await call('POST', `/grade/${'k'.repeat(37)}`, { body: senior })).json).toMatchObject({ code: -9003 });
    const associate = { ...senior, name: 'Associate' };
    expect((await call('PUT', '/grade/G30', { body: associate })).json).toMatchObject({ code: -9007 });
    expect((await call('PUT', '/grade/G10', { body: associate })).status).toBe(200);
    expect((await call('POST', `/job/${'k'.repeat(36)}`, { body: associate })).status).toBe(201);
  });

  it('drops unknown body fields, and leaves them out of the echo, where it is told to', async () => {
    naver.knobs.unknownBodyFields = 'ignore';
    const answer = await call('POST', '/grade/N15', { body: { ...senior, colour: 'red' } });
    expect([answer.status, answer.json]).toEqual([201, senior]);
  });

  it('deletes an item in use and nulls the reference, or refuses to', async () => {
    naver.knobs.deleteInUse = 'refuse';
    expect((await call('DELETE', '/grade/G10')).json).toMatchObject({ code: -9008 });
    naver.knobs.deleteInUse = 'allow-and-null';
    expect((await call('DELETE', '/grade/G10')).status).toBe(200);
    expect(naver.data.employees.map((it) => it.gradeExternalKey)).toEqual([null, null]);
    expect(naver.data.grades.map((it) => it.externalKey)).toEqual(['G30', null]);
  });

  it.each([
    ['empty', 200, ''],
    ['json', 200, '{}'],
    ['204', 204, ''],
  ] as const)('answers a DELETE in the form %s', async (deleteReply, status, text) => {
    naver.knobs.deleteReply = deleteReply;
    expect(await call('DELETE', '/job/J20')).toMatchObject({ status, text });
  });
});

describe('lists', () => {
  beforeEach(() => {
    naver.data.jobs = Array.from({ length: 130 }, (_, n) => grade(`J${n}`, `Job ${n}`, n));
  });

  it.each([
    ['', {}, 0, 130],
    ['?offset=5&limit=2', {}, 5, 2],
    ['?offset=129&limit=10', {}, 129, 1],
    ['?offset=130&limit=10', {}, null, 0],
    ['?limit=0', {}, null, 0],
    ['?limit=1000', {}, 0, 100],
    ['?limit=1000', { limitCap: null }, 0, 130],
    ['?offset=3', { defaultLimit: 10 }, 3, 10],
  ])('answers %s under %o from the right row on, with the count of all rows', async (query, knobs, first, count) => {
    Object.assign(naver.knobs, knobs);
    const { json } = await call('GET', '/job', { query });
    expect(json).toMatchObject({ totalCount: 130, elements: { length: count } });
    if (first !== null) expect(json).toHaveProperty('elements.0.externalKey', `J${first}`);
  });

  it.each(['?offset=-1', '?limit=ten', '?limit=', '?limit=1.5', '?offset', '?limit=1&limit=2', '?offset=+1'])(
    'answers 400 to %s',
    async (query) => {
      expect(await call('GET', '/job', { query })).toMatchObject({ status: 400, json: { code: -9002 } });
    },
  );

  it('refuses parameters that are not documented, on lists and on items, unless told to pass over them', async () => {
    const asks = () => [call('GET', '/job', { query: '?sort=name' }), call('GET', '/job/J1', { query: '?limit=1' })];
    for (const answer of await Promise.all(asks())) expect(answer.json).toMatchObject({ code: -9001 });
    naver.knobs.unknownQueryParameters = 'ignore';
    for (const answer of await Promise.all(asks())) expect(answer.status).toBe(200);
  });

  it('lets totalCount drift after the first page', async () => {
    naver.knobs.totalCountDrift = 2;
    expect((await call('GET', '/job', { query: '?limit=100' })).json).toMatchObject({ totalCount: 130 });
    expect((await call('GET', '/job', { query: '?offset=100&limit=100' })).json).toMatchObject({ totalCount: 132 });
  });
});

describe('employees', () => {
  it('shows what a write may send without the password fields, with the keys that WORKPLACE adds', async () => {
    const { status, json } = await call('GET', '/employee/E-mina');
    expect(status).toBe(200);
    expect(json).toMatchObject({ ...mina, tenantId: companyId, companyId, deptNo: expect.stringMatching(/^.{36}$/) });
    expect(json).not.toHaveProperty('passwordSettingType');
    expect(json).not.toHaveProperty('initializePassword');
  });

  it('lists rows without an external key too, all of one department under one deptNo', async () => {
    const { json } = await call('GET', '/employee', { query: '?offset=0&limit=10' });
    expect(json).toMatchObject({ elements: [{ externalKey: 'E-mina' }, { externalKey: null }], totalCount: 2 });
    const { elements } = z.object({ elements: z.array(z.object({ deptNo: z.string() })) }).parse(json);
    expect(new Set(elements.map((it) => it.deptNo)).size).toBe(1);
  });

  it('names the grade and the job as the other known client does, where it is told to', async () => {
    naver.knobs.employeeReferences = 'gradeCdExternalKey';
    const { json } = await call('GET', '/employee/E-mina');
    expect(json).toMatchObject({ gradeCdExternalKey: 'G10', jobCdExternalKey: 'J20' });
    expect(json).not.toHaveProperty('gradeExternalKey');
    expect(json).not.toHaveProperty('jobExternalKey');
  });

  it('leaves the employee number out where it is told to', async () => {
    naver.knobs.employeeNumbers = 'omit';
    expect((await call('GET', '/employee/E-mina')).json).not.toHaveProperty('empNo');
  });

  it('answers 400 with a message, and no code of NAVER, when nobody has the key', async () => {
    const answer = await call('GET', '/employee/null');
    expect(answer).toMatchObject({ status: 400, json: { code: -9009, message: 'employee not found' } });
  });
});

describe('oddities', () => {
  it('sends sortOrder as a string', async () => {
    naver.knobs.sortOrderAsString = true;
    expect((await call('GET', '/grade/G10')).json).toMatchObject({ sortOrder: '10' });
  });

  it('sends ko_KR twice on reads, the second time blank', async () => {
    naver.knobs.duplicateKoKr = true;
    naver.data.grades = [{ ...grade('G70', 'Chief', 70), i18nNames: { ko_KR: 'a "ko_KR":"b', en_US: 'Chief' } }];
    const { text, json } = await call('GET', '/grade');
    expect(text).toContain('"i18nNames":{"ko_KR":"a \\"ko_KR\\":\\"b","ko_KR":"","en_US":"Chief"}');
    expect(json).toMatchObject({ elements: [{ i18nNames: { ko_KR: '', en_US: 'Chief' } }] });
    const body = { name: 'Chief', i18nNames: { ko_KR: '수석' }, itemUsed: true, sortOrder: 70 };
    expect((await call('PUT', '/grade/G70', { body })).json).toEqual(body);
  });

  it('labels JSON as text', async () => {
    naver.knobs.textPlain = true;
    const { headers, json } = await call('GET', '/grade/G10');
    expect(headers['content-type']).toBe('text/plain;charset=UTF-8');
    expect(json).toMatchObject({ externalKey: 'G10' });
  });
});

type CallOptions = {
  root?: string;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
  timestamp?: string;
  accessKey?: string;
  secretKey?: string;
  /** Signed in place of what is sent. */
  signedTarget?: string;
};
type Answer = { status: number | undefined; headers: IncomingHttpHeaders; text: string; json: unknown };

/** Sends the target byte for byte, which fetch would not. A header given as '' is left out. */
function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { query = '', timestamp = `${NOW}`, accessKey = naver.accessKey, secretKey = naver.secretKey, body } = options;
  const target = `${options.root ?? root}${path}${query}`;
  const signable = { method, target: options.signedTarget ?? target, timestamp, accessKey };
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': signatureOf(signable, secretKey),
    ...options.headers,
  };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  return new Promise((resolve, reject) => {
    const url = new URL(naver.baseUrl);
    const request = httpRequest({ hostname: url.hostname, port: url.port, method, path: target, headers: sent });
    request.once('error', reject);
    request.once('response', async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString('utf8');
      const json = text === '' ? undefined : JSON.parse(text);
      resolve({ status: response.statusCode, headers: response.headers, text, json });
    });
    request.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}

function gatewayBody(errorCode: string, message: string, details?: string) {
  return { error: details === undefined ? { errorCode, message } : { errorCode, message, details } };
}

function grade(externalKey: string | null, name: string, sortOrder: number) {
  return { externalKey, name, i18nNames: { ko_KR: '', en_US: name }, sortOrder, itemUsed: true };
}

const mina = {
  externalKey: 'E-mina',
  empId: 'emp-7001',
  loginId: 'mina.okafor@harbour.example',
  emailAddress: 'mina.okafor@harbour.example',
  name: 'Mina Okafor',
  i18nNames: { ko_KR: '오카포 미나' },
  employYmd: '2021-04-01',
  empNo: '5001',
  gradeExternalKey: 'G10',
  jobExternalKey: 'J20',
  deptExternalKey: 'D-yard',
};

function invented(): NaverData {
  const unkeyed = { externalKey: null, empId: 'emp-7002', empNo: null, jobExternalKey: null, emailAddress: null };
  return {
    companyId,
    grades: [
      { ...grade('G30', 'Director', 30), itemUsed: false },
      grade('G10', 'Associate', 10),
      grade(null, 'Intern', 20),
    ],
    jobs: [grade('J20', 'Foreman', 20)],
    employees: [{ ...mina }, { ...mina, ...unkeyed, loginId: 'jo@harbour.example', name: 'Jo Lindqvist' }],
  };
}
