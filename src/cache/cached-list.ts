import { detached } from '../domain/detached.ts';
import type { ListOf } from '../domain/list-reading.ts';
import type { CachedListOptions, ListRequest } from './cached-list-options.ts';
import { type Change, Changes } from './changes.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Entry, isOutage, type Loaded, type StoredList, toLoaded } from './entry.ts';
import { entryOf } from './read-entry.ts';
import { Readings, type ReadList } from './readings.ts';
import { createRenewal } from './renewal.ts';
import type { Progress } from './running-reading.ts';
import { sameList } from './same-list.ts';
import { type Copy, needOf } from './shared-list.ts';
import type { CacheCounts } from './statistics.ts';
import { slowMs, windowsOf } from './windows.ts';

/**
 * One whole list of an upstream. Concurrent requests share one reading; then the list serves within its windows (RFC
 * 5861: fresh, stale while revalidated, stale if error). It is read with the service's own credentials; each field
 * decides what a caller may see of it.
 */
export class CachedList<L extends ListOf<unknown>> {
  readonly counts: CacheCounts = { hits: 0, staleHits: 0, shared: 0, misses: 0 };
  readonly #options: CachedListOptions<L>;
  readonly #clock: Clock;
  readonly #renewal;
  readonly #readings: Readings<L>;
  readonly #changes = new Changes<L>();
  #entry: Entry<L> | null = null;
  /** False from an invalidation until the list has been read again. */
  #isValid = true;
  #hasRead = false;
  #isClosed = false;
  #version = 0;
  #usedAt = 0;

