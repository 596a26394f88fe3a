/** How long a request waits: until `deadline`, by `performance.now()`, or until `signal` aborts. */
export type Deadline = { deadline: number; signal: AbortSignal };

type Waiter = { until: Deadline; fail: (error: unknown) => void };

/** The requests that wait for one reading. Each leaves at its end, at its own deadline, or when it is aborted. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();
  readonly #onEmpty: () => void;

  /** `onEmpty` is called when the last waiter has left before the reading's end. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  /** Settles like `result`. A waiter that leaves earlier gets the error of `late`, or the signal's reason. */
  wait<T>(result: Promise<T>, until: Deadline, late: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { until, fail: (error) => leave(() => reject(error)) };
      const onAbort = () => waiter.fail(until.signal.reason);
      const timer = Number.isFinite(until.deadline)
        ? setTimeout(() => waiter.fail(late()), Math.max(0, until.deadline - performance.now()))
        : undefined;
      const settle = (end: () => void) => {
        clearTimeout(timer);
        until.signal.removeEventListener('abort', onAbort);
        this.#waiting.delete(waiter);
        end();
      };
      const leave = (end: () => void) => {
        if (!this.#waiting.has(waiter)) return;
        settle(end);
        if (this.#waiting.size === 0) this.#onEmpty();
      };
      this.#waiting.add(waiter);
      until.signal.addEventListener('abort', onAbort, { once: true });
      result.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
      if (until.signal.aborted) onAbort();
    });
  }

  /** Rejects the waiters whose deadline is earlier than `endsAt`, by `performance.now()`. */
  dismissBefore(endsAt: number, late: () => Error): void {
    for (const waiter of [...this.#waiting]) if (waiter.until.deadline < endsAt) waiter.fail(late());
  }

  get size(): number {
    return this.#waiting.size;
  }
}
