import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Explanation } from '../../src/server/explain/explanation.ts';
import { type CostCase, costCases } from '../helpers/cost-cases.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { askedOf, explain, lines, pathsOf, tokenPath } from './explained.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const countsShape = z.object({
  upstreams: z.array(z.object({ cache: z.object({ shared: z.int(), misses: z.int() }) })),
});

/** Resolves when an operation waits for a list: all of its lists are asked for in one moment. */
async function untilSomebodyWaits(count = 1): Promise<void> {
  const waiting = async () => {
    const { data } = await graph.query('{ upstreams { cache { shared misses } } }');
    return countsShape.parse(data).upstreams.reduce((sum, { cache }) => sum + cache.shared + cache.misses, 0);
  };
  await expect.poll(waiting).toBeGreaterThanOrEqual(count);
}

async function explainCase({ name, variables }: CostCase): Promise<Explanation> {
  const { explanation } = await explain(graph, operation(name), variables?.(graph.company));
  return explanation;
}

/** Of a process that is asked before any upstream has answered it. */
async function explainCold(cost: CostCase, faults: (sandbox: Sandbox) => unknown = () => undefined) {
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
  graph = await startGraph({
    waitsForDirectory: false,
    prepare: (sandbox) => {
      faults(sandbox);
      for (const emulator of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) {
        emulator.inject({ times: 1_000, gate: () => asked });
      }
    },
  });
  const explanation = explainCase(cost);
  await untilSomebodyWaits();
  answer();
  return explanation;
}

/** Of all that the emulators were asked, what belongs to lists that the operation waited for. */
function expectedLines({ lists }: Explanation): string[] {
  const paths = lists.flatMap(({ list }) => pathsOf[list]);
  if (lists.some(({ upstream }) => upstream === 'LUCCA')) paths.push(tokenPath);
  return lines(askedOf(graph.sandbox).filter(({ path }) => paths.includes(path)));
}

const referenceLists = ['grades', 'jobQualifications', 'positions', 'professions'];

describe.each(costCases)('an explanation of $name', (cost) => {
  it('is what the upstreams were asked when it is cold, and nothing when it is warm', async () => {
    const cold = await explainCold(cost);
    const told = cold.upstreamRequests;
    expect(told.length).toBeGreaterThan(1);
    expect(lines(told)).toEqual(expectedLines(cold));
    expect(
      cold.lists
        .map(({ list }) => list)
        .filter((it) => referenceLists.includes(it))
        .sort(),
    ).toEqual([...cost.lists].sort());
    // Everybody is read with the start of the process, whoever asks; the short lists for this operation.
    for (const { list, state } of cold.lists) {
      expect({ list, state }).toEqual({ list, state: referenceLists.includes(list) ? 'read' : 'shared' });
    }
    for (const { why, isShared } of told)
      expect({ why, isShared }).toEqual({ why, isShared: !referenceLists.includes(why) });
    for (const { list, rows } of cold.lists) {
      const received = told.filter(({ why }) => why === list).map((request) => request.rows ?? 0);
      expect(received.reduce((sum, it) => sum + it)).toBeGreaterThanOrEqual(rows ?? Number.NaN);
    }
    // A token, a first page, and the pages after it.
    expect(Math.max(...told.map(({ round }) => round))).toBe(3);

    const warm = await explainCase(cost);
    expect(warm.upstreamRequests).toEqual([]);
    expect(warm.lists.map(({ list, state, waitedMs }) => ({ list, state, waitedMs }))).toEqual(
      cold.lists.map(({ list }) => ({ list, state: 'fresh', waitedMs: 0 })),
    );
  });

  it('is what the upstreams were asked when they fail and are asked again', async () => {
    const { upstreamRequests, ...cold } = await explainCold(cost, ({ lucca, ctrlHub, naver }) => {
      lucca.inject({ reply: { status: 503 }, matches: ({ path }) => path === tokenPath });
      lucca.inject({ reply: { status: 500 }, matches: ({ path }) => path !== tokenPath });
      ctrlHub.inject({ cut: 'before', times: 2 });
      naver.inject({ reply: { status: 429, headers: { 'retry-after': '1' } } });
    });
    expect(lines(upstreamRequests)).toEqual(expectedLines({ upstreamRequests, ...cold }));
    const repeats = upstreamRequests.filter(({ attempt }) => attempt > 1);
    expect(repeats.length).toBeGreaterThan(1);
    expect(repeats.map(({ status }) => status)).toEqual(repeats.map(() => 200));
    for (const { status, error } of upstreamRequests) expect(error === null).toBe(status === 200);
  });
});

const fullJoin = costCases.filter(({ name }) => name === 'q02-full-join');

