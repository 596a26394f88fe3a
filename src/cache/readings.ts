import type { Activity } from '../domain/activity.ts';
import type { ListOf, OnProgress, Reading } from '../domain/list-reading.ts';
import { UpstreamError } from '../errors.ts';
import type { CachedListOptions, ListRequest } from './cached-list-options.ts';
import type { Clock } from './clock.ts';
import { Doubt } from './doubt.ts';
import { type Entry, isOutage, isRefusal } from './entry.ts';
import { type AttemptContext, type Priority, RunningReading } from './running-reading.ts';
import type { Copy, ListLease, ListTurnOptions } from './shared-list.ts';

/** What a reading has brought. Times are in milliseconds, `startedAt` since 1970. */
export type ReadList<L> = {
  value: L;
  startedAt: number;
  /** All attempts together, without the pauses between them. */
  tookMs: number;
  /** It was a renewal, which takes its time: nobody would wait so long. */
  isPaced: boolean;
  /** Where another process has read it: what that was. */
  entry?: Entry<L>;
};

export type ReadingsOptions<L> = {
  list: CachedListOptions<L>;
  clock: Clock;
  /** What the next reading may share with, where it has not changed. */
  previous(): L | null;
  /** Makes what was read current, for as long as it is wanted; throws where it is not. */
  accept(read: ReadList<L>, isWanted: () => boolean): Promise<void>;
  /** How copies of other processes are judged and used. */
  copies: Pick<ListTurnOptions<L>, 'need' | 'standIn'>;
  /** What other processes may have of it now; null for nothing. */
  current(): Copy<L> | null;
  /** Called when a reading has ended, however that is, and no other has begun. */
  onEnd(): void;
};

type Attempt<L> = Omit<ReadList<L>, 'value' | 'entry'> & { reading: Reading<L> };

/** What came of an attempt: read by this process, with the right to do so where others share it, or by another. */
type Came<L> = { value: L; lease: ListLease<L> | null } | { entry: Entry<L>; takenAt: number };

/** After a failure a stale list goes on serving for so long before the upstream is asked again. */
const pauseMs = 5_000;
/** A reading that began longer ago than this starts anew after a failure: its pages are too old. */
const resumableMs = 600_000;

/** The readings of one list, one at a time. After one that failed, the next goes on from its last good page. */
export class Readings<L extends ListOf<unknown>> {
  readonly #options: ReadingsOptions<L>;
  readonly #doubt = new Doubt();
  #current: RunningReading<Came<L>> | null = null;
  #unfinished: Attempt<L> | null = null;
  #failure: UpstreamError | null = null;
  #pausedUntil = 0;

  constructor(options: ReadingsOptions<L>) {
    this.#options = options;
  }

  get current(): RunningReading<unknown> | null {
    return this.#current;
  }

  /** Of the last reading; null for one that succeeded. */
  get failure(): UpstreamError | null {
    return this.#failure;
  }

  /** Until then nothing is read for nobody, in milliseconds since 1970. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Whether a list that is no longer fresh serves without waiting for the next one. */
  permitStale({ windows }: Entry<L>, age: number): boolean {
    if (isRefusal(this.#failure)) return false;
    const isPaused = isOutage(this.#failure) && this.#options.clock.now() < this.#pausedUntil;
    return age < (isPaused ? windows.ifError : windows.whileRevalidate);
  }

  /** What a request waits for, which may want nothing that was read before. */
  beginFor({ since, activity }: ListRequest): RunningReading<unknown> {
    return this.begin(this.#options.list.priority, since !== null, activity);
  }

  /** `isAnew`: no page of an earlier attempt serves. */
  begin(priority: Priority, isAnew: boolean, beginner?: Activity): RunningReading<unknown> {
    const { clock, list } = this.#options;
    const beganAt = clock.now();
    const earlier = this.#attempt(isAnew, beganAt);
    const isResumed = earlier === this.#unfinished;
    // Waiting for other processes is no part of it.
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
    const running = new RunningReading<Came<L>>({
      ...list,
      ...{ priority, beginner: beginner ?? null, startedAt: earlier.startedAt, isKeptAlive: list.isAhead },
      attempt: (context) => this.#readInTurn(read, isAnew, context),
      accept: async (came, reading) => {
        isRead = true;
        await this.#accept(came, attempt(), () => !reading.isCancelled);
      },
    });
    this.#current = running;
    // Before anybody who waits hears of it.
    void running.onceDone(
      () => this.#succeed(running),
      // What was read whole and could not be used is read anew, and so is what was not begun here.
      (error: unknown) => this.#fail(running, isRead || ownAt === null ? null : attempt(), error),
    );
    return running;
  }

  /** What is being read, or was read in part, is out of date: those who wait for it wait for the next one. */
  supersede(): void {
    const running = this.#current;
    this.#current = null;
    this.#unfinished = null;
    running?.cancel();
  }

  /** Where others read the list as well, one at a time. */
  async #readInTurn(read: Reading<L>['attempt'], isAnew: boolean, context: AttemptContext): Promise<Came<L>> {
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

  async #accept(came: Came<L>, attempt: Omit<ReadList<L>, 'value'>, isWanted: () => boolean): Promise<void> {
    const { accept, current, list, previous } = this.#options;
    if ('entry' in came) {
      const { entry, takenAt } = came;
      return accept({ ...entry, startedAt: takenAt, isPaced: false, entry }, isWanted);
    }
    const { value, lease } = came;
    try {
      if (list.isAhead) this.#doubt.check(list, previous(), value, attempt.startedAt);
      await accept({ ...attempt, value }, isWanted);
    } catch (error) {
      // Those who wait elsewhere hear of it, where it is the upstream's.
      await lease?.fail(error);
      throw error;
    }
    // Nobody here waits for the others.
    void lease?.publish(current);
  }

  #attempt(isAnew: boolean, now: number): Attempt<L> {
    const { list, previous } = this.#options;
    const unfinished = isAnew ? null : this.#unfinished;
    if (unfinished !== null && now - unfinished.startedAt < resumableMs) return unfinished;
    return { reading: list.read(previous()), startedAt: now, tookMs: 0, isPaced: false };
  }

  #succeed(running: RunningReading<Came<L>>): void {
    if (this.#current !== running) return;
    this.#current = null;
    this.#unfinished = null;
    this.#failure = null;
    this.#pausedUntil = 0;
    this.#options.onEnd();
  }

  #fail(running: RunningReading<Came<L>>, attempt: Attempt<L> | null, error: unknown): void {
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
