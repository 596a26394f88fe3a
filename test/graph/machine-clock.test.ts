import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

const hour = 3_600_000;
/** The machine's clock only: timers, sockets and what they measure go on as always. */
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
afterEach(() => vi.useRealTimers());
const setClock = (byMs: number) => vi.setSystemTime(Date.now() + byMs);

let graph: TestGraph | null = null;
afterEach(async () => {
  await graph?.stop();
  graph = null;
});

const names = z.object({ grades: z.object({ nodes: z.array(z.object({ name: z.string() })) }) });

describe('when the clock of the machine is set back by an hour', () => {
  it('a cached response lasts no longer', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '1' } });
    const { query, company } = graph;
    const read = async () => names.parse((await query('{ grades(first: 100) { nodes { name } } }')).data).grades.nodes;
    for (let times = 0; times < 3; times += 1) await read();
    setClock(-hour);
    for (const grade of company.naver.grades) grade.name = `${grade.name} now`;
    const isNew = async () => (await read()).every(({ name }) => name.endsWith(' now'));
    await expect.poll(isNew, { timeout: 15_000, interval: 200 }).toBe(true);
  }, 30_000);

  it('requests that have left the window of the rate limit count no longer', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '0', LUCCA_RATE_LIMIT: '4/1' } });
    const { query, sandbox } = graph;
    const ask = () => query('{ professions { totalCount } }', {}, { 'cache-control': 'no-cache' });
    while (sandbox.lucca.requests.length < 8) await ask();
    setClock(-hour);
    await delay(1_500);
    for (let times = 0; times < 4; times += 1) expect((await ask()).errors).toEqual([]);
  }, 30_000);

  it('an upstream that was left alone for a while is asked again no later', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '0' } });
    const { query, sandbox } = graph;
    sandbox.naver.inject({ times: 10_000, reply: { status: 503 } });
    const codes = async () =>
      (await query('{ grades { totalCount } }')).errors.map(({ extensions }) => extensions.code);
    const circuit = async () => JSON.stringify((await query('{ upstreams { upstream circuit { state } } }')).data);
    await expect
      .poll(async () => [await codes(), await circuit()].join(), { timeout: 15_000 })
      .toContain('{"upstream":"NAVER","circuit":{"state":"OPEN"}}');
    setClock(-hour);
    sandbox.naver.recover();
    await expect.poll(codes, { timeout: 15_000, interval: 200 }).toEqual([]);
  }, 40_000);
});
