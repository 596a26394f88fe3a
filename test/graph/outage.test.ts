import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Emulator, Fault } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { passSeconds } from '../helpers/time-passes.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await graph.stop();
});

const emulatorOf = (upstream: Upstream): Emulator =>
  ({ LUCCA: graph.sandbox.lucca, CTRL_HUB: graph.sandbox.ctrlHub, NAVER: graph.sandbox.naver })[upstream];

/** One field of each upstream, asked in as many ways as there are operations: no two are one execution. */
const fields: [Upstream, string][] = [
  ['LUCCA', 'professions'],
  ['CTRL_HUB', 'jobRoleAssignments'],
  ['NAVER', 'grades'],
];
const operation = (field: string, index: number) => graph.query(`query Outage${index} { ${field} { totalCount } }`);

const outages: [string, Fault][] = [
  ['drops all connections', { cut: 'before' }],
  ['answers 503', { reply: { status: 503 } }],
];

const statusShape = z.object({
  upstreams: z.array(
    z.object({
      upstream: z.string(),
      state: z.string(),
      circuit: z.object({ state: z.string(), probeAt: z.string().nullable() }),
    }),
  ),
});

async function statusOf(upstream: Upstream) {
  const { data } = await graph.query('{ upstreams { upstream state circuit { state probeAt } } }');
  return statusShape.parse(data).upstreams.find((it) => it.upstream === upstream);
}

describe.each(fields)('an outage of %s', (upstream, field) => {
  it.each(outages)('that %s costs at most 10 requests within 30 s for 40 operations, and is seen', async (_, fault) => {
    graph.forgetRequests();
    emulatorOf(upstream).inject({ times: 10_000, matches: ({ path }) => path !== '/connect/token', ...fault });
    for (let index = 0; index < 40; index += 4) {
      const answers = await Promise.all([0, 1, 2, 3].map((it) => operation(field, index + it)));
      for (const { errors } of answers) {
        expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream } }]);
      }
      passSeconds(3);
    }
    expect(graph.requests()[upstream].length).toBeLessThanOrEqual(10);
    passSeconds(5);
    await operation(field, 40);
    expect(await statusOf(upstream)).toMatchObject({
      state: 'DOWN',
      circuit: { state: 'OPEN', probeAt: expect.any(String) },
    });

    emulatorOf(upstream).recover();
    passSeconds(5);
    expect((await operation(field, 41)).errors).toEqual([]);
    expect(await statusOf(upstream)).toMatchObject({ state: 'UP', circuit: { state: 'CLOSED', probeAt: null } });
  });
});
