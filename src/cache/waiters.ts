/** Who waits for a reading: until when, by `performance.now()`, and the signal that tells that they no longer do. */
export type Deadline = { deadline: number; signal: AbortSignal };

type Waiter = { until: Deadline; fail: (error: unknown) => void };

/** Everybody who waits for one reading. Each leaves by its end, by their own deadline or by hanging up. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();
  readonly #onAllGone: () => void;

  /** `onAllGone` is called when the last one has left before the end. */
  constructor(onAllGone: () => void) {
    this.#onAllGone = onAllGone;
  }

  /** Settles as `result` does, unless the waiter leaves earlier: then it rejects with what `late` or the signal gives. */
  wait<T>(result: Promise<T>, until: Deadline, late: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { until, fail: (error) => leave(() => reject(error)) };
      const hangUp = () => waiter.fail(until.signal.reason);
      const timer = Number.isFinite(until.deadline)
        ? setTimeout(() => waiter.fail(late()), Math.max(0, until.deadline - performance.now()))
        : undefined;
      const settle = (end: () => void) => {
        clearTimeout(timer);
        until.signal.removeEventListener('abort', hangUp);
        this.#waiting.delete(waiter);
        end();
      };
      const leave = (end: () => void) => {
        if (!this.#waiting.has(waiter)) return;
        settle(end);
        if (this.#waiting.size === 0) this.#onAllGone();
      };
      this.#waiting.add(waiter);
      until.signal.addEventListener('abort', hangUp, { once: true });
      result.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
      if (until.signal.aborted) hangUp();
    });
  }

  /** Sends away those whose deadline is earlier than `endsAt`, by `performance.now()`. */
  dismissBefore(endsAt: number, late: () => Error): void {
    for (const waiter of [...this.#waiting]) if (waiter.until.deadline < endsAt) waiter.fail(late());
  }

  get size(): number {
    return this.#waiting.size;
  }
}
