import type { Activity } from '../domain/activity.ts';
import type { ListOf, Reading } from '../domain/list-reading.ts';
import { UpstreamError } from '../errors.ts';
import type { CachedListOptions, ListRequest } from './cached-list-options.ts';
import type { Clock } from './clock.ts';
import { Doubt } from './doubt.ts';
import { type Priority, RunningReading } from './running-reading.ts';

/** What a reading has brought. Times are in milliseconds, `startedAt` since 1970. */
export type ReadList<L> = {
  value: L;
  startedAt: number;
  /** All attempts together, without the pauses between them. */
  tookMs: number;
  /** It was a renewal, which takes its time: nobody would wait so long. */
  isPaced: boolean;
};

export type ReadingsOptions<L> = {
  list: CachedListOptions<L>;
  clock: Clock;
  /** What the next reading may share with, where it has not changed. */
  previous(): L | null;
  /** Makes what was read current, for as long as it is wanted; throws where it is not. */
  accept(read: ReadList<L>, isWanted: () => boolean): Promise<void>;
  /** Called when a reading has ended, however that is, and no other has begun. */
  onEnd(): void;
};

type Attempt<L> = Omit<ReadList<L>, 'value'> & { reading: Reading<L> };

/** After a failure a stale list goes on serving for so long before the upstream is asked again. */
const pauseMs = 5_000;
/** A reading that began longer ago than this starts anew after a failure: its pages are too old. */
const resumableMs = 600_000;

/** The readings of one list, one at a time. After one that failed, the next goes on from its last good page. */
export class Readings<L extends ListOf<unknown>> {
  readonly #options: ReadingsOptions<L>;
  readonly #doubt = new Doubt();
  #current: RunningReading<L> | null = null;
  #unfinished: Attempt<L> | null = null;
  #failure: UpstreamError | null = null;
  #pausedUntil = 0;

  constructor(options: ReadingsOptions<L>) {
    this.#options = options;
  }

  get current(): RunningReading<L> | null {
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

  /** What a request waits for, which may want nothing that was read before. */
  beginFor({ since, activity }: ListRequest): RunningReading<L> {
    return this.begin(this.#options.list.priority, since !== null, activity);
  }

  /** `isAnew`: no page of an earlier attempt serves. */
  begin(priority: Priority, isAnew: boolean, beginner?: Activity): RunningReading<L> {
    const { clock, accept, list, previous } = this.#options;
    const beganAt = clock.now();
    const earlier = this.#attempt(isAnew, beganAt);
    const attempt = (): Attempt<L> => ({
      ...earlier,
      tookMs: earlier.tookMs + clock.now() - beganAt,
      isPaced: earlier.isPaced || priority === 'renewal',
    });
    let isRead = false;
    const running = new RunningReading<L>({
      ...list,
      ...{
        priority,
        beginner: beginner ?? null,
        reading: earlier.reading,
        startedAt: earlier.startedAt,
        isKeptAlive: list.isAhead,
      },
      accept: async (value, reading) => {
        isRead = true;
        if (list.isAhead) this.#doubt.check(list, previous(), value, earlier.startedAt);
        await accept({ ...attempt(), value }, () => !reading.isCancelled);
      },
    });
    this.#current = running;
    // Before anybody who waits hears of it.
    running.done.then(
      () => this.#succeed(running),
      // What was read whole and could not be used is read anew.
      (error: unknown) => this.#fail(running, isRead ? null : attempt(), error),
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

  #attempt(isAnew: boolean, now: number): Attempt<L> {
    const { list, previous } = this.#options;
    const unfinished = isAnew ? null : this.#unfinished;
    if (unfinished !== null && now - unfinished.startedAt < resumableMs) return unfinished;
    return { reading: list.read(previous()), startedAt: now, tookMs: 0, isPaced: false };
  }

  #succeed(running: RunningReading<L>): void {
    if (this.#current !== running) return;
    this.#current = null;
    this.#unfinished = null;
    this.#failure = null;
    this.#pausedUntil = 0;
    this.#options.onEnd();
  }

  #fail(running: RunningReading<L>, attempt: Attempt<L> | null, error: unknown): void {
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
