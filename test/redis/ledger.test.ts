import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Activity } from '../../src/domain/activity.ts';
import { createLedger, type SharedLedger } from '../../src/fleet/ledger.ts';
import { Redis } from '../../src/fleet/redis.ts';
import { AllowanceLimiter } from '../../src/http/allowance.ts';
import type { Sharing } from '../../src/http/ledger.ts';
import { createRequestContext, type Priority, priorities } from '../../src/http/request-context.ts';
import { hasProgram } from '../programs/programs.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let server: RedisServer;
beforeAll(async () => {
  if (hasProgram('redis-server')) server = await startRedis();
});
afterAll(() => server?.stop());

const opened: Redis[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((it) => it.close()));
  await server.command('FLUSHALL');
});

async function connect(): Promise<Redis> {
  const redis = new Redis({ url: server.url, timeoutMs: 5_000, onAway: () => undefined, onBack: () => undefined });
  await redis.start();
  opened.push(redis);
  return redis;
}

const limits = { interactive: 10, background: 6, renewal: 2 };
const options = {
  limits,
  cautiousLimits: { interactive: 5, background: 3, renewal: 1 },
  windowMs: 1_000,
  cautionMs: 2_000,
};
const open = async () => createLedger(await connect(), 'test:{ledger}', options);

/** Takes as much as there is at this moment. */
async function takeAll(ledger: SharedLedger, priority: Priority) {
  const counted = [];
  for (;;) {
    const taken = await ledger.take(priority);
    if (!('counted' in taken)) return { counted, ...taken };
    counted.push(taken.counted);
  }
}

describe.skipIf(!hasProgram('redis-server'))('the ledger of all replicas', () => {
  it('grants as much as the allowance, and to those less urgent their share of it', async () => {
    const [one, other] = [await open(), await open()];
    expect((await takeAll(one, 'renewal')).counted).toHaveLength(2);
    expect((await takeAll(other, 'background')).counted).toHaveLength(4);
    const { counted, waitMs, used, isPaused } = await takeAll(one, 'interactive');
    expect(counted).toHaveLength(4);
    expect({ used, isPaused }).toEqual({ used: 10, isPaused: false });
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(1_000);
    expect((await takeAll(other, 'renewal')).counted).toHaveLength(0);
  });

  it('counts a request from its response on, and one that was not sent not at all', async () => {
    const [one, other] = [await open(), await open()];
    const { counted } = await takeAll(one, 'interactive');
    await delay(1_100);
    // They are still on their way, as far as anybody knows.
    expect((await takeAll(other, 'interactive')).counted).toHaveLength(0);
    for (const it of counted.slice(0, 4)) it.giveBack();
    await expect.poll(async () => (await takeAll(other, 'interactive')).counted.length).toBeGreaterThan(0);
  });

  it('is brought what each replica has sent, where it has lost all', async () => {
    const [one, other] = [await open(), await open()];
    expect((await takeAll(one, 'interactive')).counted).toHaveLength(10);
    await server.command('FLUSHALL');
    // Before the next request is granted to whoever has sent them.
    expect((await takeAll(one, 'interactive')).counted).toHaveLength(0);
    expect((await takeAll(other, 'interactive')).counted).toHaveLength(0);
    await server.command('FLUSHALL');
    await one.restore();
    expect((await takeAll(other, 'interactive')).counted).toHaveLength(0);
  });

  it('makes all wait after a refusal, lets one find out, and is cautious then', async () => {
    const [one, other] = [await open(), await open()];
    one.refused(300);
    await expect.poll(() => other.take('interactive')).toMatchObject({ isPaused: true });
    await delay(300);
    await expect.poll(async () => 'counted' in (await other.take('interactive'))).toBe(true);
    // That one has no response yet.
    expect(await one.take('interactive')).toMatchObject({ isPaused: true });
  });

  it('is not misled by what strangers have put under its names', async () => {
    await server.command('ZADD', 'test:{ledger}:interactive', '9999999999999999', 'a stranger');
    await server.command('SET', 'test:{ledger}:paused', 'for ever');
    await server.command('SADD', 'test:{ledger}:renewal', 'of another type');
    const ledger = await open();
    const taken = await ledger.take('interactive').catch(() => ledger.take('interactive'));
    expect(taken).toHaveProperty('counted');
  });

  it('never has more requests in a window than the allowance, whoever comes and goes', async () => {
    const sent: number[] = [];
    const end = performance.now() + 6_000;
    async function live(): Promise<void> {
      const redis = await connect();
      const sharing: Sharing = { replicas: 4, openLedger: (it) => createLedger(redis, 'test:{limiters}', it) };
      const limiter = new AllowanceLimiter({ count: 20, seconds: 1 }, { sharing });
      const diesAt = performance.now() + 500 + Math.random() * 2_000;
      async function ask(): Promise<void> {
        while (performance.now() < Math.min(end, diesAt)) {
          const priority = priorities[Math.floor(Math.random() * 3)] ?? 'interactive';
          const context = createRequestContext({
            activity: new Activity({ name: 'test', kind: 'operation' }),
            priority,
            deadline: performance.now() + 1_500,
          });
          const grant = await limiter.take(context).catch(() => null);
          if (grant === null) continue;
          await delay(Math.random() * 30);
          sent.push(performance.now());
          await delay(Math.random() * 30);
          grant.answered();
        }
      }
      await Promise.all(Array.from({ length: 6 }, ask));
      if (performance.now() < end) await live();
    }
    await Promise.all([live(), live(), live(), live()]);
    sent.sort((a, b) => a - b);
    const most = Math.max(...sent.map((at, index) => sent.slice(index).filter((it) => it < at + 1_000).length));
    expect(most).toBeLessThanOrEqual(20);
    expect(sent.length).toBeGreaterThan(40);
  }, 30_000);
});
