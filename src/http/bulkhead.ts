import { FairQueue } from './fair-queue.ts';
import { Refused } from './refused.ts';
import type { RequestContext } from './request-context.ts';

export type BulkheadOptions = {
  /** Most requests in flight now; at least one. */
  capacity: () => number;
  /** Most waiting interactive requests. Background requests are limited by the pages of the lists. */
  maxWaiting?: number;
};

/** Weight of the latest duration in the moving average. */
const weightOfLatest = 0.2;

/**
 * Caps the requests in flight; the others wait, more urgent ones first. Our own code, because cockatiel's bulkhead has
 * no priorities and keeps a cancelled request in its queue.
 */
export class Bulkhead {
  readonly #capacity: () => number;
  readonly #maxWaiting: number;
  #inFlight = 0;
  #averageMs = 0;
  readonly #queue = new FairQueue<void>({
    late: () => new Refused('UPSTREAM_TIMEOUT', 'Its turn did not come in time: responses are slow.', this.#waitMs()),
    onChange: () => {},
  });

  constructor({ capacity, maxWaiting = 1_000 }: BulkheadOptions) {
    this.#capacity = capacity;
    this.#maxWaiting = maxWaiting;
  }

  /** Number of waiting requests. */
  get waiting(): number {
    return this.#queue.count();
  }

  /**
   * Runs `task` when it is its turn. Throws Refused if too many requests wait or the deadline of the context passes
   * first, and an AbortError if the context is cancelled first.
   */
  async run<T>(context: RequestContext, task: () => Promise<T>): Promise<T> {
    const { priority } = context;
    if (priority === 'interactive' && this.#queue.count(priority) >= this.#maxWaiting) {
      throw new Refused('UPSTREAM_UNAVAILABLE', 'Too many requests wait for it already.', this.#waitMs());
    }
    const turn = this.#queue.wait(context);
    this.#serve();
    await turn;
    const startedAt = performance.now();
    try {
      return await task();
    } finally {
      this.#averageMs += (performance.now() - startedAt - this.#averageMs) * weightOfLatest;
      this.#inFlight -= 1;
      this.#serve();
    }
  }

  #serve(): void {
    while (this.#queue.first !== null && this.#inFlight < this.#capacity()) {
      this.#inFlight += 1;
      this.#queue.serve();
    }
  }

  /** Estimated time until all waiting requests have been served. */
  #waitMs(): number {
    return (this.#averageMs * (this.waiting + 1)) / this.#capacity();
  }
}
