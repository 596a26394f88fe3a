import type { ListOf, Reading } from '../domain/list-reading.ts';
import { type ErrorCode, UpstreamError } from '../errors.ts';
import { Amendments } from './amendments.ts';
import type { CachedListOptions, ListRequest } from './cached-list-options.ts';
import { type Entry, isOutage, type Loaded, type StoredList, toLoaded } from './entry.ts';
import { createRenewal } from './renewal.ts';
import { type Priority, type Progress, RunningReading } from './running-reading.ts';
import type { CacheCounts } from './statistics.ts';
import { slowMs, type Windows, windowsOf } from './windows.ts';

type Running<L> = { reading: RunningReading<L>; published: Promise<void> };
type Unfinished<L> = { reading: Reading<L>; startedAt: number; tookMs: number; generation: number };

/** After a failure a stale list goes on serving for so long before the upstream is asked again. */
const pauseMs = 5_000;
/** A reading that began longer ago than this starts anew after a failure: its pages are too old. */
const resumableMs = 600_000;

/**
 * One whole list of an upstream: read once for all who ask at the same time, then served within its windows (RFC 5861:
 * fresh, stale while it is read again, stale if that fails). It comes with the service's own credentials; what a caller
 * may see of it is decided at the field.
 */
export class CachedList<L extends ListOf<unknown>> {
  readonly counts: CacheCounts = { hits: 0, staleHits: 0, shared: 0, misses: 0 };
  readonly #options: CachedListOptions<L>;
  readonly #now: () => number;
  readonly #renewal;
  readonly #amendments = new Amendments<L>();
  #entry: Entry<L> | null = null;
  #running: Running<L> | null = null;
  #unfinished: Unfinished<L> | null = null;
  #failure: ErrorCode | null = null;
  #pausedUntil = 0;
  #generation = 0;
  #version = 0;
  #usedAt = 0;