describe.each(fullJoin)('an explanation', (cost) => {
  it('tells what held requests back', async () => {
    const { waits } = await explainCold(cost, ({ naver }) => {
      naver.inject({
        reply: { status: 429, headers: { 'retry-after': '1' } },
        matches: ({ path }) => /grade/.test(path),
      });
    });
    expect(waits).toContainEqual(
      expect.objectContaining({ upstream: 'NAVER', why: 'grades', reason: 'pause before a repeat', isShared: false }),
    );
    for (const { ms } of waits) expect(ms).toBeGreaterThan(0);
  });

  it('tells why a list could not be had', async () => {
    const { lists, upstreamRequests } = await explainCold(cost, ({ naver }) => {
      naver.inject({ reply: { status: 401 }, matches: ({ path }) => /grade/.test(path), times: 100 });
    });
    expect(lists).toContainEqual(
      expect.objectContaining({ list: 'grades', state: 'failed', error: 'UPSTREAM_AUTH_FAILED' }),
    );
    expect(upstreamRequests).toContainEqual(
      expect.objectContaining({ why: 'grades', status: 401, error: 'UPSTREAM_AUTH_FAILED', rows: null }),
    );
  });

  it('sums up to the whole, and sets what the operation is beside what it may be', async () => {
    const { totalMs, phases, cost: measures } = await explainCold(cost);
    const { preparationMs, planningMs, executionMs, waitingMs, serialisationMs } = phases;
    expect(preparationMs + planningMs + executionMs + serialisationMs).toBeLessThanOrEqual(totalMs + 1);
    expect(waitingMs).toBeLessThanOrEqual(executionMs + 1);
    expect(measures.map(({ measure }) => measure)).toContain('values');
    for (const { cost: own, limit } of measures) expect(own).toBeLessThan(limit);
  });

  it('tells that a list has not changed since it was read', async () => {
    graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
    await explainCase(cost);
    const { upstreamRequests } = await explainCase(cost);
    const ofLucca = upstreamRequests.filter(({ upstream }) => upstream === 'LUCCA');
    expect(ofLucca.map(({ status, cache }) => [status, cache])).toEqual(ofLucca.map(() => [304, 'unchanged']));
    expect(ofLucca.length).toBeGreaterThan(1);
  });
});

it('of a write tells what is looked at, sent, and read back, for the operation', async () => {
  graph = await startGraph({ people: 20 });
  graph.forgetRequests();
  const { explanation } = await explain(
    graph,
    'mutation Add { createGrade(input: { externalKey: "G-77", name: "Rigger", sortOrder: 9 }) { __typename } }',
  );
  expect(lines(explanation.upstreamRequests)).toEqual(lines(askedOf(graph.sandbox)));
  const path = '/organization/apigw/v2/company/{companyId}/grade/{externalKey}';
  expect(
    explanation.upstreamRequests.map(({ method, path: asked, why, round }) => [method, asked, why, round]),
  ).toEqual([
    ['GET', path, 'operation', 1],
    ['POST', path, 'operation', 2],
    ['GET', path, 'operation', 3],
  ]);
  const { waitingMs, executionMs } = explanation.phases;
  const asked = explanation.upstreamRequests.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  expect(waitingMs).toBeGreaterThanOrEqual(asked - 1);
  expect(waitingMs).toBeLessThanOrEqual(executionMs + 1);
});

it('of a stale list tells its age, and nothing of the reading that it has begun behind it', async () => {
  graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '1' } });
  const query = '{ grades { totalCount } }';
  const first = await explain(graph, query);
  expect(first.explanation.lists).toMatchObject([{ state: 'read' }]);
  const ofGrades = () => graph.requests().NAVER.filter(({ target }) => target.includes('/grade?')).length;
  expect(ofGrades()).toBe(1);
  let latest = first;
  const state = async () => {
    latest = await explain(graph, query);
    return latest.explanation.lists[0]?.state;
  };
  await expect.poll(state, { timeout: 15_000 }).toBe('stale');
  const { lists, upstreamRequests } = latest.explanation;
  expect(lists).toMatchObject([{ list: 'grades', waitedMs: 0, error: null }]);
  // Four seconds, less up to a tenth.
  expect(lists[0]?.ageSeconds).toBeGreaterThanOrEqual(3.5);
  expect(upstreamRequests).toEqual([]);
  await expect.poll(ofGrades).toBe(2);
});

it('of two operations that wait for one list has the request in both, shared in the one that came later', async () => {
  graph = await startGraph({ people: 20 });
  graph.forgetRequests();
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
  graph.sandbox.naver.inject({ gate: () => asked });
  const first = explain(graph, 'query First { a: grades { totalCount } b: grades { nodes { name } } }');
  await expect.poll(() => graph.requests().NAVER.length).toBe(1);
  const later = explain(
    graph,
    'query Both { positions { totalCount } } query Later { grades { totalCount } }',
    {},
    {},
    'Later',
  );
  await untilSomebodyWaits(2);
  answer();
  const [own, shared] = await Promise.all([first, later]);
  const told = [own, shared].flatMap((it) =>
    it.explanation.upstreamRequests.map(({ why, isShared }) => [why, isShared]),
  );
  expect(told).toEqual([
    ['grades', false],
    ['grades', true],
  ]);
  expect(shared.explanation.upstreamRequests[0]?.startMs).toBeLessThan(0);
  expect(graph.requests().NAVER).toHaveLength(1);
});
