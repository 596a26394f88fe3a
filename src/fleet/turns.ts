import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Redis, RedisAway, script } from './redis.ts';
import { bytes, textOf } from './replies.ts';

/** A value in Redis. Each publication has another `version`. */
export type Held = { bytes: Buffer; version: string; ageMs: number; head: string | null };

export type TurnOptions<T> = {
  /** Returns undefined for a value that cannot be used: it then has to be made again. */
  use(held: Held): Promise<T | undefined> | T | undefined;
  /** The present value is not to be used, whatever it is. */
  isAnew?: boolean;
  /** Whether the maker of the value should hurry. */
  isUrgent?: () => boolean;
  signal?: AbortSignal;
  /** Reports the progress of another replica that makes the value. */
  onProgress?: (done: number, expected: number | null) => void;
};

/** `failed`: why another replica, which we have waited for, could not make the value. */
export type Turn<T> = { used: T } | { failed: Buffer } | { lease: Lease };

type Beat = { head: string | null; isHurried: boolean };

/** The right to make a value. One replica has it at a time, as long as it renews the lease. If Redis is away, all have it. */
export type Lease = {
  /** Called a few times a second while the lease is held. */
  onBeat(listener: (beat: Beat) => void): void;
  progress(done: number, expected: number | null): void;
  /**
   * Publishes the value and ends the lease. Resolves with the new version; with null if the lease is lost, `head` has changed,
   * or a key of `kept` is gone.
   */
  publish(value: Publication): Promise<string | null>;
  /** Ends the lease. Replicas that wait get the failure. */
  fail(failure: Buffer): Promise<void>;
  release(): Promise<void>;
};

export type Publication = {
  bytes: Buffer;
  /** Age of the value's data. */
  ageMs: number;
  lastsMs: number;
  /** The value is published only if this key has this content. */
  head?: { key: string; is: string };
  /** Keys to rename in the same step: from, to. */
  renames?: readonly (readonly [string, string])[];
  /** Keys whose expiry is set to that of the value. */
  kept?: readonly string[];
};

const leaseMs = 5_000;
const betweenBeatsMs = 250;
/** Between checks whether another replica has made the value. Short at first, for short lists. */
const pauseMs = (waitedMs: number): number => (waitedMs < 2_000 ? 40 : 250);
/** Replicas that have waited for a failed attempt share its failure for this long. */
const failureLastsMs = 5_000;

/**
 * KEYS: value, lease, failure, head. ARGV: token, version that could not be used, token of the holder that we have waited
 * for, whether it is urgent. Returns {'held', bytes, version, age, head}, {'failed', bytes}, {'busy', token, done, expected} or
 * {'lease'}.
 */
const turn = script(`
  local version = redis.call('HGET', KEYS[1], 'version')
  if version and ARGV[2] ~= '*' and version ~= ARGV[2] then
    local time = redis.call('TIME')
    local age = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(redis.call('HGET', KEYS[1], 'at'))
    return {'held', redis.call('HGET', KEYS[1], 'bytes'), version, age, redis.call('GET', KEYS[4])}
  end
  local holder = redis.call('HGET', KEYS[2], 'token')
  if holder and redis.call('PTTL', KEYS[2]) > 0 then
    if ARGV[4] == '1' then redis.call('HSET', KEYS[2], 'hurry', '1') end
    return {'busy', holder, redis.call('HGET', KEYS[2], 'done'), redis.call('HGET', KEYS[2], 'expected')}
  end
  if ARGV[3] ~= '' and redis.call('HGET', KEYS[3], 'token') == ARGV[3] then
    return {'failed', redis.call('HGET', KEYS[3], 'bytes')}
  end
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[2], 'token', ARGV[1], 'done', '0', 'expected', '', 'hurry', '0')
  redis.call('PEXPIRE', KEYS[2], ${leaseMs})
  return {'lease'}`);

/** KEYS: lease, head. ARGV: token, done, expected. */
const beat = script(`
  if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return {0} end
  redis.call('HSET', KEYS[1], 'done', ARGV[2], 'expected', ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ${leaseMs})
  return {1, redis.call('HGET', KEYS[1], 'hurry'), redis.call('GET', KEYS[2])}`);

/** KEYS: value, lease, head, kept..., renames in pairs. ARGV: token, bytes, version, age, lasts, head, number of kept. */
const publish = script(`
  if redis.call('HGET', KEYS[2], 'token') ~= ARGV[1] then return 0 end
  if ARGV[6] ~= '' and redis.call('GET', KEYS[3]) ~= ARGV[6] then return 0 end
  local kept = tonumber(ARGV[7])
  for index = 4 + kept, #KEYS, 2 do
    if redis.call('EXISTS', KEYS[index]) == 0 then return 0 end
    redis.call('RENAME', KEYS[index], KEYS[index + 1])
    redis.call('PEXPIRE', KEYS[index + 1], ARGV[5])
  end
  for index = 4, 3 + kept do
    if redis.call('PEXPIRE', KEYS[index], ARGV[5]) == 0 then return 0 end
  end
  local time = redis.call('TIME')
  local at = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[4]
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'bytes', ARGV[2], 'version', ARGV[3], 'at', at)
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return 1`);

