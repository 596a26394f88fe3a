import type { Activity } from '../domain/activity.ts';
import type { OnProgress } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { type Deadline, Waiters } from './waiters.ts';
import { slowMs } from './windows.ts';

/** Shares of an upstream's rate limit, see src/http/request-context.ts. */
export type Priority = 'interactive' | 'background' | 'renewal';

/**
 * A read in flight. `raise` gives it a higher priority, `cancel` aborts it. `within` runs what follows it in its own
 * context: the request that happened to begin it may have been answered long before.
 */
export type Sent<T> = {
  activity: Activity;
  result: Promise<T>;
  within<U>(run: () => Promise<U>): Promise<U>;
  raise(priority: Priority): void;
  cancel(): void;
};

/**
 * Runs a read in its own request context; `signal` aborts when that context ends. `beginner`: the activity that needs
 * the read; null if the read keeps the list current.
 */
export type SendRead = <T>(
  name: string,
  priority: Priority,
  run: (signal: AbortSignal) => Promise<T>,
  beginner: Activity | null,
) => Sent<T>;

/** Progress of a reading. `startedAt`: in milliseconds since 1970. */
export type Progress = { startedAt: number; rows: number; expected: number | null; secondsToGo: number };

/** `isUrgent`: a request waits for the list. `hurry`: call it when a request of another process waits. */
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
  /** How long so many more requests have to wait for the rate limit, in seconds. */
  secondsFor(requests: number, priority: Priority): number;
  /** True for lists of the directory: their reading continues when all waiters have left. */
  isKeptAlive: boolean;
  onProgress(progress: Progress): void;
  /** Makes the list current. */
  accept(read: Read, reading: RunningReading<Read>): Promise<void>;
};

/** One attempt to read a list, and the requests that wait for it. */
export class RunningReading<Read> {
  readonly startedAt: number;
  /** Resolves when the list is current, rejects when the reading has failed. */
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
  /**
   * When the first page can be requested, by `performance.now()`. Stored, because the rate limit later says nothing
   * about a request already sent.
   */
  #firstRequestAt: number;
  /** The start of the current pace, which changes with the priority. */
  #pace = { since: performance.now(), rows: 0 };

  constructor(options: RunningOptions<Read>) {
    this.#options = options;
    this.#priority = options.priority;
    this.startedAt = options.startedAt;
    this.#firstRequestAt = this.#nextRequestAt();
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

  /** True if no request needs the reading any longer, or if its list would be outdated. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /**
   * Resolves when the list is current. Throws UPSTREAM_RATE_LIMITED with the remaining time as soon as the deadline is
   * known to be too early, and UPSTREAM_TIMEOUT at the deadline if no page has come yet.
   */
  async wait(until: Deadline & { activity?: Activity }, priority: Priority): Promise<void> {
    this.#raise(priority);
    const seconds = this.secondsToGo();
    if (performance.now() + seconds * 1000 > until.deadline) {
      // Without waiters, only a reading for the directory continues.
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

  /** Calls one of these when the read has ended, in the context of the read. */
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

  /** Estimated from the pace so far and the rate limit; 0 if no wait is expected. */
  secondsToGo(): number {
    const rowsToGo = this.#expected === null ? 0 : Math.max(0, this.#expected - this.#rows);
    if (this.#pages === 0) return Math.max(0, Math.ceil((this.#firstRequestAt - performance.now()) / 1000));
    const requests = Math.ceil(rowsToGo / this.#rowsPerPage());
    const limited = requests === 0 ? 0 : this.#options.secondsFor(requests, this.#priority);
    const elapsedMs = performance.now() - this.#pace.since;
    const rows = this.#rows - this.#pace.rows;
    const pacedMs = elapsedMs > slowMs && rows > 0 ? (elapsedMs / rows) * rowsToGo : 0;
    return Math.max(limited, Math.ceil(pacedMs / 1000));
  }

  /** The first page is left out once there are more: its count can include pages of an earlier attempt. */
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
    this.#firstRequestAt = Math.min(this.#firstRequestAt, this.#nextRequestAt());
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
      message: `The list of ${name} is still being read, as fast as the rate limit permits: ${count} rows so far.`,
      retryAfterSeconds: Math.max(1, seconds),
    });
  }
}
