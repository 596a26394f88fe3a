import type { Activity } from '../domain/activity.ts';
import type { OnProgress } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { type Deadline, Waiters } from './waiters.ts';
import { slowMs } from './windows.ts';

/** Shares of an upstream's allowance, see src/http/request-context.ts. */
export type Priority = 'interactive' | 'background' | 'renewal';

/**
 * A read that has been sent on its way: `raise` gives it a higher priority, `cancel` ends it. What comes after it runs
 * `within` its context: whoever happened to begin it may have been answered long before.
 */
export type Sent<T> = {
  activity: Activity;
  result: Promise<T>;
  within<U>(run: () => Promise<U>): Promise<U>;
  raise(priority: Priority): void;
  cancel(): void;
};

/**
 * Runs a read in a request context of its own, whose end `signal` tells. `beginner`: what it is begun for; null for the
 * list's own sake.
 */
export type SendRead = <T>(
  name: string,
  priority: Priority,
  run: (signal: AbortSignal) => Promise<T>,
  beginner: Activity | null,
) => Sent<T>;

/** `startedAt`: in milliseconds since 1970. */
export type Progress = { startedAt: number; rows: number; expected: number | null; secondsToGo: number };

/** `isUrgent`: somebody waits. `hurry` is for somebody who waits elsewhere. */
export type AttemptContext = { onProgress: OnProgress; signal: AbortSignal; isUrgent(): boolean; hurry(): void };

export type RunningOptions<Read> = {
  upstream: Upstream;
  name: string;
  attempt(context: AttemptContext): Promise<Read>;
  /** When its first attempt began, in milliseconds since 1970. */
  startedAt: number;
  priority: Priority;
  beginner: Activity | null;
  send: SendRead;
  /** How long so many more requests have to wait for the allowance, in seconds. */
  secondsFor(requests: number, priority: Priority): number;
  /** Readings of the directory go on when everybody who waited has left. */
  isKeptAlive: boolean;
  onProgress(progress: Progress): void;
  /** Makes the list current. */
  accept(read: Read, reading: RunningReading<Read>): Promise<void>;
};

/** One attempt to read a list, with everybody who waits for it. */
export class RunningReading<Read> {
  readonly startedAt: number;
  /** Settles when the list is current, or cannot become so. */
  readonly done: Promise<void>;
  readonly #options: RunningOptions<Read>;
  readonly #sent: Sent<Read>;
  readonly #waiters: Waiters;
  #priority: Priority;
  #isCancelled = false;
  #pages = 0;
  #rows = 0;
  #firstRows = 0;
  #expected: number | null = null;
  /** When the first page may be asked for, by `performance.now()`: later requests say nothing of one that has been sent. */
  #firstAskedAt: number;
  /** Since when it has gone at its present pace. */
  #pace = { since: performance.now(), rows: 0 };

