import { describe, expect, it } from 'vitest';
import { gatewayError, gatewayErrors } from '../../src/sandbox/naver/gateway-error.ts';
import { signatureOf } from '../../src/sandbox/naver/signature.ts';
import {
  type CallOptions,
  call,
  gatewayBody,
  grade,
  NOW,
  naver,
  root,
  startNaverForEachTest,
} from './naver-emulator-fixture.ts';

startNaverForEachTest();

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
