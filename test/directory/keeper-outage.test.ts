import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';

/** At 40 people a list of Lucca's is fresh for 6 seconds, and those of the others for less. */
const env = { CACHE_FRESH_SECONDS: '5', CACHE_ANSWERS: 'off' };

let graph: TestGraph;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  graph = await startGraph({ people: 40, clock, env });
});
afterEach(() => graph.stop());

const emulatorOf = (upstream: Upstream): Emulator =>
  ({ LUCCA: graph.sandbox.lucca, CTRL_HUB: graph.sandbox.ctrlHub, NAVER: graph.sandbox.naver })[upstream];

/** For each upstream: a field that needs its people, and one that does not. */
const document = `{
  employees(first: 40) { nodes { id displayName hiredOn jobRoleAssignments { nodes { ctrlHubId } } } }
}`;
const shape = z.object({
  data: z.object({ employees: z.object({ nodes: z.array(z.record(z.string(), z.unknown())) }).nullable() }),
  errors: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), extensions: z.object({ code: z.string() }) }))
    .default([]),
  extensions: z
    .object({ upstreams: z.record(z.string(), z.object({ asOf: z.string(), failure: z.string().optional() })) })
    .default({ upstreams: {} }),
});

async function ask() {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  const { data, errors, extensions } = shape.parse(await response.json());
  const failed = errors.filter((it) => it.extensions.code !== 'CONFLICT');
  return {
    nodes: data.employees?.nodes ?? null,
    codes: [...new Set(failed.map((it) => it.extensions.code))],
    fields: [...new Set(failed.map((it) => String(it.path.at(-1))))],
    upstreams: extensions.upstreams,
  };
}

const lost: [Upstream, string][] = [
  ['NAVER', 'hiredOn'],
  ['CTRL_HUB', 'jobRoleAssignments'],
  ['LUCCA', 'employees'],
];

describe.each(lost)('%s, lost and found again', (upstream, field) => {
  it('is served from what was read last, then costs its own fields, and comes back by itself', async () => {
    const before = await ask();
    expect(before.codes).toEqual([]);
    emulatorOf(upstream).inject({ times: 10_000, cut: 'before' });

    clock.skip(60);
    const stale = await ask();
    expect(stale.nodes).toEqual(before.nodes);
    expect(stale.codes).toEqual([]);
    expect(stale.upstreams[upstream]).toEqual({ ...before.upstreams[upstream], failure: 'UPSTREAM_UNAVAILABLE' });
    for (const [other] of lost.filter(([name]) => name !== upstream)) {
      expect(stale.upstreams[other]?.failure).toBeUndefined();
      expect(stale.upstreams[other]?.asOf).not.toBe(before.upstreams[other]?.asOf);
    }

    clock.skip(3_600);
    const failed = await ask();
    expect(failed.codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(failed.fields).toEqual([field]);
    if (upstream === 'LUCCA') expect(failed.nodes).toBeNull();
    else expect(failed.nodes).toEqual(before.nodes?.map((node) => ({ ...node, [field]: null })));

    emulatorOf(upstream).recover();
    await expect.poll(async () => (await ask()).codes, { timeout: 9_000, interval: 200 }).toEqual([]);
    const found = await ask();
    expect(found.nodes).toEqual(before.nodes);
    expect(found.upstreams[upstream]?.failure).toBeUndefined();
  });

  it('comes back while nobody asks', async () => {
    await ask();
    emulatorOf(upstream).inject({ times: 10_000, reply: { status: 400, body: {} } });
    await clock.pass(8, untilQuiet);
    emulatorOf(upstream).recover();
    graph.forgetRequests();
    await clock.pass(10, untilQuiet);
    expect(graph.requests()[upstream].some(({ status }) => status === 200 || status === 304)).toBe(true);
    expect((await ask()).codes).toEqual([]);
  });
});

/** What a timer has begun has been asked for and answered. */
async function untilQuiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  const isQuiet = () =>
    Object.values(graph.requests())
      .flat()
      .every(({ status }) => status !== null);
  await expect.poll(isQuiet).toBe(true);
}
