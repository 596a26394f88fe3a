import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

/** Small and quick to come back, so that a test sees several windows. */
const allowance = { count: 12, seconds: 2 };
const variables = { LUCCA_RATE_LIMIT: `${allowance.count}/${allowance.seconds}`, CACHE_FRESH_SECONDS: '0' };

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ luccaRateLimit: allowance });
});
beforeEach(() => graph.restartGraph(variables));
afterAll(() => graph.stop());

const refusals = () => graph.sandbox.lucca.requests.filter((it) => it.status === 429);
const person = (luccaId: number) =>
  graph.query('query ($id: String!) { employee(by: { luccaId: $id }) { id } }', { id: `${luccaId}` });

const untilTheWindowIsFree = () => new Promise((resolve) => setTimeout(resolve, allowance.seconds * 1000 + 300));

describe("Lucca's allowance", () => {
  it('is kept to the last request: who comes too many waits, nobody is refused', async () => {
    await untilTheWindowIsFree();
    const answers = await Promise.all(Array.from({ length: 3 * allowance.count }, (_, index) => person(1_000 + index)));
    expect(answers.flatMap((it) => it.errors)).toEqual([]);
    expect(refusals()).toEqual([]);
  });

  it('is shared out in turns: who asks little is not behind who asks a lot', async () => {
    await untilTheWindowIsFree();
    const ended: string[] = [];
    const many = `query { ${Array.from({ length: 30 }, (_, i) => `p${i}: employees(filter: { search: "x${i}" }) { totalCount }`).join(' ')} }`;
    await Promise.all([
      graph.query(many).then(() => ended.push('a lot')),
      person(1_001).then(() => ended.push('little')),
      person(1_002).then(() => ended.push('little')),
    ]);
    expect(ended).toEqual(['little', 'little', 'a lot']);
    expect(refusals()).toEqual([]);
  });

  it('is spent where the wait would be too long: the field fails at once and says when to come again', async () => {
    await graph.restartGraph({ ...variables, LUCCA_RATE_LIMIT: '2/60' });
    const answers = await Promise.all([person(1_001), person(1_002), person(1_003)]);
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
    await untilTheWindowIsFree();
    graph.sandbox.lucca.inject({
      matches: ({ path }) => path.endsWith('/employees'),
      reply: { status: 429, headers: { 'retry-after': '1' }, body: {} },
    });
    graph.forgetRequests();
    const answer = await person(1_001);
    expect(answer.errors).toEqual([]);
    const [refused, repeated] = graph.sandbox.lucca.requests.filter((it) => it.target.includes('/employees'));
    expect(refused?.status).toBe(429);
    expect((repeated?.startedAt ?? 0) - (refused?.startedAt ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});
