import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph();
  graph.forgetRequests();
});
afterEach(() => graph.stop());

/** A list that is read when it is first asked for, in operations that are not the same. */
const document = (index: number) => `query Caller${index} { professions { totalCount } }`;

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
  it('keep nobody else waiting: what all have left is cancelled', async () => {
    graph.sandbox.lucca.inject({ delayMs: 10_000 });
    const callers = Array.from({ length: 40 }, (_, index) => call(index));
    await until(() => arrived() === 1);
    await untilNoticed();
    for (const { hangUp } of callers) hangUp();
    expect(new Set(await Promise.all(callers.map((it) => it.result)))).toEqual(new Set(['hung up']));
    await untilNoticed();
    const { data, errors } = await graph.query(document(50));
    expect({ data, errors }).toEqual({ data: { professions: { totalCount: expect.any(Number) } }, errors: [] });
    expect(arrived()).toBe(2);
    expect(graph.log.join('')).not.toContain('unexpected error');
  });

  it('take nothing from those who asked the same and stay', async () => {
    graph.sandbox.lucca.inject({ delayMs: 1_500 });
    const [first, second, other] = [call(1), call(1), call(2)];
    await until(() => arrived() === 1);
    await untilNoticed();
    first.hangUp();
    expect(await first.result).toBe('hung up');
    expect(await Promise.all([second.result, other.result])).toEqual(['answered', 'answered']);
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
