import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GraphOptions, startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Small and quick to come back, so that a test sees several windows. */
const allowance = { count: 12, seconds: 2 };

async function start(options: GraphOptions): Promise<void> {
  graph = await startGraph({
    luccaRateLimit: allowance,
    ...options,
    env: { LUCCA_RATE_LIMIT: `${allowance.count}/${allowance.seconds}`, ...options.env },
  });
}

const requests = () => graph.sandbox.lucca.requests.filter(({ target }) => !target.startsWith('/connect/token'));
const refusals = () => requests().filter(({ status }) => status === 429);
const professions = () => graph.query('{ professions { totalCount } }');

const statusShape = z.object({
  upstreams: z.array(z.object({ upstream: z.string(), rateLimit: z.object({ limit: z.number() }).nullable() })),
});

describe("Lucca's allowance", () => {
  it('is kept to the last request by a directory that takes several windows, and leaves room for who asks', async () => {
    await start({ people: 3_000, waitsForDirectory: false, env: { CACHE_FRESH_SECONDS: '0' } });
    const people = () => requests().filter(({ target }) => target.includes('/employees'));
    const answers = [];
    while (people().length < 20) {
      answers.push(await professions());
      await delay(300);
    }
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(refusals()).toEqual([]);
    // Others were answered long before its end.
    expect(answers.length).toBeGreaterThan(3);
  });

  it('is spent where the wait would be too long: the field fails at once and says when to come again', async () => {
    await start({ waitsForDirectory: false, env: { LUCCA_RATE_LIMIT: '2/60', CACHE_FRESH_SECONDS: '0' } });
    const answers = [await professions(), await graph.query('{ jobQualifications { totalCount } }')];
    const errors = answers.flatMap((it) => it.errors);
    expect(errors).toHaveLength(1);
    const { code, upstream, retryAfterSeconds } = z
      .object({ code: z.string(), upstream: z.string(), retryAfterSeconds: z.number() })
      .parse(errors[0]?.extensions);
    expect({ code, upstream }).toEqual({ code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA' });
    expect(retryAfterSeconds).toBeGreaterThan(50);
    expect(retryAfterSeconds).toBeLessThanOrEqual(61);
  });

  it('is learnt anew where others draw on it: after a refusal it waits as long as Lucca says', async () => {
    await start({});
    graph.sandbox.lucca.inject({
      matches: ({ path }) => path.endsWith('/professions'),
      reply: { status: 429, headers: { 'retry-after': '1' }, body: {} },
    });
    graph.forgetRequests();
    expect((await professions()).errors).toEqual([]);
    const [refused, repeated] = requests().filter(({ target }) => target.includes('/professions'));
    expect(refused?.status).toBe(429);
    expect((repeated?.startedAt ?? 0) - (refused?.startedAt ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('is told where there is one', async () => {
    await start({});
    const { data } = await graph.query('{ upstreams { upstream rateLimit { limit } } }');
    expect(statusShape.parse(data).upstreams).toMatchObject([
      { upstream: 'LUCCA', rateLimit: { limit: allowance.count } },
      { upstream: 'NAVER', rateLimit: null },
      { upstream: 'CTRL_HUB', rateLimit: null },
    ]);
  });
});
