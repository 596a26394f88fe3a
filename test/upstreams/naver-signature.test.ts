import { describe, expect, it } from 'vitest';
import { sign } from '../../src/upstreams/naver/signature.ts';
import { askAgainst, company } from './naver-fixture.ts';

const P = '/organization/apigw/v2/company/c1798784-9a47-4751-ab9f-b9629825ab93';
const credentials = {
  timestamp: '1505290625682',
  accessKey: 'TESTACCESSKEY0000001',
  secretKey: 'testSecretKey-0000000000000000000000000001',
};

// Computed apart from this code with Python's hmac module, some of them again with openssl; NAVER publishes none.
const vectors: [method: string, target: string, signature: string][] = [
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
];

describe('the signature', () => {
  it.each(vectors)('of %s %s is the one computed elsewhere', (method, target, signature) => {
    expect(sign({ method, target, ...credentials })).toBe(signature);
  });
});

describe('a request', () => {
  it('carries the signature of exactly the target that it asks for, and no Content-Type', async () => {
    const before = Date.now();
    const { requests } = await askAgainst({ body: { elements: [], totalCount: 0 } }, (client) => client.grades());
    const [request] = requests;
    const timestamp = String(request?.headers['x-ncp-apigw-timestamp']);
    const signed = { method: 'GET', target: `${company}/grade?offset=0&limit=100`, timestamp };
    expect(request?.target).toBe(signed.target);
    expect(timestamp).toMatch(/^\d{13}$/);
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
    expect(request?.headers['x-ncp-iam-access-key']).toBe('AK-EXAMPLE-0001');
    expect(request?.headers['x-ncp-apigw-signature-v2']).toBe(
      sign({ ...signed, accessKey: 'AK-EXAMPLE-0001', secretKey: 'secret-example' }),
    );
    expect(request?.headers).not.toHaveProperty('content-type');
    expect(request?.headers).not.toHaveProperty('x-ncp-apigw-api-key');
  });

  it.each(['/proxy/naver', '/proxy/naver/', '/proxy/naver//'])('signs the path prefix of %s too', async (path) => {
    const { requests } = await askAgainst({ body: { elements: [] } }, (client) => client.positions(), path);
    const [request] = requests;
    const target = `/proxy/naver${company}/job?offset=0&limit=100`;
    const timestamp = String(request?.headers['x-ncp-apigw-timestamp']);
    expect(request?.target).toBe(target);
    expect(request?.headers['x-ncp-apigw-signature-v2']).toBe(
      sign({ method: 'GET', target, timestamp, accessKey: 'AK-EXAMPLE-0001', secretKey: 'secret-example' }),
    );
  });

  it('is signed afresh when it is repeated', async () => {
    const answers = [{ status: 503, headers: { 'retry-after': '1' } }, { body: { elements: [], totalCount: 0 } }];
    const { requests } = await askAgainst(
      () => answers.shift() ?? {},
      (client) => client.grades(),
    );
    const timestamps = requests.map((it) => Number(it.headers['x-ncp-apigw-timestamp']));
    expect(timestamps).toHaveLength(2);
    expect(new Set(timestamps).size).toBe(2);
    for (const { headers, target } of requests) {
      const timestamp = String(headers['x-ncp-apigw-timestamp']);
      expect(headers['x-ncp-apigw-signature-v2']).toBe(
        sign({ method: 'GET', target, timestamp, accessKey: 'AK-EXAMPLE-0001', secretKey: 'secret-example' }),
      );
    }
  });
});
