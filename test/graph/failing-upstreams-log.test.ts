import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { type GraphOptions, startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph | null = null;
afterEach(async () => {
  await graph?.stop();
  graph = null;
});
const start = async (options: GraphOptions): Promise<TestGraph> => {
  graph = await startGraph({ people: 40, ...options });
  return graph;
};

const lineShape = z.looseObject({ level: z.number(), msg: z.string(), upstream: z.string().optional() });
const linesOf = ({ log }: TestGraph) => log.map((line) => lineShape.parse(JSON.parse(line)));
const warnings = (it: TestGraph) => linesOf(it).filter(({ level, msg }) => level >= 40 && msg === 'an upstream failed');

const everything = `{
  employees(first: 5) { nodes { displayName grade { name } jobRoleAssignments { nodes { type } } } }
  grades { totalCount }
}`;
const failing = (reply: Reply) => ({ times: 9_999, reply });

describe('a wrong organisation of Ctrl Hub', () => {
  it('is named as such in answers, and in one warning with what to correct', async () => {
    const running = await start({ env: { CTRL_HUB_ORGANISATION_ID: '0c000000-0000-4000-8000-00000000000c' } });
    const { errors } = await running.query(everything);
    for (let index = 0; index < 3; index += 1) await running.query(everything);

    expect(errors.length).toBeGreaterThan(0);
    for (const { message, extensions } of errors) {
      expect(message).toBe('Ctrl Hub does not know our organisation.');
      expect(extensions).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'CTRL_HUB' });
    }
    expect(warnings(running)).toEqual([
      expect.objectContaining({
        upstream: 'CTRL_HUB',
        code: 'UPSTREAM_AUTH_FAILED',
        status: 404,
        reason: expect.stringContaining('CTRL_HUB_ORGANISATION_ID'),
        remedy: expect.stringMatching(/^Correct the /),
      }),
    ]);
  });
});

describe('a wrong address', () => {
  it('is named as such', async () => {
    const { sandbox, query } = await start({});
    sandbox.lucca.inject({ ...failing({ status: 404, body: {} }), matches: ({ path }) => path !== '/connect/token' });
    const { errors } = await query('{ professions { totalCount } }');
    expect(errors).toMatchObject([
      { message: 'Lucca has nothing at the configured address.', extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });
});

const ask = '{ professions { totalCount } jobRoles { totalCount } grades { totalCount } }';

describe.each([
  ['a failed sign-in to Lucca', 'LUCCA', { LUCCA_CLIENT_SECRET: 'none-of-this-client' }, 'UPSTREAM_AUTH_FAILED'],
  ['a scope that Lucca has not granted', 'LUCCA', { LUCCA_SCOPES: 'employees.readonly' }, 'UPSTREAM_AUTH_FAILED'],
  [
    'a session of Ctrl Hub that has ended',
    'CTRL_HUB',
    { CTRL_HUB_SESSION_TOKEN: 'none-of-theirs' },
    'UPSTREAM_AUTH_FAILED',
  ],
  ['a wrong signature for NAVER', 'NAVER', { NAVER_SECRET_KEY: 'none-of-this-company' }, 'UPSTREAM_AUTH_FAILED'],
  ['a company that NAVER does not know', 'NAVER', { NAVER_COMPANY_ID: 'nobody' }, 'UPSTREAM_AUTH_FAILED'],
] as const)('%s', (_, upstream, env, code) => {
  it('is one warning with reason and remedy, however often it is met, and named in answers; others answer', async () => {
    const running = await start({ env });
    const { errors } = await running.query(ask);
    for (let index = 0; index < 3; index += 1) await running.query(ask, {}, { 'cache-control': 'no-cache' });
    expect(errors).toMatchObject([{ extensions: { code, upstream } }]);
    expect(warnings(running)).toEqual([
      expect.objectContaining({
        upstream,
        code,
        reason: expect.any(String),
        remedy: expect.stringMatching(/^Correct the /),
      }),
    ]);
  });
});

describe('an outage at the start', () => {
  it('is one warning, however often it is met, and one more for each change', async () => {
    const running = await start({ prepare: ({ naver }) => naver.inject(failing({ status: 503 })) });
    for (let index = 0; index < 4; index += 1) {
      expect((await running.query(everything)).errors[0]?.extensions.upstream).toBe('NAVER');
    }
    expect(warnings(running)).toMatchObject([
      { upstream: 'NAVER', code: 'UPSTREAM_UNAVAILABLE', remedy: expect.stringMatching(/^None here/) },
    ]);

    const { naver } = running.sandbox;
    naver.recover();
    const isBack = () => linesOf(running).some(({ msg }) => msg === 'an upstream answers again');
    // Of the lists that failed, this one is read when it is asked for; people are read again by themselves.
    const asked = async () => {
      await running.query('{ grades { totalCount } }');
      return isBack();
    };
    await expect.poll(asked, { timeout: 15_000, interval: 200 }).toBe(true);
    expect((await running.query(everything)).errors).toEqual([]);

    running.log.length = 0;
    naver.inject(failing({ status: 401, body: {} }));
    for (let index = 0; index < 4; index += 1) {
      await running.query('{ positions { totalCount } }', {}, { 'cache-control': 'no-cache' });
    }
    expect(warnings(running)).toMatchObject([{ upstream: 'NAVER', code: 'UPSTREAM_AUTH_FAILED' }]);
  });

  it('costs the log a line for each request that was sent, not for each operation', async () => {
    const running = await start({ prepare: ({ naver }) => naver.inject(failing({ status: 503 })) });
    for (let index = 0; index < 60; index += 1) {
      expect((await running.query('{ grades { totalCount } }')).errors).toHaveLength(1);
    }
    const lines = linesOf(running).filter(({ msg }) => msg.startsWith('an upstream'));
    expect(lines.length).toBeLessThanOrEqual(running.sandbox.naver.requests.length);
  });
});
