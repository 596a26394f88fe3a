import { Activity } from '../domain/activity.ts';
import {
  cancellation,
  createRequestContext,
  currentContext,
  inContext,
  type Priority,
  type RequestContext,
} from './request-context.ts';

export type SharedReadOptions = {
  /** Names the read in logs and metrics. */
  operation: string;
  priority: Priority;
  /** Continues after all callers have left. */
  keepAlive?: boolean;
  /** By `performance.now()`. Absent: the deadline of the beginner's context, or none with `keepAlive`. */
  deadline?: number;
};

type Caller<T> = { resolve: (value: T) => void; reject: (error: unknown) => void };

/**
 * One read that several callers share, in its own context. It has the priority of its most urgent caller and the latest
 * deadline of all callers. It is cancelled when the last caller has left, unless `keepAlive`.
 */
export class SharedRead<T> {
  readonly context: RequestContext;
  /** Settles once, with or without callers. A rejection is always handled. */
  readonly result: Promise<T>;
  readonly #options: SharedReadOptions;
  readonly #controller = new AbortController();
  readonly #callers = new Set<Caller<T>>();
  #isSettled = false;

  /** Starts at once. Without `keepAlive`, queues count it as a request of its beginner. */
  constructor(options: SharedReadOptions, read: () => Promise<T>) {
    const { operation, priority, keepAlive = false, deadline } = options;
    const beginner = currentContext();
    this.#options = options;
    this.context = createRequestContext({
      activity: new Activity({ name: operation, kind: 'shared', parent: beginner.activity }),
      priority,
      signal: this.#controller.signal,
      deadline: deadline ?? (keepAlive ? Number.POSITIVE_INFINITY : beginner.deadline),
      ...(keepAlive ? {} : { requester: beginner.requester }),
    });
    this.result = inContext(this.context, read);
    this.result.then(
      (value) => {
        this.context.activity.end();
        this.#settle((caller) => caller.resolve(value));
      },
      (error: unknown) => {
        this.context.activity.end(error);
        this.#settle((caller) => caller.reject(error));
      },
    );
  }

  /** True once all callers have left: a new caller has to begin another read. */
  get isCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Number of waiting callers. */
  get callers(): number {
    return this.#callers.size;
  }

  /**
   * Waits for the result on behalf of `caller`, and extends the read's deadline to the caller's. Throws the read's
   * error, and an AbortError as soon as the caller's signal aborts.
   */
  join(caller: RequestContext = currentContext()): Promise<T> {
    if (caller.signal.aborted) return Promise.reject(cancellation());
    if (this.#isSettled) return this.result;
    this.context.raise(caller.priority);
    this.context.extend(caller.deadline);
    const leaveActivity = caller.activity.join(this.context.activity);
    return new Promise((resolve, reject) => {
      const stop = () => {
        leaveActivity();
        caller.signal.removeEventListener('abort', onAbort);
      };
      const waiting: Caller<T> = {
        resolve: (value) => {
          stop();
          resolve(value);
        },
        reject: (error) => {
          stop();
          reject(error);
        },
      };
      const onAbort = () => {
        this.#callers.delete(waiting);
        waiting.reject(cancellation());
        if (this.#callers.size === 0 && this.#options.keepAlive !== true) this.#controller.abort(cancellation());
      };
      caller.signal.addEventListener('abort', onAbort);
      this.#callers.add(waiting);
    });
  }

  #settle(notify: (caller: Caller<T>) => void): void {
    this.#isSettled = true;
    for (const caller of [...this.#callers]) notify(caller);
    this.#callers.clear();
  }
}
