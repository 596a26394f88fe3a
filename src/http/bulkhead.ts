import { FairQueue } from './fair-queue.ts';
import { Refused } from './refused.ts';
import type { RequestContext } from './request-context.ts';

export type BulkheadOptions = {
  /** How many requests may be in flight at this moment; at least one. */
  capacity: () => number;
  /** Interactive requests that wait; others are as many as the lists that are read have pages. */
  maxWaiting?: number;
};

/** How much the duration of the latest request weighs in the average. */
const weightOfLatest = 0.2;

/**
 * Caps the requests in flight; the others wait, the more urgent first. Our own code, because cockatiel's bulkhead knows no
 * priorities, and keeps a cancelled request in its queue until its turn.
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

  /** How many requests wait. */
  get waiting(): number {
    return this.#queue.count();
  }

  /**
   * Runs `task` at its turn. Throws Refused where too many wait or the deadline of the context passes before it, and
   * an AbortError when the context is cancelled before it.
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

  /** An estimate of how long it takes until all who wait have had their turn. */
  #waitMs(): number {
    return (this.#averageMs * (this.waiting + 1)) / this.#capacity();
  }
}