  constructor(options: CachedListOptions<L>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#renewal = createRenewal({ ...options, clock: this.#clock, renew: () => this.#readAhead() });
    this.#readings = new Readings<L>({
      list: options,
      clock: this.#clock,
      // Rows of an invalidated list, or of a person being erased, are never shared with a new reading.
      previous: () => this.valid && this.#changes.withoutErased(this.valid.value),
      latest: () => this.#entry && this.#changes.withoutErased(this.#entry.value),
      accept: (read, isWanted) => this.#accept(read, isWanted),
      copies: {
        need: (copy) => needOf(copy, { entry: this.#copy(), isEmpty: this.#entry === null }),
        standIn: async (copy) => void (await this.restore({ ...copy, asOf: this.#clock.now() - copy.ageMs })),
      },
      current: () => this.#copy(),
      onEnd: () => this.#planRenewal(),
    });
  }

  /** Increases whenever the value changes or is invalidated. */
  get version(): number {
    return this.#version;
  }

  /** The list that was read last, of any age; null before the first reading. */
  get current(): StoredList<L> | null {
    return this.#entry;
  }

  /** Like `current`, but null if the list was invalidated. */
  get valid(): Entry<L> | null {
    return this.#isValid ? this.#entry : null;
  }

  /** Progress of the reading in flight; null without one. */
  get progress(): Progress | null {
    return this.#readings.current?.progress() ?? null;
  }

  /**
   * Returns a list that may serve synchronously, else a promise of the next reading. Throws the UpstreamError of the
   * reading, or UPSTREAM_RATE_LIMITED at once if the reading will take longer than the request can wait.
   */
  get(request: ListRequest): Loaded<L> | Promise<Loaded<L>> {
    const now = this.#clock.now();
    this.#usedAt = now;
    const entry = this.#entry;
    if (entry === null || !this.#isAcceptable(entry, request)) return this.#wait(request);
    const age = now - entry.asOf;
    if (age < entry.windows.fresh) {
      this.counts.hits += 1;
      return toLoaded(entry, null);
    }
    if (!this.#readings.permitStale(entry, age)) return this.#wait(request);
    this.counts.staleHits += 1;
    this.#readAhead();
    return toLoaded(entry, this.#readings.failure?.code ?? null);
  }

  /** Begins the first reading. Resolves when that reading has ended, whether or not it succeeded. */
  async start(): Promise<void> {
    this.#usedAt = this.#clock.now();
    this.#readAhead();
    await this.#readings.current?.done.catch(() => undefined);
  }

  /** Serves a copy from before a restart until the first reading is complete. Returns false if the copy is too old. */
  async restore({ value, asOf, tookMs }: StoredList<L>): Promise<boolean> {
    const windows = windowsOf(this.#options.windows, value, tookMs);
    const ageMs = this.#clock.now() - asOf;
    if (ageMs < 0 || ageMs >= windows.ifError) return false;
    const entry = { value, asOf, tookMs, windows: { ...windows, whileRevalidate: windows.ifError } };
    await this.#options.publish(value, { isWanted: () => this.#entry === null, commit: () => this.#commit(entry) });
    return this.#entry === entry;
  }

  /** After a write: no list whose reading began earlier serves from now on. */
  invalidate(): void {
    this.#isValid = false;
    this.#outdate();
  }

  /** After a write of unknown outcome: the list serves only if it cannot be read again. */
  doubt(): void {
    this.#entry = this.#entry && { ...this.#entry, windows: { ...this.#entry.windows, fresh: 0, whileRevalidate: 0 } };
    this.#outdate();
  }

  /**
   * Applies a write of ours to the list, and resolves when the changed list is current. A reading that began earlier is
   * changed when it ends. `change` returns the same list if nothing has to change.
   */
  async amend(change: Change<L>): Promise<void> {
    this.#changes.add(this.#clock.now(), change);
    await this.#change(change);
  }

  /**
   * Like `amend`, but permanently: a reading in flight starts again and shares no rows with the erased ones, so that no
   * page brings them back. The earlier list serves until the changed list is current.
   */
  async erase(change: Change<L>): Promise<void> {
    const isReading = this.#readings.current !== null;
    await this.#changes.erasing(change, async () => {
      this.#readings.supersede();
      this.#changes.drop();
      if (isReading) this.#readings.begin('background', true);
      await this.#change(change);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#renewal.cancel();
    this.#readings.supersede();
  }

  #outdate(): void {
    this.#readings.supersede();
    this.#changes.drop();
    this.#version += 1;
    this.#options.onChange();
    this.#planRenewal();
  }

  #isAcceptable({ asOf, tookMs }: Entry<L>, { since }: ListRequest): boolean {
    return this.#isValid && (since === null || asOf >= since || tookMs > slowMs);
  }

  async #wait(request: ListRequest): Promise<Loaded<L>> {
    this.counts[this.#readings.current === null ? 'misses' : 'shared'] += 1;
    for (;;) {
      request.signal.throwIfAborted();
      const reading = this.#readings.current ?? this.#readings.beginFor(request);
      const serves = request.since === null || reading.startedAt >= request.since;
      try {
        await reading.wait(request, this.#options.priority);
        const entry = this.#entry;
        // The list may have been invalidated meanwhile, or may be an older copy of another process.
        if (serves && entry !== null && this.#isAcceptable(entry, request)) return toLoaded(entry, null);
      } catch (error) {
        if (reading.isCancelled && this.#readings.current !== reading) continue;
        // A reading that began too early to serve: wait for the next one while there is time.
        if (serves || this.#readings.current === reading) return this.#standIn(error, request);
      }
    }
  }

  /** Returns a stale list after a failed reading, within the stale-if-error window; else throws the error. */
  #standIn(error: unknown, request: ListRequest): Loaded<L> {
    const entry = this.#entry;
    if (entry === null || !isOutage(error) || request.signal.aborted) throw error;
    if (!this.#isAcceptable(entry, request) || this.#clock.now() - entry.asOf >= entry.windows.ifError) throw error;
    // A reading that continues has not failed. It only takes longer than the request can wait.
    return toLoaded(entry, this.#readings.current === null ? error.code : null);
  }

  /** Renews a list that still serves at the pace of renewals, and reads any other at background speed. */
  #readAhead(): void {
    const { current, pausedUntil } = this.#readings;
    if (this.#isClosed || current !== null || this.#clock.now() < pausedUntil) return;
    detached(() => this.#readings.begin(this.#hasRead && this.#isValid ? 'renewal' : 'background', false));
  }

  #planRenewal(): void {
    const { current, pausedUntil } = this.#readings;
    this.#renewal.cancel();
    if (!this.#options.isAhead || this.#isClosed || current !== null) return;
    this.#renewal.plan({ entry: this.#entry, isValid: this.#isValid, usedAt: this.#usedAt, pausedUntil });
  }

  #copy(): Copy<L> | null {
    return this.valid && { ...this.valid, ageMs: this.#clock.now() - this.valid.asOf };
  }

  async #accept(read: ReadList<L>, isWanted: () => boolean): Promise<void> {
    const { startedAt } = read;
    for (let isCurrent = false; !isCurrent; ) {
      if (!isWanted()) throw new Error('The list was invalidated while it was read.');
      const value = sameList(this.#entry?.value, this.#changes.applyTo(read.value, startedAt));
      const entry = entryOf(value, read, this.#entry, this.#options.windows);
      const isComplete = () => this.#changes.applyTo(value, startedAt) === value;
      await this.#options.publish(value, {
        isWanted: () => isWanted() && isComplete(),
        commit: () => {
          isCurrent = true;
          this.#isValid = true;
          this.#hasRead = true;
          this.#commit(entry);
        },
      });
    }
    this.#changes.drop(startedAt);
    if (this.#entry !== null) this.#options.onLoaded(this.#entry.value);
  }

  async #change(change: Change<L>): Promise<void> {
    for (let entry = this.#entry; entry !== null; entry = this.#entry) {
      const changed = { ...entry, value: change(entry.value) };
      if (changed.value === entry.value) return;
      const isWanted = () => this.#entry === entry;
      await this.#options.publish(changed.value, { isWanted, commit: () => this.#commit(changed) });
      if (this.#entry === changed) return;
    }
  }

  #commit(entry: Entry<L>): void {
    const isChange = entry.value !== this.#entry?.value;
    this.#entry = entry;
    if (!isChange) return;
    this.#version += 1;
    this.#options.onChange();
  }
}
