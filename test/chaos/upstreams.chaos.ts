import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Upstream } from '../../src/domain/upstream.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  breaksOff,
  type FaultyProxy,
  isAhead,
  losesEverySecond,
  replies,
  startFaultyProxy,
  trickles,
  truncates,
} from './faulty-proxy.ts';

const json = { 'content-type': 'application/json' };
const unavailable = ['UPSTREAM_UNAVAILABLE'];
/** By the time that the second of its lists is asked for, the circuit may have opened. */
const late = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE'];
const limited = ['UPSTREAM_RATE_LIMITED'];
const invalid = ['UPSTREAM_INVALID_RESPONSE'];

/** What goes wrong, and the codes of which the field has one; none where it is answered all the same. */
const faults: [string, (proxy: FaultyProxy) => unknown, string[]][] = [
  ['refuses connections', (it) => it.refuse(), unavailable],
  ['breaks off in the middle', (it) => Object.assign(it, { fault: breaksOff }), unavailable],
  ['hangs', (it) => Object.assign(it, { fault: () => undefined }), late],
  ['answers 503', (it) => Object.assign(it, { fault: replies(503) }), unavailable],
  ['answers 429 with Retry-After', (it) => Object.assign(it, { fault: replies(429, { 'retry-after': '2' }) }), limited],
  ['answers 429 without', (it) => Object.assign(it, { fault: replies(429) }), limited],
  [
    'answers a page',
    (it) => Object.assign(it, { fault: replies(200, { 'content-type': 'text/html' }, '<p>Hi') }),
    invalid,
  ],
  ['truncates JSON', (it) => Object.assign(it, { fault: truncates }), invalid],
  ['answers other types', (it) => Object.assign(it, { fault: replies(200, json, '{"data":7,"items":7}') }), invalid],
  ['trickles', (it) => Object.assign(it, { fault: trickles }), late],
  [
    'says that our token has expired',
    (it) => Object.assign(it, { fault: replies(401, json, '{}') }),
    ['UPSTREAM_AUTH_FAILED'],
  ],
  ['forbids it', (it) => Object.assign(it, { fault: replies(403, json, '{}') }), ['UPSTREAM_AUTH_FAILED']],
  ['has a clock an hour ahead', (it) => Object.assign(it, { fault: isAhead }), []],
  ['loses every second reply', (it) => Object.assign(it, { fault: losesEverySecond() }), []],
];

const fields: Record<Upstream, string> = { LUCCA: 'professions', CTRL_HUB: 'jobRoleAssignments', NAVER: 'grades' };
const names = Object.values(fields);
const document = `{ ${names.map((it) => `${it} { totalCount }`).join(' ')} }`;
/** An operation's ten seconds, and what a busy machine takes besides. */
const deadlineMs = 13_000;

const table: string[] = [];
afterAll(() => {
  process.stdout.write(`${['upstream  | fault                           | answer', ...table.toSorted()].join('\n')}\n`);
});

const variable: Record<Upstream, string> = {
  LUCCA: 'LUCCA_BASE_URL',
  CTRL_HUB: 'CTRL_HUB_BASE_URL',
  NAVER: 'NAVER_BASE_URL',
};

async function startBehindProxy(upstream: Upstream): Promise<{ graph: TestGraph; proxy: FaultyProxy }> {
  let proxy: FaultyProxy | null = null;
  const env: Record<string, string> = { CACHE_FRESH_SECONDS: '0' };
  const graph = await startGraph({
    people: 40,
    env,
    waitsForDirectory: false,
    prepare: async ({ env: direct }) => {
      const address = direct[variable[upstream]] ?? '';
      proxy = await startFaultyProxy(address);
      env[variable[upstream]] = address.replace(new URL(address).origin, proxy.origin);
    },
  });
  if (proxy === null) throw new Error('The proxy has not started.');
  return { graph, proxy };
}

describe.concurrent.each(Object.entries(fields) as [Upstream, string][])('%s', (upstream, field) => {
  it('costs its own field alone, within the deadline, whatever it does, and comes back by itself', async () => {
    const { graph, proxy } = await startBehindProxy(upstream);
    const answered = async () => expect((await graph.query(document)).errors).toEqual([]);
    await vi.waitFor(answered, { timeout: 10_000, interval: 250 });
    for (const [fault, begin, codes] of faults) {
      await begin(proxy);
      const startedAt = performance.now();
      const { data, errors } = await graph.query(document);
      const seconds = (performance.now() - startedAt) / 1000;
      const told = errors.map((it) => it.extensions.code ?? '');
      table.push(`${upstream.padEnd(9)} | ${fault.padEnd(31)} | ${told.join() || 'whole'} in ${seconds.toFixed(1)} s`);

      expect(seconds * 1000, fault).toBeLessThan(deadlineMs);
      if (codes.length === 0) expect(errors, fault).toEqual([]);
      else {
        expect(errors, fault).toMatchObject([{ path: [field], extensions: { upstream } }]);
        expect(codes, fault).toContain(told[0]);
        const others = names.filter((it) => it !== field).map((it) => [it, { totalCount: expect.any(Number) }]);
        expect(data, fault).toEqual({ ...Object.fromEntries(others), [field]: null });
      }
      proxy.fault = null;
      if (fault === 'refuses connections') await proxy.open();
      await vi.waitFor(answered, { timeout: 30_000, interval: 250 });
    }
    await graph.stop();
    await proxy.close();
  }, 240_000);
});