  constructor(options: CachedListOptions<L>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.timeOrigin + performance.now());
    this.#renewal = createRenewal(this.#now, () => this.#renew('renewal'));
  }

  /** Grows whenever the value changes or is invalidated. */
  get version(): number {
    return this.#version;
  }

  /** The list that was read last, whatever its age; null before the first. */
  get current(): StoredList<L> | null {
    return this.#entry;
  }

  /** As `current`, where it has not been invalidated. */
  get valid(): StoredList<L> | null {
    const entry = this.#entry;
    if (entry?.generation !== this.#generation) return null;
    return { value: entry.value, asOf: entry.asOf, tookMs: entry.tookMs };
  }

  /** Of the reading in flight. */
  get progress(): Progress | null {
    return this.#running?.reading.progress() ?? null;
  }

  /**
   * The list where one serves, at once; else when it has been read. Throws the UpstreamError of the reading, or
   * UPSTREAM_RATE_LIMITED at once where the reading is known to take longer than the request has.
   */
  get(request: ListRequest): Loaded<L> | Promise<Loaded<L>> {
    const now = this.#now();
    this.#usedAt = now;
    const entry = this.#entry;
    if (entry === null || !this.#isAcceptable(entry, request)) return this.#wait(request);
    const age = now - entry.asOf;
    if (age < entry.windows.fresh) {
      this.counts.hits += 1;
      return toLoaded(entry, null);
    }
    const isPaused = now < this.#pausedUntil && age < entry.windows.ifError;
    if (age >= entry.windows.whileRevalidate && !isPaused) return this.#wait(request);
    this.counts.staleHits += 1;
    this.#renew('background');
    return toLoaded(entry, this.#failure);
  }

  /** The list without asking the upstream: null where none serves, not even in an outage. */
  peek(): Loaded<L> | null {
    const entry = this.#entry;
    const serves = entry?.generation === this.#generation && this.#now() - entry.asOf < entry.windows.ifError;
    return entry !== null && serves ? toLoaded(entry, this.#failure) : null;
  }

  /** Begins to read, with the process. Resolves when the first reading has ended, however that is. */
  start(): Promise<void> {
    this.#usedAt = this.#now();
    this.#renew('background');
    return this.#running?.published.catch(() => undefined) ?? Promise.resolve();
  }

  /** Takes over a copy from before a restart, if it is not too old: it serves until the first reading has come. */
  async restore({ value, asOf, tookMs }: StoredList<L>): Promise<boolean> {
    const windows = this.#windowsOf(value, tookMs);
    const isUsable = asOf <= this.#now() && this.#now() - asOf < windows.ifError;
    if (!isUsable) return false;
    const entry = { value, asOf, tookMs, windows: { ...windows, whileRevalidate: windows.ifError }, generation: 0 };
    await this.#options.publish(value, { isWanted: () => this.#entry === null, commit: () => this.#commit(entry) });
    return this.#entry === entry;
  }

  /** Something was written: no list whose reading began before serves from now on. */
  invalidate(): void {
    this.#supersede();
    this.#version += 1;
    this.#options.onChange();
  }

  /**
   * Changes the list by what we have written ourselves, and resolves when it is current; a reading that began before is
   * changed when it ends. `change` returns the same list where there is nothing to change.
   */
  async amend(change: (value: L) => L): Promise<void> {
    this.#amendments.add(this.#now(), change);
    for (let entry = this.#entry; entry !== null; entry = this.#entry) {
      const amended = { ...entry, value: change(entry.value) };
      if (amended.value === entry.value) return;
      const isWanted = () => this.#entry === entry;
      await this.#options.publish(amended.value, { isWanted, commit: () => this.#commit(amended) });
      if (this.#entry === amended) return;
    }
  }

  /** As `amend`, but for ever: what is being read is read anew, so that no page of it brings back what was erased. */
  async erase(change: (value: L) => L): Promise<void> {
    const isReading = this.#running !== null;
    const isValid = this.#entry?.generation === this.#generation;
    this.#supersede();
    const generation = isValid ? this.#generation : -1;
    for (let entry = this.#entry; entry !== null; entry = this.#entry) {
      const erased = { ...entry, value: change(entry.value), generation };
      const isWanted = () => this.#entry === entry;
      await this.#options.publish(erased.value, { isWanted, commit: () => this.#commit(erased) });
      if (this.#entry === erased) break;
    }
    if (isReading) this.#renew('background');
  }

  close(): void {
    this.#renewal.cancel();
    this.#running?.reading.cancel();
  }

  #isAcceptable(entry: Entry<L>, { since }: ListRequest): boolean {
    return entry.generation === this.#generation && (since === null || entry.asOf >= since || entry.tookMs > slowMs);
  }

  async #wait(request: ListRequest): Promise<Loaded<L>> {
    this.counts[this.#running === null ? 'misses' : 'shared'] += 1;
    for (;;) {
      request.signal.throwIfAborted();
      const running = this.#running ?? this.#begin(this.#options.priority, request.since !== null);
      const { reading, published } = running;
      const serves =
        reading.generation === this.#generation && (request.since === null || reading.startedAt >= request.since);
      try {
        await reading.wait(published, request, this.#options.priority);
        const entry = this.#entry;
        if (serves && entry?.generation === this.#generation) return toLoaded(entry, null);
      } catch (error) {
        const isSuperseded = reading.generation !== this.#generation;
        if (isSuperseded && !request.signal.aborted && performance.now() < request.deadline) continue;
        if (serves) return this.#standIn(error, request);
        // It began too early to serve: one reading at a time, the next one is ours.
        if (this.#running === running) throw error;
      }
    }
  }

  /** A stale list for as long as it may stand in for one that could not be had. */
  #standIn(error: unknown, request: ListRequest): Loaded<L> {
    const entry = this.#entry;
    const isUsable = entry?.generation === this.#generation && this.#now() - entry.asOf < entry.windows.ifError;
    if (entry === null || !isUsable || !isOutage(error) || request.signal.aborted) throw error;
    // A reading that goes on, and only takes longer than the request can wait, has not failed.
    return toLoaded(entry, this.#running === null ? error.code : null);
  }

  #renew(priority: Priority): void {
    if (this.#running === null && this.#now() >= this.#pausedUntil) this.#begin(priority, false);
  }

  #begin(priority: Priority, isAnew: boolean): Running<L> {
    const { upstream, name, read, send, secondsFor, isAhead, onProgress } = this.#options;
    const generation = this.#generation;
    const now = this.#now();
    const unfinished = isAnew ? null : this.#unfinished;
    const isResumable = unfinished?.generation === generation && now - unfinished.startedAt < resumableMs;
    const fresh = { reading: read(this.#entry?.value ?? null), startedAt: now, tookMs: 0, generation };
    const attempt = unfinished !== null && isResumable ? unfinished : fresh;
    this.#renewal.cancel();
    const reading = new RunningReading<L>({
      ...{ upstream, name, priority, send, secondsFor, onProgress, generation },
      ...{ reading: attempt.reading, startedAt: attempt.startedAt, isKeptAlive: isAhead },
    });
    const published = this.#publish(reading, attempt);
    this.#running = { reading, published };
    published.catch(() => undefined);
    return this.#running;
  }

  async #publish(running: RunningReading<L>, { startedAt, tookMs, generation }: Unfinished<L>): Promise<void> {
    const beganAt = performance.now();
    const took = () => tookMs + performance.now() - beganAt;
    try {
      const value = this.#amendments.applyTo(await running.result, startedAt);
      const entry = { value, asOf: startedAt, tookMs: took(), windows: this.#windowsOf(value, took()), generation };
      const isWanted = () => generation === this.#generation && this.#amendments.applyTo(value, startedAt) === value;
      await this.#options.publish(value, { isWanted, commit: () => this.#commit(entry) });
      if (this.#entry !== entry) throw new Error('The list was changed or invalidated while it was read.');
      this.#amendments.dropUntil(startedAt);
      this.#unfinished = null;
      this.#failure = null;
      this.#pausedUntil = 0;
      if (this.#entry !== null) this.#options.onLoaded(this.#entry.value);
    } catch (error) {
      if (generation === this.#generation) {
        this.#unfinished = { reading: running.reading, startedAt, tookMs: took(), generation };
        this.#pausedUntil = this.#now() + pauseMs;
        if (error instanceof UpstreamError) this.#failure = error.code;
      }
      throw error;
    } finally {
      if (this.#running?.reading === running) this.#running = null;
      const { isAhead } = this.#options;
      if (isAhead) this.#renewal.plan({ entry: this.#entry, usedAt: this.#usedAt, pausedUntil: this.#pausedUntil });
    }
  }

  #supersede(): void {
    this.#generation += 1;
    this.#unfinished = null;
    this.#running?.reading.cancel();
  }

  #commit(entry: Entry<L>): void {
    const isChange = entry.value !== this.#entry?.value;
    this.#entry = entry;
    if (!isChange) return;
    this.#version += 1;
    this.#options.onChange();
  }

  #windowsOf(value: L, tookMs: number): Windows {
    return windowsOf(this.#options.windows, { pages: value.pages, tookMs, isEmpty: value.rows.length === 0 });
  }
}
