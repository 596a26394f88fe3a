import { setTimeout as delay } from 'node:timers/promises';
import type { RedisServer } from '../redis/redis-server.ts';

/** Neither a part of a minute nor of the period of the upstreams' faults: each meets each some time. */
const everyMs = 19_000;
/** Longer than any answer of Redis is waited for. */
const lastsMs = 3_000;

/** Redis is killed and started again, empty, or paused, in turn. Resolves with how often. */
export async function troubleRedis(
  redis: RedisServer,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<number> {
  let count = 0;
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  const isOver = () => signal.aborted;
  for (await pause(everyMs - lastsMs); !isOver(); await pause(everyMs - lastsMs)) {
    const isKilled = count % 2 === 0;
    count += 1;
    say(`Redis is ${isKilled ? 'killed' : 'paused'} for ${lastsMs / 1000} s`);
    if (isKilled) await redis.kill();
    else redis.pause();
    await pause(lastsMs);
    if (isKilled) await redis.restart();
    else redis.resume();
  }
  return count;
}
