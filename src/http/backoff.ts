import { now as systemNow } from '../domain/now.ts';

/** After a first failure, of a credential or of a sign-in. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** The pauses after failures in a row: each is twice as long as the one before, up to a minute. */
export class Backoff {
  readonly #now: () => number;
  #pauseMs = 0;
  #until = 0;

  /** `now`: in milliseconds. */
  constructor(now: () => number = systemNow) {
    this.#now = now;
  }

  /** What is left of the pause; 0 when the next attempt may be made. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** Begins a pause, of `namedMs` at least. During a pause it does nothing: that attempt began before the pause. */
  fail(namedMs = 0): void {
    if (this.remainingMs > 0) return;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, firstPauseMs), longestPauseMs);
    this.#until = this.#now() + Math.min(Math.max(this.#pauseMs, namedMs), longestPauseMs);
  }

  succeed(): void {
    this.#pauseMs = 0;
    this.#until = 0;
  }
}
