import { randomBytes } from 'node:crypto';
import type { Copy, CopyAge, ListLease, ListTurnOptions, SharedList } from '../cache/shared-list.ts';
import { UpstreamError } from '../errors.ts';
import { failureFromJson, failureToJson } from './failure.ts';
import { type BodyRef, download, toBody, upload } from './list-body.ts';
import { type Redis, RedisAway } from './redis.ts';
import type { Seal } from './seal.ts';
import { type Held, type Lease, type Publication, SharedValue } from './turns.ts';
import type { WriteLog } from './write-log.ts';

export type SharedListOptions<L, R> = {
  redis: Redis;
  /** Of what the list is read from: others with other accounts or rights have lists of their own. */
  seal: Seal;
  key: string;
  log: WriteLog<R>;
  /** A list with what was written after it had been read; null for one that has to be read anew. */
  replay(list: L, record: R): L | null;
};

/** What is to be known of a copy before its rows are fetched. `position`: of the log of writes, all of which it shows. */
type Meta = Pick<CopyAge, 'windows'> & { position: string; body: BodyRef; tookMs: number };

/** Where rows have been put that are not in their place yet; null for rows that are there already. */
type Uploaded = { body: BodyRef; key: string | null };

const maxPublications = 5;

/**
 * A list that one replica has read, for all. A copy is good for a position in the log of writes: it is published only while
 * that is the head, in one step, and whoever takes it applies what was written since. So no copy ever shows less than what
 * had been acknowledged when somebody asked for it.
 */
export class ListStore<L extends object, R> implements SharedList<L> {
  readonly #options: SharedListOptions<L, R>;
  readonly #shared: SharedValue;
  readonly #bodyKey: string;
  /** Of lists of this process that are in Redis, or were. */
  readonly #bodies = new WeakMap<L, BodyRef>();
  /** What this process has last taken or published. */
  #version: string | null = null;
  #latest: BodyRef | null = null;

  constructor(options: SharedListOptions<L, R>) {
    this.#options = options;
    this.#shared = new SharedValue(options.redis, options.key, options.log.headKey);
    this.#bodyKey = `${options.key}:body`;
  }

  /** All keys that hold rows. */
  get keys(): readonly string[] {
    return [...this.#shared.keys, this.#bodyKey];
  }

  async turn(options: ListTurnOptions<L>): Promise<{ copy: Copy<L> } | { lease: ListLease<L> }> {
    const turn = await this.#shared.turn<Copy<L>>({
      ...options,
      use: (held) => this.#use(held, options).catch(unlessAway),
    });
    if ('used' in turn) return { copy: turn.used };
    if ('lease' in turn) return { lease: this.#leaseOf(turn.lease) };
    const { seal, key } = this.#options;
    const failure = failureFromJson(JSON.parse(seal.open(key, turn.failed) ?? 'null'));
    if (failure !== null) throw failure;
    // Of a replica with other accounts or another secret.
    return this.turn(options);
  }

  async #use(held: Held, options: ListTurnOptions<L>): Promise<Copy<L> | undefined> {
    const foundAt = performance.now();
    const { seal, key, log } = this.#options;
    const text = seal.open(key, held.bytes);
    if (text === null) return undefined;
    // The seal vouches for the text.
    const meta: Meta = JSON.parse(text);
    const age = { ageMs: held.ageMs, windows: meta.windows, isCurrent: held.version === this.#version };
    const need = options.need(age);
    if (need === 'no') return undefined;
    if (held.head !== null) await log.reach(held.head);
    if (this.#replayed(null, meta) === undefined) return undefined;
    const read = await this.#read(meta, options.previous());
    // Nothing is waited for from here on: what is written later is applied to what is taken.
    const value = read && this.#replayed(read, meta);
    if (value == null) return undefined;
    const { windows, tookMs } = meta;
    const copy = { value, windows, tookMs, ageMs: held.ageMs + performance.now() - foundAt };
    this.#version = held.version;
    this.#latest = meta.body;
    if (need === 'instead') return copy;
    await options.standIn(copy);
    return undefined;
  }

  /** With all that was written since; undefined for a copy that does not show all of it and never will. */
  #replayed(list: L | null, { position }: Meta): L | null | undefined {
    const { log, replay } = this.#options;
    const records = log.since(position);
    if (records === null) return undefined;
    let current = list;
    for (const record of records) {
      if (current === null) continue;
      current = replay(current, record);
      if (current === null) return undefined;
    }
    return current;
  }

  async #read({ body }: Meta, previous: L | null): Promise<L | null> {
    if (previous !== null && this.#bodies.get(previous)?.id === body.id) return previous;
    const { redis, seal } = this.#options;
    const list = await download(redis, seal, this.#bodyKey, body, previous);
    if (list !== null) this.#bodies.set(list, body);
    return list;
  }

  #leaseOf(lease: Lease): ListLease<L> {
    const { log, seal, key } = this.#options;
    return {
      progress: lease.progress,
      onHurry: (hurry) =>
        lease.onBeat(({ head, isHurried }) => {
          // What is being read may be out of date by a write through another replica.
          if (head !== null) log.reach(head).catch(unlessAway);
          if (isHurried) hurry();
        }),
      publish: (current) => this.#publish(lease, current),
      fail: async (error) => {
        if (!(error instanceof UpstreamError)) return lease.release();
        await lease.fail(seal.close(key, JSON.stringify(failureToJson(error))));
      },
      release: lease.release,
    };
  }

  async #publish(lease: Lease, current: () => Copy<L> | null): Promise<void> {
    const { log } = this.#options;
    try {
      for (let tries = 0; tries < maxPublications; tries += 1) {
        const value = current()?.value;
        if (value === undefined) break;
        const uploaded = await this.#upload(value, tries > 0);
        await log.catchUp();
        const copy = current();
        const { position } = log;
        if (copy?.value !== value || position === null) continue;
        const version = await lease.publish(this.#publicationOf(copy, position, uploaded));
        if (version === null) continue;
        this.#version = version;
        this.#latest = uploaded.body;
        return;
      }
    } catch {
      // The others read it for themselves.
    }
    await lease.release();
  }

  /** Rows that are there already are not sent again, unless they may be gone. */
  async #upload(value: L, isAgain: boolean): Promise<Uploaded> {
    const { redis, seal } = this.#options;
    const isThere = (body: BodyRef | undefined) => !isAgain && body !== undefined && body.id === this.#latest?.id;
    const known = this.#bodies.get(value);
    if (known !== undefined && isThere(known)) return { body: known, key: null };
    const { texts, ...body } = await toBody(value);
    this.#bodies.set(value, body);
    if (isThere(body)) return { body, key: null };
    const key = `${this.#bodyKey}:${randomBytes(9).toString('base64url')}`;
    await upload(redis, seal, key, this.#bodyKey, { ...body, texts });
    return { body, key };
  }

  #publicationOf(
    { windows, tookMs, ageMs }: Copy<L>,
    position: string,
    { body, key: uploadKey }: Uploaded,
  ): Publication {
    const { seal, key, log } = this.#options;
    const meta: Meta = { position, body, windows, tookMs };
    return {
      bytes: seal.close(key, JSON.stringify(meta)),
      ageMs,
      lastsMs: windows.ifError - ageMs,
      head: { key: log.headKey, is: position },
      ...(uploadKey === null ? { kept: [this.#bodyKey] } : { renames: [[uploadKey, this.#bodyKey]] }),
    };
  }
}

function unlessAway(error: unknown): undefined {
  if (!(error instanceof RedisAway)) throw error;
  return undefined;
}
