import { randomBytes } from 'node:crypto';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { type Redis, RedisAway } from './redis.ts';
import { bytes, textOf } from './replies.ts';
import type { Seal } from './seal.ts';
import { append, maxEntries, read } from './write-log-scripts.ts';

export type WriteLogOptions<R> = {
  redis: Redis;
  seal: Seal;
  /** Prefix of its keys. */
  prefix: string;
  /** Applies records in order to the lists of this replica. If it rejects, `reset` is called. */
  apply(records: readonly R[]): Promise<void>;
  /** Called when it is unknown what was written: no list that was read so far may be served. Never rejects. */
  reset(): Promise<void>;
};

type Entry = { id: string; sealed: Buffer };
type Unsent<R> = { record: R; removed: readonly string[] };

const betweenLooksMs = 1_000;
const betweenReadsMs = 3_600_000;

/**
 * The writes of all replicas, in one order. The id of the last write, the head, is the generation of the data. Each replica has
 * a position: the last write that it has applied. Its lists, its copies in Redis and its cached responses are of that position.
 *
 * Invariant: a write is in the log before it is acknowledged, and a read first gets the head and applies the writes it lacks.
 * So a read that begins after the acknowledgement shows the write, on every replica that reaches Redis.
 *
 * Ids are random, and a head counts only if it is the id of the log's last entry. If the log was flushed, trimmed or overwritten,
 * a replica does not find its position in it. It then resets and reads everything again, which is right whatever happened.
 * While Redis is away, replicas do not wait for each other. Their writes are appended when Redis is back.
 */
export class WriteLog<R> {
  readonly #options: WriteLogOptions<R>;
  readonly #keys: readonly [string, string];
  #position: string | null = null;
  /** Whether lists may have been read already, without a known position. */
  #hasBegun = false;
  #entries: readonly Entry[] = [];
  #nextLook: Promise<void> | null = null;
  /** The last GET of the head that was sent. */
  #looking: Promise<string | null> | null = null;
  #inOrder: Promise<unknown> = Promise.resolve();
  #unsent: Unsent<R>[] = [];
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(options: WriteLogOptions<R>) {
    this.#options = options;
    this.#keys = [`${options.prefix}:head`, `${options.prefix}:log`];
    options.redis.onBack(() => void this.#comeBack().catch(() => options.reset()));
    // A replica that gets no requests still has to learn of writes and of erased people.
    const readAgain = () => this.#enqueue(() => this.#read()).catch(() => undefined);
    this.#timers = [
      setInterval(() => void this.catchUp(), betweenLooksMs).unref(),
      // Reading keeps the log from expiring.
      setInterval(() => void readAgain(), betweenReadsMs).unref(),
    ];
  }

  /** Finds the position, unless Redis is away. Call it before any list is read. */
  async begin(): Promise<void> {
    await this.catchUp();
    this.#hasBegun = true;
  }

  /** The id of the last write that was applied; null before the first look. */
  get position(): string | null {
    return this.#position;
  }

  get headKey(): string {
    return this.#keys[0];
  }

