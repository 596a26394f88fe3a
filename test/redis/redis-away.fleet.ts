import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasProgram } from '../programs/programs.ts';
import { type Fleet, startFleet, until } from './fleet.ts';
import { GrowingGrade, startLoad } from './grade-load.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet({
    replicas: 3,
    luccaRateLimit: { count: 50, seconds: 60 },
    // Replicas of which Redis is paused go on alone after so long.
    env: { CACHE_FRESH_SECONDS: '5', REDIS_TIMEOUT_MILLISECONDS: '3000' },
  });
});
afterEach(() => fleet.stop());

type State = {
  name: string;
  begin(): Promise<unknown> | unknown;
  end(): Promise<unknown> | unknown;
  /** Replicas notice, and go on alone. */
  isAway: boolean;
};

const everyKey = async () => z.array(z.string()).parse(await fleet.redis.command('KEYS', '*'));

/** Every 300 ms until it is ended. */
function again(run: () => Promise<unknown>) {
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      await run().catch(() => undefined);
      await delay(300);
    }
  })();
  return async () => {
    isOver = true;
    await running;
  };
}

let stopAgain = async () => {};

const states: State[] = [
  { name: 'lost', begin: () => fleet.redis.kill(), end: () => fleet.redis.restart(), isAway: true },
  { name: 'paused', begin: () => fleet.redis.pause(), end: () => fleet.redis.resume(), isAway: true },
  {
    name: 'slower than it may be',
    begin: () => {
      stopAgain = again(() => fleet.redis.command('CLIENT', 'PAUSE', '8000', 'ALL'));
    },
    end: async () => {
      await stopAgain();
      await fleet.redis.command('CLIENT', 'UNPAUSE');
    },
    isAway: true,
  },
  {
    name: 'full',
    begin: () => fleet.redis.command('CONFIG', 'SET', 'maxmemory', '1'),
    end: () => fleet.redis.command('CONFIG', 'SET', 'maxmemory', '0'),
    isAway: true,
  },
  {
    name: 'of another password',
    // Connections that are open stay so.
    begin: () =>
      fleet.redis.commands(
        ['CONFIG', 'SET', 'requirepass', 'changed'],
        ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'],
      ),
    end: () => fleet.redis.restart(),
    isAway: true,
  },
  {
    name: 'flushed again and again',
    begin: () => {
      stopAgain = again(() => fleet.redis.command('FLUSHALL'));
    },
    end: () => stopAgain(),
    isAway: false,
  },
  {
    name: 'full of foreign values',
    begin: () => {
      stopAgain = again(async () => {
        for (const key of await everyKey()) {
          await fleet.redis.command('DEL', key);
          await fleet.redis.command(...(Math.random() < 0.5 ? ['SET', key, 'foreign'] : ['SADD', key, 'foreign']));
        }
      });
    },
    end: () => stopAgain(),
    isAway: false,
  },
];

describe.skipIf(!hasProgram('redis-server'))('while Redis is', () => {
  for (const state of states) {
    it(`${state.name}, nobody is answered wrongly, and everybody comes together afterwards`, async () => {
      const grade = new GrowingGrade(fleet);
      const lines = (text: string) => fleet.replicas.map(({ log }) => log.filter((it) => it.includes(text)).length);
      const load = startLoad(fleet, grade);
      await delay(1_500);
      const before = lines('Redis is away');
      await state.begin();
      if (state.isAway) await until(() => lines('Redis is away').every((it) => it > 0), 'all miss Redis');
      await delay(4_000);
      const told = lines('Redis is away').map((count, index) => count - (before[index] ?? 0));
      await state.end();
      if (state.isAway) await until(() => lines('Redis is back').every((it) => it > 0), 'Redis is back for all');
      // Now that all reach it again, writes of one are seen by all at once.
      await until(
        async () => {
          await grade.write(fleet.replicas[0] ?? expect.unreachable());
          const seen = await Promise.all(fleet.replicas.map((it) => grade.read(it)));
          return seen.every((it) => it >= grade.latest - 1);
        },
        'all see what one writes',
        120_000,
      );
      const earlier = load.counts.shared;
      await until(() => load.counts.shared > earlier + 10, 'reads show writes through other replicas again', 120_000);
      expect(await load.stop()).toEqual([]);
      expect(load.counts.reads).toBeGreaterThan(10);
      expect(load.counts.writes).toBeGreaterThan(2);
      expect(fleet.sandbox.lucca.requests.filter(({ status }) => status === 429)).toEqual([]);
      // Once for each time that it went.
      if (state.isAway && state.name !== 'slower than it may be') expect(told).toEqual([1, 1, 1]);
    }, 300_000);
  }
});
