import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedRequest } from '../../src/sandbox/emulator.ts';
import { hasProgram } from '../programs/programs.ts';
import { type Fleet, type Replica, startFleet } from './fleet.ts';
import { GrowingGrade, startLoad } from './grade-load.ts';

const allowance = { count: 50, seconds: 60 };
const windowSeconds = 15;

let fleet: Fleet;
beforeAll(async () => {
  if (!hasProgram('redis-server')) return;
  fleet = await startFleet({
    replicas: 20,
    luccaRateLimit: allowance,
    env: { CACHE_FRESH_SECONDS: String(windowSeconds) },
  });
}, 300_000);
afterAll(() => fleet?.stop(), 60_000);

const any = (): Replica => fleet.replicas[Math.floor(Math.random() * fleet.replicas.length)] ?? expect.unreachable();

/** The most requests that any window of the allowance has held. */
function mostInWindow(requests: readonly RecordedRequest[]): number {
  const times = requests.map(({ startedAt }) => startedAt).sort((a, b) => a - b);
  return Math.max(0, ...times.map((at, from) => times.slice(from).filter((it) => it < at + 60_000).length));
}

/** How often the first page of a list was asked for. */
const readings = (requests: readonly RecordedRequest[], list: string, laterPage: RegExp): number =>
  requests.filter(({ method, target }) => method === 'GET' && target.includes(list) && !laterPage.test(target)).length;

describe.skipIf(!hasProgram('redis-server'))('twenty replicas', () => {
  it('start with one reading of each list and one token', async () => {
    const { LUCCA, CTRL_HUB, NAVER } = fleet.requests();
    // What one replica asks for.
    expect([LUCCA.length, CTRL_HUB.length, NAVER.length]).toEqual([2, 5, 2]);
    expect(fleet.tokenRequests()).toBe(1);
  });

  it('show each write to the next read of any other: 1,000 pairs, 0 misses', async () => {
    const grade = new GrowingGrade(fleet);
    let misses = 0;
    for (let pair = 0; pair < 1_000; pair += 1) {
      await grade.write(any());
      if ((await grade.read(any())) < grade.latest) misses += 1;
    }
    expect(misses).toBe(0);
  }, 600_000);

  it('read each list once a window, and stay within the allowance, while replicas come and go', async () => {
    fleet.forgetRequests();
    const startedAt = performance.now();
    const grade = new GrowingGrade(fleet);
    const load = startLoad(fleet, grade, { readMs: 500, writeMs: 3_000 });
    while (performance.now() < startedAt + 75_000) {
      await delay(8_000);
      // A balancer sends nobody there any longer, and running requests may finish.
      await any().stop();
      const added = await fleet.add();
      await added.query('{ jobQualifications { nodes { id } } professions { nodes { id } } }');
    }
    const faults = await load.stop();
    const windows = (performance.now() - startedAt) / (windowSeconds * 1_000);
    const { LUCCA, CTRL_HUB, NAVER } = fleet.requests();
    expect(faults).toEqual([]);
    // Renewed a tenth of the window before its end, which is up to a tenth shorter; and one for its two ends.
    const most = Math.ceil(windows / 0.8) + 1;
    expect(readings(LUCCA, '/employees?', /[?&]page=/)).toBeLessThanOrEqual(most);
    expect(readings(CTRL_HUB, '/members', /offset=[1-9]/)).toBeLessThanOrEqual(most);
    expect(readings(CTRL_HUB, '/job-role-assignments', /offset=[1-9]/)).toBeLessThanOrEqual(most);
    expect(readings(LUCCA, '/employees?', /[?&]page=/)).toBeGreaterThan(2);
    expect(LUCCA.filter(({ status }) => status === 429)).toEqual([]);
    expect(mostInWindow(LUCCA)).toBeLessThanOrEqual(allowance.count);
    expect(NAVER.length).toBeGreaterThan(0);
    expect(fleet.tokenRequests()).toBe(0);
  }, 600_000);

  it('stay within the allowance although all want more of it than there is', async () => {
    fleet.forgetRequests();
    const startedAt = performance.now();
    const refresh = { 'cache-control': 'no-cache' };
    while (performance.now() < startedAt + 70_000) {
      const asked = fleet.replicas.map((it) => it.query('{ professions { nodes { id } } }', undefined, refresh));
      await Promise.all(asked);
      await delay(200);
    }
    const { LUCCA } = fleet.requests();
    expect(LUCCA.filter(({ status }) => status === 429)).toEqual([]);
    expect(mostInWindow(LUCCA)).toBeLessThanOrEqual(allowance.count);
    // They were granted all of it.
    expect(mostInWindow(LUCCA)).toBeGreaterThan(allowance.count / 2);
  }, 300_000);
});
