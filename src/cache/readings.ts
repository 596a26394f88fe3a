import type { Activity } from '../domain/activity.ts';
import type { ListOf, OnProgress, Reading } from '../domain/list-reading.ts';
import { UpstreamError } from '../errors.ts';
import type { CachedListOptions, ListRequest } from './cached-list-options.ts';
import type { Clock } from './clock.ts';
import { Doubt } from './doubt.ts';
import { type Entry, isOutage, isRefusal } from './entry.ts';
import { type AttemptContext, type Priority, RunningReading } from './running-reading.ts';
import type { Copy, ListLease, ListTurnOptions } from './shared-list.ts';

/** The result of a reading. Times are in milliseconds, `startedAt` since 1970. */
export type ReadList<L> = {
  value: L;
  startedAt: number;
  /** Duration of all attempts, without the pauses between them. */
  tookMs: number;
  /** True for a renewal. Renewals are slowed down, so their duration does not show how long a request would wait. */
  isPaced: boolean;
  /** The entry as read by another process; absent if this process read the list. */
  entry?: Entry<L>;
};

export type ReadingsOptions<L> = {
  list: CachedListOptions<L>;
  clock: Clock;
  /** The list with which the next reading shares unchanged rows. */
  previous(): L | null;
  /** The list that was read last, even if it was invalidated. */
  latest(): L | null;
  /** Makes the list current while `isWanted`; throws if it no longer is. */
  accept(read: ReadList<L>, isWanted: () => boolean): Promise<void>;
  /** How to judge and use copies of other processes. */
  copies: Pick<ListTurnOptions<L>, 'need' | 'standIn'>;
  /** The copy for other processes; null if nothing serves. */
  current(): Copy<L> | null;
  /** Called when a reading has ended, in success or failure, and no other has begun. */
  onEnd(): void;
};

type Attempt<L> = Omit<ReadList<L>, 'value' | 'entry'> & { reading: Reading<L> };

/** What an attempt gave: a list that this process read (with its lease, if shared), or another process's copy. */
type Outcome<L> = { value: L; lease: ListLease<L> | null } | { entry: Entry<L>; takenAt: number };

/** How long a stale list serves after a failure before the upstream is asked again. */
const pauseMs = 5_000;
/** A failed reading older than this starts again from the first page: its pages are too old. */
const resumableMs = 600_000;

/** The readings of one list, one at a time. After a failure, the next reading resumes after the last good page. */
export class Readings<L extends ListOf<unknown>> {
  readonly #options: ReadingsOptions<L>;
  readonly #doubt = new Doubt();
  #current: RunningReading<Outcome<L>> | null = null;
  #unfinished: Attempt<L> | null = null;
  #failure: UpstreamError | null = null;
  #pausedUntil = 0;

  constructor(options: ReadingsOptions<L>) {
    this.#options = options;
  }

  get current(): RunningReading<unknown> | null {
    return this.#current;
  }

  /** The failure of the last reading; null if it succeeded. */
  get failure(): UpstreamError | null {
    return this.#failure;
  }

