import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { upstreams } from '../../src/domain/upstream.ts';
import { emulatorIn } from '../helpers/emulator-in.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const upstreamsIn = (answer: unknown) =>
  z
    .object({
      extensions: z.object({
        upstreams: z.record(z.string(), z.object({ asOf: z.string(), failure: z.string().optional() })),
      }),
    })
    .parse(answer).extensions.upstreams;

describe('q02 with an upstream down since it was read', () => {
  it.each(upstreams)('loses nothing with %s', async (upstream) => {
    graph = await startGraph();
    const before = await graph.query(operation('q02-full-join'));
    await emulatorIn(graph.sandbox, upstream).close();
    const after = await graph.query(operation('q02-full-join').replace('query FullJoin', 'query Again'));
    expect(after).toEqual(before);
    const codes = after.errors.map((it) => it.extensions.code);
    expect(codes.filter((it) => it !== 'CONFLICT')).toEqual([]);
  });
});

describe('q02 with every upstream down for longer than its lists are fresh', () => {
  it('loses nothing either, and says of each since when it is not known better, and why', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '1' } });
    const before = await graph.query(operation('q02-full-join'));
    await Promise.all(upstreams.map((it) => emulatorIn(graph.sandbox, it).close()));
    // Lucca's lists are fresh for six seconds a page at least; the first who asks then hears of no failure yet.
    await delay(6_500);
    await graph.query(operation('q02-full-join'));
    const told = async () => {
      const body = JSON.stringify({ query: operation('q02-full-join') });
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return response.json();
    };
    await expect
      .poll(async () => Object.values(upstreamsIn(await told())).map((it) => it.failure), { timeout: 5_000 })
      .toEqual(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_UNAVAILABLE']);
    const { data, errors = [], extensions } = await told();
    expect(data).toEqual(before.data);
    expect(errors.map((it: { path: unknown }) => it.path)).toEqual(before.errors.map((it) => it.path));
    for (const { asOf } of Object.values(upstreamsIn({ extensions }))) {
      expect(Date.now() - Date.parse(asOf)).toBeGreaterThan(1_000);
    }
  });
});
