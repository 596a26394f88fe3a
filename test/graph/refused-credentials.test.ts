import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { type GraphOptions, startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph | null = null;
afterEach(async () => {
  await graph?.stop();
  graph = null;
});

/** Every operation reads again. */
const uncached = { CACHE_FRESH_SECONDS: '0' };
const start = async (options: GraphOptions): Promise<TestGraph> => {
  graph = await startGraph({ people: 20, ...options });
  return graph;
};

const fields = '{ grades { totalCount } positions { totalCount } jobRoles { totalCount } professions { totalCount } }';
const refresh = { 'cache-control': 'no-cache' };
const always = (fault: Fault): Fault => ({ times: 100_000, ...fault });

/** Asks `count` times, one after another, and gives the codes and waits that the answers tell. */
async function askOften(running: TestGraph, document: string, count = 10) {
  const told: { code?: string | undefined; retryAfterSeconds?: number | undefined }[] = [];
  for (let index = 0; index < count; index += 1) {
    const { errors } = await running.query(document, {}, refresh);
    told.push(...errors.map(({ extensions: { code, retryAfterSeconds } }) => ({ code, retryAfterSeconds })));
  }
  return told;
}

describe.each([
  ['a wrong key of NAVER', 'NAVER', { NAVER_SECRET_KEY: 'none-of-this-company' }, 3],
  ['a session of Ctrl Hub that has ended', 'CTRL_HUB', { CTRL_HUB_SESSION_TOKEN: 'none-of-theirs' }, 3],
] as const)('%s', (_, upstream, env, lists) => {
  it('is sent at most once for each list and once after each pause, however often it is asked for', async () => {
    const running = await start({ env: { ...uncached, ...env } });
    const startedAt = performance.now();
    const told = await askOften(running, fields);
    const seconds = (performance.now() - startedAt) / 1000;

    expect(told.length).toBeGreaterThanOrEqual(10);
    for (const { code, retryAfterSeconds } of told) {
      expect(code).toBe('UPSTREAM_AUTH_FAILED');
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    // Pauses last 2 s at least: this machine may take long.
    expect(running.requests()[upstream].length).toBeLessThanOrEqual(lists + Math.ceil(seconds / 2) + 2);
    const { data } = await running.query('{ upstreams { upstream state lastError } }');
    expect(data).toMatchObject({
      upstreams: expect.arrayContaining([
        { upstream, state: 'DOWN', lastError: expect.stringMatching(/^UPSTREAM_AUTH_FAILED/) },
      ]),
    });
  });
});

describe('an API of Lucca that takes no token', () => {
  it('is left alone, and its token endpoint with it', async () => {
    const running = await start({ env: uncached });
    running.sandbox.lucca.inject(always({ matches: ({ method }) => method === 'GET', reply: { status: 401 } }));
    running.forgetRequests();
    const issued = running.sandbox.lucca.tokensIssued;
    const startedAt = performance.now();
    const told = await askOften(running, '{ professions { totalCount } jobQualifications { totalCount } }');
    const tries = Math.ceil((performance.now() - startedAt) / 2000) + 1;
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['UPSTREAM_AUTH_FAILED']));
    expect(running.requests().LUCCA.length).toBeLessThanOrEqual(4 * tries);
    expect(running.sandbox.lucca.tokensIssued - issued).toBeLessThanOrEqual(tries);
  });
});

describe('a credential that is accepted again', () => {
  it('serves without a restart', async () => {
    const running = await start({ env: uncached });
    running.sandbox.naver.inject(always({ reply: { status: 401, body: {} } }));
    await askOften(running, fields, 2);
    running.sandbox.naver.recover();
    await expect
      .poll(async () => (await running.query(fields, {}, refresh)).errors, { timeout: 30_000, interval: 200 })
      .toEqual([]);
    expect((await running.query('{ upstreams { state } }')).data).toEqual({
      upstreams: [{ state: 'UP' }, { state: 'UP' }, { state: 'UP' }],
    });
  });
});

describe('a right that is missing for one list', () => {
  const forbidden = { status: 403, body: { error: { errorCode: '230', message: 'Forbidden' } } };
  const ofGrades = /\/grade\?/;

  it('holds back that list alone', async () => {
    const running = await start({ env: uncached });
    running.sandbox.naver.inject(always({ matches: ({ target }) => ofGrades.test(target), reply: forbidden }));
    running.forgetRequests();
    const startedAt = performance.now();
    await askOften(running, '{ grades { totalCount } positions { totalCount } }');
    const tries = Math.ceil((performance.now() - startedAt) / 2000) + 1;
    const targets = running.requests().NAVER.map(({ target }) => target);
    expect(targets.filter((it) => ofGrades.test(it)).length).toBeLessThanOrEqual(tries);
    expect(targets.filter((it) => /\/job\?/.test(it))).toHaveLength(10);
  });

  it('does not hold back writes, nor a write that is refused the list', async () => {
    const running = await start({ env: uncached });
    const { naver } = running.sandbox;
    naver.inject(always({ matches: ({ target }) => ofGrades.test(target), reply: forbidden }));
    await askOften(running, '{ grades { totalCount } }', 2);
    const create = `mutation ($key: String!) {
      createGrade(input: { externalKey: $key, name: $key, sortOrder: 1 }) { __typename }
    }`;
    expect(await running.query(create, { key: 'FIRST' })).toMatchObject({
      data: { createGrade: { __typename: 'CreateGradeSuccess' } },
    });
    naver.recover();
    await expect
      .poll(async () => (await running.query('{ grades { totalCount } }', {}, refresh)).errors, { timeout: 30_000 })
      .toEqual([]);

    naver.inject(always({ matches: ({ method }) => method === 'POST', reply: forbidden }));
    running.forgetRequests();
    for (const key of ['SECOND', 'THIRD']) {
      expect(await running.query(create, { key })).toMatchObject({
        data: { createGrade: { __typename: 'UpstreamRejectedError' } },
      });
    }
    expect((await running.query('{ grades { totalCount } }', {}, refresh)).errors).toEqual([]);
  });
});