  /** No background reading starts before this time, in milliseconds since 1970. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Whether a stale list serves without waiting for the next reading. */
  permitStale({ windows }: Entry<L>, age: number): boolean {
    if (isRefusal(this.#failure)) return false;
    const isPaused = isOutage(this.#failure) && this.#options.clock.now() < this.#pausedUntil;
    return age < (isPaused ? windows.ifError : windows.whileRevalidate);
  }

  /** Begins a reading for a request. A request with `since` accepts no page of an earlier attempt. */
  beginFor({ since, activity }: ListRequest): RunningReading<unknown> {
    return this.begin(this.#options.list.priority, since !== null, activity);
  }

  /** `isAnew`: start from the first page, without pages of an earlier attempt. */
  begin(priority: Priority, isAnew: boolean, beginner?: Activity): RunningReading<unknown> {
    const { clock, list } = this.#options;
    const beganAt = clock.now();
    const earlier = this.#attempt(isAnew, beganAt);
    const isResumed = earlier === this.#unfinished;
    // When this process began to read. Time spent waiting for other processes does not count.
    let ownAt: number | null = null;
    const attempt = (): Attempt<L> => ({
      ...earlier,
      startedAt: isResumed ? earlier.startedAt : (ownAt ?? beganAt),
      tookMs: earlier.tookMs + clock.now() - (ownAt ?? beganAt),
      isPaced: earlier.isPaced || priority === 'renewal',
    });
    let isRead = false;
    const read = (onProgress: OnProgress) => {
      ownAt = clock.now();
      return earlier.reading.attempt(onProgress);
    };
    const running = new RunningReading<Outcome<L>>({
      ...list,
      ...{ priority, beginner: beginner ?? null, startedAt: earlier.startedAt, isKeptAlive: list.isAhead },
      attempt: (context) => this.#readInTurn(read, isAnew, context),
      accept: async (outcome, reading) => {
        isRead = true;
        await this.#accept(outcome, attempt(), () => !reading.isCancelled);
      },
    });
    this.#current = running;
    // Registered first, so it runs before the waiters are notified.
    void running.onceDone(
      () => this.#succeed(running),
      // A complete list that was rejected is read again from the first page, and so is one that this process had not
      // begun to read.
      (error: unknown) => this.#fail(running, isRead || ownAt === null ? null : attempt(), error),
    );
    return running;
  }

  /** Discards the reading in flight and the pages of a failed one as outdated. Waiters wait for the next reading. */
  supersede(): void {
    const running = this.#current;
    this.#current = null;
    this.#unfinished = null;
    running?.cancel();
  }

  /** Reads the list, or takes a copy if another process reads it. Only one process reads a shared list at a time. */
  async #readInTurn(read: Reading<L>['attempt'], isAnew: boolean, context: AttemptContext): Promise<Outcome<L>> {
    const { list, copies, clock, previous } = this.#options;
    const { onProgress, hurry } = context;
    if (list.shared === undefined) return { value: await read(onProgress), lease: null };
    const turn = await list.shared.turn({ ...copies, ...context, previous, isAnew });
    if ('copy' in turn) {
      const takenAt = clock.now();
      return { takenAt, entry: { ...turn.copy, asOf: takenAt - turn.copy.ageMs } };
    }
    const { lease } = turn;
    lease.onHurry(hurry);
    try {
      const value = await read((rows, expected) => {
        lease.progress(rows, expected);
        onProgress(rows, expected);
      });
      return { value, lease };
    } catch (error) {
      await lease.fail(error);
      throw error;
    }
  }

  async #accept(outcome: Outcome<L>, attempt: Omit<ReadList<L>, 'value'>, isWanted: () => boolean): Promise<void> {
    const { accept, current, list, latest } = this.#options;
    if ('entry' in outcome) {
      const { entry, takenAt } = outcome;
      return accept({ ...entry, startedAt: takenAt, isPaced: false, entry }, isWanted);
    }
    const { value, lease } = outcome;
    try {
      if (list.isAhead) this.#doubt.check(list, latest(), value, attempt.startedAt);
      await accept({ ...attempt, value }, isWanted);
    } catch (error) {
      // Waiters in other processes get the failure if it is the upstream's.
      await lease?.fail(error);
      throw error;
    }
    // Not awaited: requests of this process do not wait for publication.
    void lease?.publish(current);
  }

  #attempt(isAnew: boolean, now: number): Attempt<L> {
    const { list, previous } = this.#options;
    const unfinished = isAnew ? null : this.#unfinished;
    if (unfinished !== null && now - unfinished.startedAt < resumableMs) return unfinished;
    return { reading: list.read(previous()), startedAt: now, tookMs: 0, isPaced: false };
  }

  #succeed(running: RunningReading<Outcome<L>>): void {
    if (this.#current !== running) return;
    this.#current = null;
    this.#unfinished = null;
    this.#failure = null;
    this.#pausedUntil = 0;
    this.#options.onEnd();
  }

  #fail(running: RunningReading<Outcome<L>>, attempt: Attempt<L> | null, error: unknown): void {
    if (this.#current !== running) return;
    this.#current = null;
    this.#unfinished = attempt;
    if (!running.isCancelled) {
      this.#pausedUntil = this.#options.clock.now() + pauseMs;
      if (error instanceof UpstreamError) {
        this.#failure = error;
        this.#options.list.onFailed?.(error);
      }
    }
    this.#options.onEnd();
  }
}