  constructor(options: RunningOptions<Read>) {
    this.#options = options;
    this.#priority = options.priority;
    this.startedAt = options.startedAt;
    this.#firstAskedAt = this.#nextRequestAt();
    const attempt = (signal: AbortSignal) =>
      options.attempt({
        onProgress: (rows, expected) => this.#note(rows, expected),
        signal,
        isUrgent: () => this.#priority !== 'renewal',
        hurry: () => {
          if (this.#priority === 'renewal') this.#raise('background');
        },
      });
    this.#sent = options.send(options.name, options.priority, attempt, options.beginner);
    this.done = this.#sent.within(() => this.#sent.result.then((read) => options.accept(read, this)));
    this.#waiters = new Waiters(() => {
      if (!options.isKeptAlive) this.cancel();
    });
  }

  get activity(): Activity {
    return this.#sent.activity;
  }

  /** Nobody needs it any longer, or its list would be out of date. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /**
   * Resolves when the list is current. Throws UPSTREAM_RATE_LIMITED, with the time that is still needed, as soon as the
   * deadline is known to be too early, and at the deadline UPSTREAM_TIMEOUT where nothing has come yet.
   */
  async wait(until: Deadline & { activity?: Activity }, priority: Priority): Promise<void> {
    this.#raise(priority);
    const seconds = this.secondsToGo();
    if (performance.now() + seconds * 1000 > until.deadline) {
      // A reading that nobody waits for goes on only for the directory.
      if (this.#waiters.size === 0 && !this.#options.isKeptAlive) this.cancel();
      throw this.#late();
    }
    const leave = until.activity?.join(this.activity);
    try {
      return await this.#waiters.wait(this.done, until, () => this.#late());
    } finally {
      leave?.();
    }
  }

  /** Calls one of these when it has ended, in the context of the reading. */
  async onceDone(succeed: () => void, fail: (error: unknown) => void): Promise<void> {
    await this.#sent.within(() => this.done.then(succeed, fail));
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#sent.cancel();
  }

  progress(): Progress {
    const [startedAt, rows, expected] = [this.startedAt, this.#rows, this.#expected];
    return { startedAt, rows, expected, secondsToGo: this.secondsToGo() };
  }

  /** By the pace so far and by the allowance; 0 where there is no reason to expect a wait. */
  secondsToGo(): number {
    const rowsToGo = this.#expected === null ? 0 : Math.max(0, this.#expected - this.#rows);
    if (this.#pages === 0) return Math.max(0, Math.ceil((this.#firstAskedAt - performance.now()) / 1000));
    const requests = Math.ceil(rowsToGo / this.#rowsPerPage());
    const limited = requests === 0 ? 0 : this.#options.secondsFor(requests, this.#priority);
    const elapsedMs = performance.now() - this.#pace.since;
    const rows = this.#rows - this.#pace.rows;
    const pacedMs = elapsedMs > slowMs && rows > 0 ? (elapsedMs / rows) * rowsToGo : 0;
    return Math.max(limited, Math.ceil(pacedMs / 1000));
  }

  /** The first page may have come with those of an earlier attempt. */
  #rowsPerPage(): number {
    const isAlone = this.#pages === 1;
    const rows = isAlone ? this.#rows : this.#rows - this.#firstRows;
    return Math.max(1, rows / (isAlone ? 1 : this.#pages - 1));
  }

  #raise(priority: Priority): void {
    if (priority === this.#priority) return;
    this.#priority = priority;
    this.#pace = { since: performance.now(), rows: this.#rows };
    this.#sent.raise(priority);
    this.#firstAskedAt = Math.min(this.#firstAskedAt, this.#nextRequestAt());
  }

  #nextRequestAt(): number {
    return performance.now() + this.#options.secondsFor(1, this.#priority) * 1000;
  }

  #note(rows: number, expected: number | null): void {
    if (this.#pages === 0) {
      this.#firstRows = rows;
      this.#pace = { since: performance.now(), rows };
    }
    this.#pages += 1;
    this.#rows = rows;
    this.#expected = expected;
    const progress = this.progress();
    this.#options.onProgress(progress);
    const { secondsToGo } = progress;
    if (secondsToGo > 0) this.#waiters.dismissBefore(performance.now() + secondsToGo * 1000, () => this.#late());
  }

  #late(): UpstreamError {
    const { upstream, name } = this.#options;
    const seconds = this.secondsToGo();
    if (seconds === 0 && this.#rows === 0) {
      return new UpstreamError({
        code: 'UPSTREAM_TIMEOUT',
        upstream,
        message: `The list of ${name} did not come in time.`,
        isTransient: true,
      });
    }
    const count = this.#expected === null ? `${this.#rows}` : `${this.#rows} of about ${this.#expected}`;
    return new UpstreamError({
      code: 'UPSTREAM_RATE_LIMITED',
      upstream,
      message: `The list of ${name} is still being read, as fast as the allowance permits: ${count} rows so far.`,
      retryAfterSeconds: Math.max(1, seconds),
    });
  }
}
