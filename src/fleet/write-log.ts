import { randomBytes } from 'node:crypto';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { type Redis, RedisAway } from './redis.ts';
import { bytes, textOf } from './replies.ts';
import type { Seal } from './seal.ts';
import { append, maxEntries, read } from './write-log-scripts.ts';

export type WriteLogOptions<R> = {
  redis: Redis;
  seal: Seal;
  /** Before the names of its keys. */
  prefix: string;
  /** Applies records, in their order, to what this process has read. Where that fails, all of it is reset. */
  apply(records: readonly R[]): Promise<void>;
  /** What was written is unknown: nothing that was read until now serves any longer. Does not fail. */
  reset(): Promise<void>;
};

type Entry = { id: string; sealed: Buffer };
type Unsent<R> = { record: R; removed: readonly string[] };

const betweenLooksMs = 1_000;
const betweenReadsMs = 3_600_000;
/** A look does not wait longer for an earlier one, however far away Redis is. */
const longestShareMs = 1;

/**
 * The writes of all replicas, in one order: the generation of the data is the id of the last one, the head. Each replica
 * has applied all writes up to its position, and its lists, copies in Redis and cached responses are of that position.
 *
 * Invariant: a write is in the log before it is acknowledged, and a read first looks at the head and applies what it has
 * not applied yet. So whatever begins after the acknowledgement shows the write, at any replica that reaches Redis.
 *
 * Ids are random, and a head counts only if it is that of the log's last entry. A position that the log does not hold (it was
 * flushed, trimmed, or written by strangers) therefore never passes for a later or an earlier one: everything is read anew
 * then, which is right whatever happened.
 * While Redis is away nobody is waited for; what was written meanwhile is appended when it is back.
 */
export class WriteLog<R> {
  readonly #options: WriteLogOptions<R>;
  readonly #keys: readonly [string, string];
  #position: string | null = null;
  /** Whether something may have been read that is of no known position. */
  #hasBegun = false;
  #entries: readonly Entry[] = [];
  #nextLook: Promise<void> | null = null;
  /** Of the look that was sent last: for how long the next one waits for others to come along. */
  #looking: Promise<void> | null = null;
  #inOrder: Promise<unknown> = Promise.resolve();
  #unsent: Unsent<R>[] = [];
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(options: WriteLogOptions<R>) {
    this.#options = options;
    this.#keys = [`${options.prefix}:head`, `${options.prefix}:log`];
    options.redis.onBack(() => void this.#comeBack().catch(() => options.reset()));
    // Whoever is asked nothing hears of writes, and of people who are to be erased, all the same.
    const readAgain = () => this.#enqueue(() => this.#read()).catch(() => undefined);
    this.#timers = [
      setInterval(() => void this.catchUp(), betweenLooksMs).unref(),
      // A log that nobody reads ends some time.
      setInterval(() => void readAgain(), betweenReadsMs).unref(),
    ];
  }

  /** Finds its position, where Redis is there. Before anything is read. */
  async begin(): Promise<void> {
    await this.catchUp();
    this.#hasBegun = true;
  }

  /** The id of the last write that has been applied; null before the first look. */
  get position(): string | null {
    return this.#position;
  }

  get headKey(): string {
    return this.#keys[0];
  }

  /**
   * Resolves when everything is applied that was acknowledged before the call; at once where Redis is away. Costs one look
   * for all who ask in the same turn of the event loop.
   */
  catchUp(): Promise<void> {
    if (this.#options.redis.isAway) return Promise.resolve();
    this.#nextLook ??= this.#look();
    return this.#nextLook;
  }

  /**
   * Adds a write, and applies it here in its order. Returns whether the others will see it at once; else they do when Redis
   * is back. `removed` are keys that go together with what it changes.
   */
  async append(record: R, removed: readonly string[] = []): Promise<boolean> {
    if (await this.#send(record, removed)) return true;
    this.#unsent.push({ record, removed });
    await this.#enqueue(() => this.#apply([record]));
    return false;
  }

  /** Resolves when this process is at `head` or past it. Throws RedisAway. */
  async reach(head: string): Promise<void> {
    if (this.#position === head) return;
    await this.#enqueue(async () => {
      if (!this.#holds(head)) await this.#read();
    });
  }

  /** What was written after `position`, up to where this process is; null where that is unknown. */
  since(position: string): readonly R[] | null {
    // The others do not know yet what was written here.
    if (this.#unsent.length > 0) return null;
    const at = this.#entries.findIndex(({ id }) => id === position);
    return at === -1 ? null : this.#open(this.#entries.slice(at + 1));
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** False where Redis is away. */
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
    // All that begin in this turn come along, and all that begin while an earlier look is on its way.
    await (this.#looking ?? endOfTurn());
    // Who comes later needs a look of their own: it must be sent after their beginning.
    this.#nextLook = null;
    const { redis } = this.#options;
    try {
      const answer = redis.get(this.#keys[0]);
      this.#looking = settled(answer, longestShareMs);
      const head = textOf(await answer);
      this.#looking = null;
      if (head === null) await this.#enqueue(() => this.#read());
      else await this.reach(head);
    } catch (error) {
      this.#looking = null;
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

  /** Null where one of them cannot be opened, or is none. */
  #open(entries: readonly Entry[]): R[] | null {
    const records: R[] = [];
    for (const { sealed } of entries) {
      const text = this.#options.seal.open(this.#keys[1], sealed);
      if (text === null) return null;
      // The seal vouches for the text: it is ours, letter by letter.
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

  /** Records are applied one after another, whoever has found them. */
  #enqueue(run: () => Promise<void>): Promise<void> {
    const done = this.#inOrder.then(run);
    this.#inOrder = done.catch(() => undefined);
    return done;
  }
}

/** Resolves when it is settled, and after so many milliseconds at the latest. */
const settled = (answer: Promise<unknown>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    answer.then(end, end);
  });

const newId = (): string => randomBytes(12).toString('base64url');

/** See write-log-scripts.ts. */
function toEntry(entry: Buffer): Entry {
  const id = entry.subarray(0, Math.max(entry.indexOf(' '), 0));
  const sealedAt = entry.indexOf(' ', id.length + 1) + 1;
  return { id: id.toString('latin1'), sealed: entry.subarray(sealedAt) };
}
