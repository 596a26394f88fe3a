import { describe, expect, it } from 'vitest';
import { askAgainst, failureOf, item, withNaver } from './naver-fixture.ts';

const tenMinutes = 600_000;
const data = { grades: [item('G-1')], jobs: [item('J-1')] };
const refused = { error: { errorCode: '200', message: 'Authentication Failed' } };

describe('a clock that disagrees with NAVER', () => {
  it.each([tenMinutes, -tenMinutes])('is corrected by %i ms with one repetition, and stays so', async (skew) => {
    await withNaver({ data }, async ({ naver, client, monitor }) => {
      naver.clockSkewMs = skew;
      expect(await client.grades()).toHaveLength(1);
      expect(naver.requests.map((it) => it.status)).toEqual([401, 200]);
      expect(await client.positions()).toHaveLength(1);
      expect(naver.requests.map((it) => it.status)).toEqual([401, 200, 200]);
      expect(monitor.health).toBe('UP');
      expect(monitor.lastError).toBeNull();
      expect(monitor.requests).toBe(3);
    });
  });

  it('is corrected again when it changes again', async () => {
    await withNaver({ data }, async ({ naver, client }) => {
      naver.clockSkewMs = tenMinutes;
      await client.grades();
      naver.clockSkewMs = 0;
      await client.grades();
      expect(naver.requests.map((it) => it.status)).toEqual([401, 200, 401, 200]);
    });
  });

  it('is corrected for each of the calls that were under way at once', async () => {
    await withNaver({ data }, async ({ naver, client }) => {
      naver.clockSkewMs = tenMinutes;
      const answers = await Promise.all([client.grades(), client.positions(), client.people()]);
      expect(answers.map((it) => it.length)).toEqual([1, 1, 0]);
      expect(naver.requests.map((it) => it.status).toSorted()).toEqual([200, 200, 200, 401, 401, 401]);
    });
  });

  it('is corrected once only, though NAVER keeps refusing', async () => {
    let served = 0;
    const strange = () => ({
      status: 401,
      headers: { date: new Date(Date.now() + (served++ % 2 === 0 ? tenMinutes : -tenMinutes)).toUTCString() },
      body: refused,
    });
    const { value, requests } = await askAgainst(strange, (client) => failureOf(client.grades()));
    expect(value.code).toBe('UPSTREAM_AUTH_FAILED');
    expect(requests).toHaveLength(2);
  });
});

describe('a clock that agrees with NAVER', () => {
  it('leaves a wrong secret refused at once', async () => {
    await withNaver({ data, config: { secretKey: 'not-the-secret' } }, async ({ naver, client, monitor }) => {
      const error = await failureOf(client.grade('G-1'));
      expect(error).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 401, isTransient: false });
      expect(error.message).toContain('NAVER_SECRET_KEY');
      expect(error.message).not.toContain('not-the-secret');
      expect(naver.requests).toHaveLength(1);
      expect(monitor.health).toBe('DOWN');
    });
  });

  it.each(['', 'yesterday'])('is presumed where the answer dates itself %j', async (date) => {
    const { value, requests } = await askAgainst({ status: 401, headers: { date }, body: refused }, (client) =>
      failureOf(client.grades()),
    );
    expect(value.code).toBe('UPSTREAM_AUTH_FAILED');
    expect(requests).toHaveLength(1);
  });

  it('is not consulted for a missing permission, which the same HTTP status tells', async () => {
    const denied = { error: { errorCode: '210', message: 'Permission Denied' } };
    const late = { date: new Date(Date.now() + tenMinutes).toUTCString() };
    const { value, requests } = await askAgainst({ status: 401, headers: late, body: denied }, (client) =>
      failureOf(client.grades()),
    );
    expect(value.message).toContain('permission');
    expect(requests).toHaveLength(1);
  });
});