/** KEYS: lease, failure. ARGV: token, the failure or nothing. */
const release = script(`
  if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
  redis.call('DEL', KEYS[1])
  if ARGV[2] ~= '' then
    redis.call('DEL', KEYS[2])
    redis.call('HSET', KEYS[2], 'token', ARGV[1], 'bytes', ARGV[2])
    redis.call('PEXPIRE', KEYS[2], ${failureLastsMs})
  end
  return 1`);

const name = z.tuple([bytes.buffer]).rest(z.unknown());
const heldReply = z.tuple([bytes.buffer, bytes.buffer, bytes.buffer, z.number(), bytes.buffer.nullable()]);
const busyReply = z.tuple([bytes.buffer, bytes.buffer, bytes.buffer.nullable(), bytes.buffer.nullable()]);
const beatReply = z.union([
  z.tuple([z.literal(0)]),
  z.tuple([z.literal(1), bytes.buffer.nullable(), bytes.buffer.nullable()]),
]);

/**
 * A value that one replica makes at a time and all replicas use. The maker holds a lease, which expires if the maker stops.
 * Publishing checks the lease in the same step, so a maker that was paused beyond the end of its lease cannot publish
 * (fencing).
 */
export class SharedValue {
  readonly #redis: Redis;
  readonly #value: string;
  readonly #lease: string;
  readonly #failure: string;
  readonly #head: string;

  /** `head`: a key whose content is returned along with the value. */
  constructor(redis: Redis, key: string, head = `${key}:head`) {
    this.#redis = redis;
    this.#value = key;
    this.#lease = `${key}:lease`;
    this.#failure = `${key}:failure`;
    this.#head = head;
  }

  /** The keys that contain the value or a failure. */
  get keys(): readonly string[] {
    return [this.#value, this.#failure];
  }

  /** Resolves with a value that can be used, or with the right to make one. Throws the signal's reason. */
  async turn<T>({ use, isAnew, isUrgent, signal, onProgress }: TurnOptions<T>): Promise<Turn<T>> {
    const token = randomBytes(12).toString('base64url');
    let useless = isAnew ? '*' : '';
    let holder = '';
    let reported = 0;
    for (const beganAt = performance.now(); ; ) {
      signal?.throwIfAborted();
      const askedAt = performance.now();
      const reply = await this.#ask([token, useless, holder, isUrgent?.() ? '1' : '0']);
      const kind = reply === null ? 'lease' : textOf(name.parse(reply)[0]);
      if (kind === 'lease') return { lease: this.#hold(token) };
      if (kind === 'failed') return { failed: bytes.list.parse(reply)[1] ?? Buffer.alloc(0) };
      if (kind === 'held') {
        const [, held, version, ageMs, head] = heldReply.parse(reply);
        const oldestMs = ageMs + performance.now() - askedAt;
        const value: Held = { bytes: held, version: version.toString(), ageMs: oldestMs, head: textOf(head) };
        // The clock of Redis has been set back since the publication, so the age is unknown.
        const used = ageMs < 0 ? undefined : await use(value);
        if (used !== undefined) return { used };
        useless = version.toString();
        continue;
      }
      const [, other, done, expected] = busyReply.parse(reply);
      holder = other.toString();
      const count = textOf(expected) ?? '';
      const rows = Number(textOf(done));
      if (rows !== reported) onProgress?.(rows, count === '' ? null : Number(count));
      reported = rows;
      const ms = pauseMs(performance.now() - beganAt);
      await delay(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
    }
  }

  /** Resolves with null if Redis is away. */
  async #ask(args: readonly string[]): Promise<unknown> {
    return this.#redis.run(turn, [this.#value, this.#lease, this.#failure, this.#head], args).catch(orNull);
  }

  #hold(token: string): Lease {
    const listeners: ((beat: Beat) => void)[] = [];
    let [done, expected] = ['0', ''];

    const renew = async () => {
      const reply = await this.#redis.run(beat, [this.#lease, this.#head], [token, done, expected]).catch(orNull);
      const [isHeld, hurry, head] = beatReply.parse(reply ?? [0]);
      if (isHeld === 0) return;
      for (const listener of listeners)
        listener({ isHurried: textOf(hurry ?? null) === '1', head: textOf(head ?? null) });
    };
    // Without this renewal the lease expires, and nothing can be published.
    const timer = setInterval(() => void renew().catch(() => undefined), betweenBeatsMs).unref();

    const end = async (failure: Buffer | '') => {
      clearInterval(timer);
      await this.#redis.run(release, [this.#lease, this.#failure], [token, failure]).catch(orNull);
    };

    return {
      onBeat: (listener) => void listeners.push(listener),
      progress: (rows, count) => {
        [done, expected] = [String(rows), count === null ? '' : String(count)];
      },
      publish: async ({ bytes: value, ageMs, lastsMs, head, kept = [], renames = [] }) => {
        const keys = [this.#value, this.#lease, head?.key ?? this.#head, ...kept, ...renames.flat()];
        const version = randomBytes(9).toString('base64url');
        const rest = [Math.round(ageMs), Math.max(1, Math.round(lastsMs)), head?.is ?? '', kept.length];
        const reply = await this.#redis.run(publish, keys, [token, value, version, ...rest]).catch(orNull);
        if (reply !== 1) return null;
        clearInterval(timer);
        return version;
      },
      fail: (failure) => end(failure),
      release: () => end(''),
    };
  }
}

function orNull(error: unknown): null {
  if (error instanceof RedisAway) return null;
  throw error;
}
