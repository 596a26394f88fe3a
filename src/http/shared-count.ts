import { now } from '../domain/now.ts';
import type { Counted, Ledger, LedgerOptions, Sharing } from './ledger.ts';
import type { Priority } from './request-context.ts';

const afterFailureMs = 250;

/**
 * What a process may take of an allowance that others draw on as well. With their common ledger, whatever that grants.
 * Without one, or while it is away, the process's own part; and for a window after the ledger was last heard of, its part
 * of what all had left then.
 */
export class SharedCount {
  readonly #count: number;
  readonly #windowMs: number;
  readonly #replicas: number;
  readonly #ledger: Ledger | null;
  /** The ledger has no room before. */
  readonly #freeAt: Record<Priority, number> = { interactive: 0, background: 0, renewal: 0 };
  #heardAt = Number.NEGATIVE_INFINITY;
  #usedByOthers = 0;

  /** `count`: the allowance, in a window. */
  constructor(count: number, options: LedgerOptions, { replicas, openLedger }: Sharing) {
    this.#count = count;
    this.#windowMs = options.windowMs;
    this.#replicas = replicas;
    this.#ledger = openLedger?.(options) ?? null;
  }

  /** Whether each request has to be asked for. */
  get hasLedger(): boolean {
    return this.#ledger !== null && !this.#ledger.isAway;
  }

  /** How many requests this process may have in any window, whatever the others do. */
  get part(): number {
    if (this.hasLedger) return this.#count;
    const left = this.#isRecent() ? this.#count - this.#usedByOthers : this.#count;
    return Math.floor(left / this.#replicas);
  }

  /** When a request of this priority may have room, as far as others are concerned. In milliseconds since 1970. */
  freeAt(priority: Priority): number {
    if (this.hasLedger) return this.#freeAt[priority];
    return this.#isRecent() && this.part < 1 ? this.#heardAt + this.#windowMs : 0;
  }

  /** Null where there is no room, until `freeAt`, or nobody to ask any longer. `own`: what this process has used. */
  async ask(priority: Priority, own: number): Promise<Counted | null> {
    try {
      const taken = await this.#ledger?.take(priority);
      if (taken === undefined) return null;
      this.#heardAt = now();
      const isGranted = 'counted' in taken;
      this.#usedByOthers = Math.max(0, taken.used - own - (isGranted ? 1 : 0));
      if (isGranted) return taken.counted;
      this.#freeAt[priority] = now() + taken.waitMs;
      return null;
    } catch {
      // It is away; and where it is back already, it is left alone for a moment.
      this.#freeAt[priority] = now() + afterFailureMs;
      return null;
    }
  }

  /** Of a request that nobody had to be asked for. */
  note(priority: Priority): Counted | null {
    return this.#ledger?.note(priority) ?? null;
  }

  refused(retryAfterMs: number): void {
    this.#ledger?.refused(retryAfterMs);
  }

  /** Of all processes, as far as it was heard of within the present window. */
  get usedByOthers(): number {
    return this.#isRecent() ? this.#usedByOthers : 0;
  }

  #isRecent(): boolean {
    return now() < this.#heardAt + this.#windowMs;
  }
}
