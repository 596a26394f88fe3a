import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

/** Small and quick to come back, so that a test sees several windows. */
const allowance = { count: 12, seconds: 2 };

let graph: TestGraph;
afterEach(() => graph.stop());

const refusals = () => graph.sandbox.lucca.requests.filter((it) => it.status === 429);
const readings = () => graph.sandbox.lucca.requests.filter((it) => it.target.includes('/employees'));
const person = (luccaId: number) =>
  graph.query('query ($id: String!) { employee(by: { luccaId: $id }) { id } }', { id: `${luccaId}` });

const progress = z.object({
  upstreams: z.array(
    z.object({
      upstream: z.string(),
      directory: z
        .object({
          people: z.number(),
          expected: z.number().nullable(),
          isComplete: z.boolean(),
          secondsToGo: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
});

async function directoryOfLucca() {
  const { data } = await graph.query('{ upstreams { upstream directory { people expected isComplete secondsToGo } } }');
  return progress.parse(data).upstreams.find((it) => it.upstream === 'LUCCA')?.directory;
}

describe("Lucca's allowance", () => {
  it('is kept to the last request: whoever asks shares a reading, nobody is refused', async () => {
    graph = await startGraph({ luccaRateLimit: allowance, env: { CACHE_FRESH_SECONDS: '0' } });
    for (let times = 0; times < 4; times += 1) {
      const many = Array.from({ length: 3 * allowance.count }, (_, index) => person(1_000 + index));
      expect((await Promise.all(many)).flatMap((it) => it.errors)).toEqual([]);
    }
    expect(refusals()).toEqual([]);
  });

  it('is kept to the last request by a directory that takes several windows, and leaves room for who asks', async () => {
    graph = await startGraph({
      people: 3_000,
      luccaRateLimit: allowance,
      waitsForDirectory: false,
      env: { CACHE_FRESH_SECONDS: '0' },
    });
    const answers = [];
    while (readings().length < 20) {
      answers.push(await graph.query('{ professions { totalCount } }'));
      await delay(300);
    }
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(refusals()).toEqual([]);
    // Others were answered long before its end.
    expect(answers.length).toBeGreaterThan(3);
    expect((await directoryOfLucca())?.isComplete).toBe(false);
  }, 60_000);

  it('makes a reading wait that is to take longer: the field fails at once and says when to come again', async () => {
    graph = await startGraph({
      waitsForDirectory: false,
      env: { LUCCA_RATE_LIMIT: '2/60' },
    });
    await expect.poll(async () => (await directoryOfLucca())?.people).toBe(100);
    const answers = [await person(20_001), await graph.query('{ employees { totalCount } grades { totalCount } }')];
    for (const { errors } of answers) {
      expect(errors).toHaveLength(1);
      const { code, upstream, retryAfterSeconds } = errors[0]?.extensions ?? {};
      expect({ code, upstream }).toEqual({ code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA' });
      expect(retryAfterSeconds).toBeGreaterThan(50);
      expect(retryAfterSeconds).toBeLessThanOrEqual(61);
    }
    expect(answers[1]?.data).toMatchObject({ employees: null, grades: { totalCount: expect.any(Number) } });
    const lucca = await directoryOfLucca();
    expect(lucca).toMatchObject({ people: 100, expected: graph.company.lucca.employees.length, isComplete: false });
    expect(lucca?.secondsToGo).toBeGreaterThan(50);
    // Nobody's asking has made another reading begin.
    expect(readings()).toHaveLength(1);
  });

  it('is spent for short lists as well, and then they say when to come again', async () => {
    graph = await startGraph({ waitsForDirectory: false, env: { LUCCA_RATE_LIMIT: '2/60' } });
    await expect.poll(() => readings().filter((it) => it.status === 200)).toHaveLength(1);
    expect((await graph.query('{ professions { totalCount } }')).errors).toEqual([]);
    const { data, errors } = await graph.query('{ jobQualifications { totalCount } }');
    expect(data).toEqual({ jobQualifications: null });
    expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA' });
    expect(errors[0]?.extensions.retryAfterSeconds).toBeGreaterThan(50);
    expect(errors[0]?.extensions.retryAfterSeconds).toBeLessThanOrEqual(61);
  });

  it('is learnt anew where others draw on it: after a refusal it waits as long as Lucca says', async () => {
    graph = await startGraph({ luccaRateLimit: allowance, env: { CACHE_FRESH_SECONDS: '0' } });
    graph.sandbox.lucca.inject({
      matches: ({ path }) => path.endsWith('/employees'),
      reply: { status: 429, headers: { 'retry-after': '1' }, body: {} },
    });
    graph.forgetRequests();
    const answer = await person(20_001);
    expect(answer.errors).toEqual([]);
    const [refused, repeated] = readings();
    expect(refused?.status).toBe(429);
    expect((repeated?.startedAt ?? 0) - (refused?.startedAt ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(repeated?.target).toBe(refused?.target);
  });

  it('is told where there is one', async () => {
    graph = await startGraph({ people: 20, luccaRateLimit: allowance });
    const { data } = await graph.query('{ upstreams { upstream rateLimit { limit } } }');
    expect(data).toEqual({
      upstreams: [
        { upstream: 'LUCCA', rateLimit: { limit: allowance.count } },
        { upstream: 'NAVER', rateLimit: null },
        { upstream: 'CTRL_HUB', rateLimit: null },
      ],
    });
  });
});
