import type { Reading } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { type Deadline, Waiters } from './waiters.ts';
import { slowMs } from './windows.ts';

/** Shares of an upstream's allowance, see src/http/request-context.ts. */
export type Priority = 'interactive' | 'background' | 'renewal';

/** A read that has been sent on its way: `raise` gives it a higher priority, `cancel` ends it. */
export type Sent<T> = { result: Promise<T>; raise(priority: Priority): void; cancel(): void };

/** Runs a read in a request context of its own. */
export type SendRead = <T>(name: string, priority: Priority, run: () => Promise<T>) => Sent<T>;

export type Progress = { rows: number; expected: number | null; secondsToGo: number };

export type RunningOptions<L> = {
  upstream: Upstream;
  name: string;
  reading: Reading<L>;
  /** When its first attempt began, in milliseconds since 1970. */
  startedAt: number;
  /** Of the list: an invalidation makes what was begun before it useless. */
  generation: number;
  priority: Priority;
  send: SendRead;
  /** How long so many more requests have to wait for the allowance, in seconds. */
  secondsFor(requests: number): number;
  /** Readings of the directory go on when everybody who waited has left. */
  isKeptAlive: boolean;
  onProgress(progress: Progress): void;
};

/** One attempt to read a list, with everybody who waits for it. */
export class RunningReading<L> {
  readonly reading: Reading<L>;
  readonly startedAt: number;
  readonly generation: number;
  readonly result: Promise<L>;
  readonly #options: RunningOptions<L>;
  readonly #sent: Sent<L>;
  readonly #waiters: Waiters;
  readonly #beganAt = performance.now();
  #pages = 0;
  #rows = 0;
  #expected: number | null = null;

  constructor(options: RunningOptions<L>) {
    this.#options = options;
    this.reading = options.reading;
    this.startedAt = options.startedAt;
    this.generation = options.generation;
    const attempt = () => options.reading.attempt((rows, expected) => this.#note(rows, expected));
    this.#sent = options.send(`${options.upstream} ${options.name}`, options.priority, attempt);
    this.result = this.#sent.result;
    this.#waiters = new Waiters(() => {
      if (!options.isKeptAlive) this.#sent.cancel();
    });
  }

  /**
   * Waits for `published`, which follows from the result. Throws UPSTREAM_RATE_LIMITED, with the time that is still
   * needed, as soon as the deadline is known to be too early, and UPSTREAM_TIMEOUT at the deadline otherwise.
   */
  async wait<T>(published: Promise<T>, until: Deadline, priority: Priority): Promise<T> {
    this.raise(priority);
    const seconds = this.secondsToGo();
    if (performance.now() + seconds * 1000 > until.deadline) {
      // Nobody has to be sent away who has not come; but a reading that no one waits for is not begun for them either.
      if (this.#waiters.size === 0 && !this.#options.isKeptAlive) this.#sent.cancel();
      throw this.#stillReading(seconds);
    }
    return this.#waiters.wait(published, until, () => this.#late());
  }

  raise(priority: Priority): void {
    this.#sent.raise(priority);
  }

  cancel(): void {
    this.#sent.cancel();
  }

  progress(): Progress {
    return { rows: this.#rows, expected: this.#expected, secondsToGo: this.secondsToGo() };
  }

  /** By the pace so far and by the allowance; 0 where there is no reason to expect a wait. */
  secondsToGo(): number {
    const rowsToGo = this.#expected === null ? 0 : Math.max(0, this.#expected - this.#rows);
    const rowsPerPage = this.#pages === 0 ? 1 : this.#rows / this.#pages;
    const requests = this.#pages === 0 ? 1 : Math.ceil(rowsToGo / Math.max(rowsPerPage, 1));
    const elapsedMs = performance.now() - this.#beganAt;
    const pacedMs = elapsedMs > slowMs && this.#rows > 0 ? (elapsedMs / this.#rows) * rowsToGo : 0;
    const limited = requests === 0 ? 0 : this.#options.secondsFor(requests);
    return Math.max(limited, Math.ceil(pacedMs / 1000));
  }

  #note(rows: number, expected: number | null): void {
    this.#pages += 1;
    this.#rows = rows;
    this.#expected = expected;
    const seconds = this.secondsToGo();
    this.#options.onProgress({ rows, expected, secondsToGo: seconds });
    if (seconds > 0) this.#waiters.dismissBefore(performance.now() + seconds * 1000, () => this.#stillReading(seconds));
  }

  #late(): UpstreamError {
    const seconds = this.secondsToGo();
    if (seconds > 0 || this.#rows > 0) return this.#stillReading(Math.max(seconds, 1));
    return new UpstreamError({
      code: 'UPSTREAM_TIMEOUT',
      upstream: this.#options.upstream,
      message: `The list of ${this.#options.name} did not come in time.`,
      isTransient: true,
    });
  }

  #stillReading(seconds: number): UpstreamError {
    const { upstream, name } = this.#options;
    const count = this.#expected === null ? `${this.#rows}` : `${this.#rows} of about ${this.#expected}`;
    return new UpstreamError({
      code: 'UPSTREAM_RATE_LIMITED',
      upstream,
      message: `The list of ${name} is still being read, as fast as the allowance permits: ${count} rows so far.`,
      retryAfterSeconds: Math.max(1, seconds),
    });
  }
}
