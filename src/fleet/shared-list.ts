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
  /** Its context is the account and settings that the list is read with; replicas with others cannot open the list. */
  seal: Seal;
  key: string;
  log: WriteLog<R>;
  /** Applies a write to a list that was read before it; null if the list has to be read again. */
  replay(list: L, record: R): L | null;
};

/** Describes a copy without its rows. The copy shows all writes up to `position` in the write log. */
type Meta = Pick<CopyAge, 'windows'> & { position: string; body: BodyRef; tookMs: number };

/** `key`: where the rows are until they are published; null if they are published already. */
type Uploaded = { body: BodyRef; key: string | null };

const maxPublications = 5;

/**
 * A list that one replica has read for all. A copy in Redis belongs to a position in the write log. It is published only while
 * that position is the head, in one step. A replica that takes the copy applies the writes after that position. So a copy
 * always shows every write that was acknowledged before it was requested.
 */
export class ListStore<L extends object, R> implements SharedList<L> {
  readonly #options: SharedListOptions<L, R>;
  readonly #shared: SharedValue;
  readonly #bodyKey: string;
  /** For lists of this replica that are or were in Redis. */
  readonly #bodies = new WeakMap<L, BodyRef>();
  /** The version that this replica has last taken or published. */
  #version: string | null = null;
  #latest: BodyRef | null = null;

  constructor(options: SharedListOptions<L, R>) {
    this.#options = options;
    this.#shared = new SharedValue(options.redis, options.key, options.log.headKey);
    this.#bodyKey = `${options.key}:body`;
  }

  /** All keys that contain rows. */
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
    // The failure is of a replica with other accounts or another secret.
    return this.turn(options);
  }

  async #use(held: Held, options: ListTurnOptions<L>): Promise<Copy<L> | undefined> {
    const foundAt = performance.now();
    const { seal, key, log } = this.#options;
    const text = seal.open(key, held.bytes);
    if (text === null) return undefined;
    // The seal proves that a replica wrote this text.
    const meta: Meta = JSON.parse(text);
    const age = { ageMs: held.ageMs, windows: meta.windows, isCurrent: held.version === this.#version };
    const need = options.need(age);
    if (need === 'no') return undefined;
    if (held.head !== null) await log.reach(held.head);
    if (this.#replayed(null, meta) === undefined) return undefined;
    const read = await this.#read(meta, options.previous());
    // No await from here on: a later write is applied to the list once it is taken.
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

  /** The list with all writes since the copy; undefined if they are unknown, or the list has to be read again. */
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
          // A write through another replica may make the running reading out of date.
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
      // Other replicas then read the list themselves.
    }
    await lease.release();
  }

  /** Rows that are in Redis already are not sent again, unless Redis may have lost them. */
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
