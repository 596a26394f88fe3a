import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Counted, Ledger, LedgerOptions, Limits, Taken } from '../http/ledger.ts';
import { type Priority, priorities } from '../http/request-context.ts';
import { type Redis, script } from './redis.ts';
import { bytes, textOf } from './replies.ts';

/** No upstream response takes longer. A request whose replica died before the response counts until then. */
const longestInFlightMs = 15_000;
const epochLastsMs = 86_400_000;

/**
 * KEYS: a sorted set of requests for each priority, then paused, cautious, probe, epoch. A request's score is the latest
 * moment at which the vendor may count it, by the clock of Redis. While it is in flight, that is the end of the longest
 * possible response.
 * Returns {1, used}; {0, wait, used, paused}; or {2, epoch} to a replica whose earlier requests the ledger may lack.
 */
const take = script(`
  local priority, id, window = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
  local epoch = redis.call('GET', KEYS[7])
  if not epoch then
    epoch = ARGV[5]
    redis.call('SET', KEYS[7], epoch)
  end
  redis.call('PEXPIRE', KEYS[7], ${epochLastsMs})
  if epoch ~= ARGV[4] then return {2, epoch} end
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local function remaining(key)
    local ms = redis.call('PTTL', key)
    if ms == -1 then redis.call('DEL', key) end
    return ms
  end
  local limits = remaining(KEYS[5]) > 0 and 9 or 6
  local used = {}
  for level = 1, 3 do
    redis.call('ZREMRANGEBYSCORE', KEYS[level], '-inf', now - window)
    redis.call('ZREMRANGEBYSCORE', KEYS[level], now + ${longestInFlightMs} + 1000, '+inf')
    used[level] = redis.call('ZCARD', KEYS[level])
  end
  local all = used[1] + used[2] + used[3]
  local paused = remaining(KEYS[4])
  if paused > 0 then return {0, paused, all, 1} end
  local prober = remaining(KEYS[6]) > 0 and redis.call('GET', KEYS[6])
  if prober and prober ~= '' then return {0, 250, all, 1} end
  local wait = 0
  for share = 1, priority do
    local count = 0
    for level = share, 3 do count = count + used[level] end
    local excess = count - tonumber(ARGV[limits + share - 1])
    if excess >= 0 then
      local times = {}
      for level = share, 3 do
        local oldest = redis.call('ZRANGE', KEYS[level], 0, excess, 'WITHSCORES')
        for index = 2, #oldest, 2 do times[#times + 1] = math.min(tonumber(oldest[index]), now) end
      end
      table.sort(times)
      wait = math.max(wait, times[excess + 1] + window - now)
    end
  end
  if wait > 0 then return {0, math.ceil(wait), all, 0} end
  if prober then redis.call('SET', KEYS[6], id, 'PX', ${longestInFlightMs}) end
  redis.call('ZADD', KEYS[priority], now + ${longestInFlightMs}, id)
  redis.call('PEXPIRE', KEYS[priority], window + ${longestInFlightMs})
  return {1, all + 1}`);

/** KEYS: the set, probe. ARGV: id, then whether the request was sent. */
const settle = script(`
  if redis.call('GET', KEYS[2]) == ARGV[1] then
    if ARGV[2] == '1' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], '', 'KEEPTTL') end
  end
  if ARGV[2] == '0' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
  local time = redis.call('TIME')
  return redis.call('ZADD', KEYS[1], 'XX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])`);

/** KEYS: paused, cautious, probe. ARGV: pause, caution. */
const refuse = script(`
  local pause = math.max(tonumber(ARGV[1]), redis.call('PTTL', KEYS[1]), 1)
  redis.call('SET', KEYS[1], '1', 'PX', pause)
  redis.call('SET', KEYS[2], '1', 'PX', pause + ARGV[2])
  return redis.call('SET', KEYS[3], '', 'PX', pause + ARGV[2])`);