  /**
   * Resolves when all writes are applied that were acknowledged before the call, or at once if Redis is away. Callers that come
   * while an earlier look is in flight share the next one.
   */
  catchUp(): Promise<void> {
    if (this.#options.redis.isAway) return Promise.resolve();
    this.#nextLook ??= this.#look();
    return this.#nextLook;
  }

  /**
   * Appends a write, and applies it to this replica in its order. Resolves with false if Redis is away: the other replicas
   * then see the write when Redis is back. `removed`: keys to delete in the same step.
   */
  async append(record: R, removed: readonly string[] = []): Promise<boolean> {
    if (await this.#send(record, removed)) return true;
    this.#unsent.push({ record, removed });
    await this.#enqueue(() => this.#apply([record]));
    return false;
  }

  /** Resolves when this replica has applied the write `head`. Throws RedisAway. */
  async reach(head: string): Promise<void> {
    if (this.#position === head) return;
    await this.#enqueue(async () => {
      if (!this.#holds(head)) await this.#read();
    });
  }

  /** The writes after `position` that this replica has applied; null if that is unknown. */
  since(position: string): readonly R[] | null {
    // Copies in Redis lack writes that could not be sent yet.
    if (this.#unsent.length > 0) return null;
    const at = this.#entries.findIndex(({ id }) => id === position);
    return at === -1 ? null : this.#open(this.#entries.slice(at + 1));
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Resolves with false if Redis is away. */
  async #send(record: R, removed: readonly string[]): Promise<boolean> {
    const { redis, seal } = this.#options;
    const id = newId();
    try {
      const sealed = seal.close(this.#keys[1], JSON.stringify(record));
      const previous = textOf(await redis.run(append, [...this.#keys, ...removed], [id, sealed]));
      await this.#enqueue(async () => {
        if (this.#holds(id)) return;
        if (previous === null || previous !== this.#position) return this.#read();
        await this.#apply([record]);
        this.#entries = [...this.#entries, { id, sealed }].slice(-maxEntries);
        this.#position = id;
      });
      return true;
    } catch (error) {
      if (error instanceof RedisAway) return false;
      throw error;
    }
  }

  async #look(): Promise<void> {
    // Callers of this turn share this look, and so do those that come while an earlier look is in flight.
    await endOfTurn();
    await this.#looking?.catch(() => undefined);
    // Later callers need another look: it has to be sent after their call.
    this.#nextLook = null;
    try {
      this.#looking = this.#options.redis.get(this.#keys[0]);
      const head = await this.#looking;
      if (head === this.#position && head !== null) return;
      if (head === null) await this.#enqueue(() => this.#read());
      else await this.reach(head);
    } catch (error) {
      if (!(error instanceof RedisAway)) await this.#options.reset();
    }
  }

  async #read(): Promise<void> {
    const { redis, reset } = this.#options;
    const [head, log] = bytes.array.parse(await redis.run(read, this.#keys, [newId()]));
    const entries = bytes.list.parse(log).map(toEntry);
    const at = entries.findIndex(({ id }) => id === this.#position);
    const records = at === -1 ? null : this.#open(entries.slice(at + 1));
    if (records !== null) await this.#apply(records);
    else if (this.#hasBegun) await reset();
    this.#entries = entries;
    this.#position = textOf(head);
  }

  async #apply(records: readonly R[]): Promise<void> {
    const { apply, reset } = this.#options;
    await (records.length === 0 ? undefined : apply(records).catch(() => reset()));
  }

  /** Returns null if one of them cannot be opened. */
  #open(entries: readonly Entry[]): R[] | null {
    const records: R[] = [];
    for (const { sealed } of entries) {
      const text = this.#options.seal.open(this.#keys[1], sealed);
      if (text === null) return null;
      // The seal proves that a replica wrote this text.
      records.push(JSON.parse(text));
    }
    return records;
  }

  #holds(id: string): boolean {
    return this.#position === id || this.#entries.some((it) => it.id === id);
  }

  async #comeBack(): Promise<void> {
    for (let [next] = this.#unsent; next !== undefined; [next] = this.#unsent) {
      if (!(await this.#send(next.record, next.removed))) return;
      this.#unsent.shift();
    }
    await this.catchUp();
  }

  /** Records are applied one after another, in the order in which they were enqueued. */
  #enqueue(run: () => Promise<void>): Promise<void> {
    const done = this.#inOrder.then(run);
    this.#inOrder = done.catch(() => undefined);
    return done;
  }
}

const newId = (): string => randomBytes(12).toString('base64url');

/** See write-log-scripts.ts. */
function toEntry(entry: Buffer): Entry {
  const id = entry.subarray(0, Math.max(entry.indexOf(' '), 0));
  const sealedAt = entry.indexOf(' ', id.length + 1) + 1;
  return { id: id.toString('latin1'), sealed: entry.subarray(sealedAt) };
}
