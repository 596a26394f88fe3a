import { now } from '../domain/now.ts';
import type { Counted, Ledger, LedgerOptions, Sharing } from './ledger.ts';
import type { Priority } from './request-context.ts';

const afterFailureMs = 250;

/**
 * One process's part of a rate limit that several processes share. With a common ledger, the ledger grants each
 * request. Without one, or while it cannot be reached, the process has a fixed part of the limit; for one window after
 * the last contact, its part of what was left then.
 */
export class SharedCount {
  readonly #count: number;
  readonly #windowMs: number;
  readonly #replicas: number;
  readonly #ledger: Ledger | null;
  /** When the ledger may grant the next request, in milliseconds since 1970. */
  readonly #freeAt: Record<Priority, number> = { interactive: 0, background: 0, renewal: 0 };
  #lastContactAt = Number.NEGATIVE_INFINITY;
  #usedByOthers = 0;

  /** `count`: the rate limit in a window. */
  constructor(count: number, options: LedgerOptions, { replicas, openLedger }: Sharing) {
    this.#count = count;
    this.#windowMs = options.windowMs;
    this.#replicas = replicas;
    this.#ledger = openLedger?.(options) ?? null;
  }

  /** True if the ledger has to grant each request. */
  get hasLedger(): boolean {
    return this.#ledger !== null && !this.#ledger.isAway;
  }

  /** Requests that this process may send in any window, whatever the other processes do. */
  get part(): number {
    if (this.hasLedger) return this.#count;
    const left = this.#isRecent() ? this.#count - this.#usedByOthers : this.#count;
    return Math.floor(left / this.#replicas);
  }

  /** When the other processes leave room for a request of this priority, in milliseconds since 1970. */
  freeAt(priority: Priority): number {
    if (this.hasLedger) return this.#freeAt[priority];
    return this.#isRecent() && this.part < 1 ? this.#lastContactAt + this.#windowMs : 0;
  }

  /**
   * Asks the ledger for one request. Null if there is no room before `freeAt`, or if the ledger cannot be reached.
   * `own`: requests of this process in the window.
   */
  async acquire(priority: Priority, own: number): Promise<Counted | null> {
    try {
      const outcome = await this.#ledger?.take(priority);
      if (outcome === undefined) return null;
      this.#lastContactAt = now();
      const isGranted = 'counted' in outcome;
      this.#usedByOthers = Math.max(0, outcome.used - own - (isGranted ? 1 : 0));
      if (isGranted) return outcome.counted;
      this.#freeAt[priority] = now() + outcome.waitMs;
      return null;
    } catch {
      // The ledger cannot be reached. Wait a moment, even if it is already back.
      this.#freeAt[priority] = now() + afterFailureMs;
      return null;
    }
  }

  /** Counts a request that was sent without asking the ledger. */
  note(priority: Priority): Counted | null {
    return this.#ledger?.note(priority) ?? null;
  }

  refused(retryAfterMs: number): void {
    this.#ledger?.refused(retryAfterMs);
  }

  /** Requests of the other processes, if the ledger reported them within the current window; else 0. */
  get usedByOthers(): number {
    return this.#isRecent() ? this.#usedByOthers : 0;
  }

  #isRecent(): boolean {
    return now() < this.#lastContactAt + this.#windowMs;
  }
}
