import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterEach(() => graph.stop());

/** Each of these costs a request of its own. */
const document = (index: number) => `{ employee(by: { luccaId: "${1_000 + index}" }) { id } }`;

function call(index: number) {
  const controller = new AbortController();
  const result = fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document(index) }),
    signal: controller.signal,
  }).then(
    () => 'answered',
    () => 'hung up',
  );
  return { result, hangUp: () => controller.abort() };
}

const arrived = () => graph.requests().LUCCA.length;
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The server takes a moment to see all callers, and all who have left. */
const untilNoticed = () => new Promise((resolve) => setTimeout(resolve, 500));

describe('callers who hang up', () => {
  it('keep nobody else waiting: what they asked for is not sent', async () => {
    await graph.query(document(0));
    graph.forgetRequests();
    graph.sandbox.lucca.latencyMs = 3_000;
    const callers = Array.from({ length: 40 }, (_, index) => call(index));
    await until(() => arrived() === 4);
    await untilNoticed();
    // Those who wait leave first, so that no place becomes free for them.
    const targets = graph.requests().LUCCA.map(({ target }) => target);
    const isInFlight = (index: number) => targets.some((it) => it.includes(`id=${1_000 + index}&`));
    const waiting = callers.filter((_, index) => !isInFlight(index));
    expect(waiting).toHaveLength(36);
    for (const { hangUp } of waiting) hangUp();
    await untilNoticed();
    for (const { hangUp } of callers) hangUp();
    expect(new Set(await Promise.all(callers.map((it) => it.result)))).toEqual(new Set(['hung up']));
    expect((await graph.query(document(50))).errors).toEqual([]);
    expect(arrived()).toBe(5);
    expect(graph.log.join('')).not.toContain('unexpected error');
  });

  it('take nothing from those who asked the same and stay', async () => {
    graph.sandbox.lucca.latencyMs = 200;
    const [first, second] = [call(1), call(1)];
    await until(() => arrived() >= 1);
    first.hangUp();
    expect(await first.result).toBe('hung up');
    expect(await second.result).toBe('answered');
    expect(arrived()).toBe(1);
  });

  it('do not undo a mutation that has begun', async () => {
    graph.sandbox.naver.inject({ times: 1, matches: ({ method }) => method === 'GET', delayMs: 300 });
    const controller = new AbortController();
    const query = `mutation { createGrade(input: { externalKey: "FELLOW", name: "Fellow", sortOrder: 85 }) { __typename } }`;
    const mutation = fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: controller.signal,
    }).catch(() => null);
    await until(() => graph.requests().NAVER.length >= 1);
    controller.abort();
    await mutation;
    await until(() => graph.requests().NAVER.some(({ method, status }) => method === 'POST' && status !== null));
    const { data } = await graph.query('{ grades(first: 100) { nodes { name } } }');
    expect(JSON.stringify(data)).toContain('Fellow');
  });
});