/** KEYS: the sets. ARGV: window, then level, id and age for each. */
const seed = script(`
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for index = 2, #ARGV, 3 do
    local key = KEYS[tonumber(ARGV[index])]
    redis.call('ZADD', key, 'NX', now - tonumber(ARGV[index + 2]), ARGV[index + 1])
    redis.call('PEXPIRE', key, ARGV[1] + ${longestInFlightMs})
  end`);

/** A request of this replica. `at`: when its response came; null while it is in flight. */
type Own = { level: number; at: number | null };

const granted = z.tuple([z.literal(1), z.number()]);
const denied = z.tuple([z.literal(0), z.number(), z.number(), z.number()]);

/** `restore` adds the requests of this replica to a ledger that may lack them. Throws RedisAway. */
export type SharedLedger = Ledger & { restore(): Promise<void> };

/**
 * Counts a tenant's requests in Redis, for all replicas. One script counts and adds a request in one step, so no window of
 * Redis's clock ever holds more requests than the limits allow. Each replica also keeps a list of its own requests, and adds
 * them again when Redis has lost the ledger or was away.
 */
export function createLedger(
  redis: Redis,
  prefix: string,
  { limits, cautiousLimits, windowMs, cautionMs }: LedgerOptions,
): SharedLedger {
  const sets = priorities.map((it) => `${prefix}:${it}`);
  const [paused, cautious, probe, epochKey] = ['paused', 'cautious', 'probe', 'epoch'].map((it) => `${prefix}:${it}`);
  const states = [paused, cautious, probe].map(String);
  const inOrder = (byPriority: Limits) => priorities.map((priority) => byPriority[priority]);
  const own = new Map<string, Own>();
  let epoch = '';

  async function restore(): Promise<void> {
    dropExpired();
    const now = performance.now();
    const entries = [...own].flatMap(([id, { level, at }]) => [
      level,
      id,
      at === null ? -longestInFlightMs : Math.round(now - at),
    ]);
    if (entries.length > 0) await redis.run(seed, sets, [windowMs, ...entries]);
  }

  async function ask(level: number, id: string): Promise<unknown[]> {
    const reply = await redis.run(
      take,
      [...sets, ...states, String(epochKey)],
      [level, id, windowMs, epoch, newId(), ...inOrder(limits), ...inOrder(cautiousLimits)],
    );
    const answer = bytes.array.parse(reply);
    if (answer[0] !== 2) return answer;
    await restore();
    epoch = textOf(answer[1]) ?? '';
    return ask(level, id);
  }

  /** If this message is lost, the request counts for longer than it has to. */
  const settleInRedis = (set: string, id: string, isSent: boolean) =>
    void redis.run(settle, [set, String(probe)], [id, isSent ? '1' : '0']).catch(() => undefined);

  function countedAs(level: number, id: string): Counted {
    const set = String(sets[level - 1]);
    own.set(id, { level, at: null });
    return {
      answered: () => {
        own.set(id, { level, at: performance.now() });
        settleInRedis(set, id, true);
      },
      giveBack: () => {
        own.delete(id);
        settleInRedis(set, id, false);
      },
    };
  }

  async function takeOne(priority: Priority): Promise<Taken> {
    const level = levelOf(priority);
    const id = newId();
    if (own.size > 2 * limits.interactive) dropExpired();
    const answer = await ask(level, id);
    if (answer[0] === 1) return { counted: countedAs(level, id), used: granted.parse(answer)[1] };
    const [, waitMs, used, isPaused] = denied.parse(answer);
    return { waitMs, used, isPaused: isPaused === 1 };
  }

  function dropExpired(): void {
    const oldest = performance.now() - windowMs;
    for (const [id, { at }] of own) if (at !== null && at < oldest) own.delete(id);
  }

  return {
    get isAway() {
      return redis.isAway;
    },
    take: takeOne,
    note: (priority) => countedAs(levelOf(priority), newId()),
    refused: (retryAfterMs) =>
      void redis.run(refuse, states, [Math.ceil(retryAfterMs), cautionMs]).catch(() => undefined),
    restore,
  };
}

const levelOf = (priority: Priority): number => priorities.indexOf(priority) + 1;

const newId = (): string => randomBytes(9).toString('base64url');
