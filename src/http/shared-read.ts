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
  /** Goes on after all callers have left. */
  keepAlive?: boolean;
  /** By `performance.now()`; unless given, that of whoever begins it, or none if it is kept alive. */
  deadline?: number;
};

type Caller<T> = { resolve: (value: T) => void; reject: (error: unknown) => void };

/**
 * One read that several callers wait for, in a context of its own. It is as urgent as its most urgent caller, has as
 * much time as its most patient one, and is cancelled when the last one has left, unless it is to be kept alive.
 */
export class SharedRead<T> {
  readonly context: RequestContext;
  /** Settles once, whoever waits. Never an unhandled rejection. */
  readonly result: Promise<T>;
  readonly #options: SharedReadOptions;
  readonly #controller = new AbortController();
  readonly #callers = new Set<Caller<T>>();
  #isSettled = false;

  /** Starts at once. Unless it is kept alive, it takes its turns in queues as its beginner. */
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

  /** True once all callers have left: whoever comes now has to begin anew. */
  get isCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  /** How many callers wait now. */
  get callers(): number {
    return this.#callers.size;
  }

  /**
   * Waits for the result, in the name of `caller`, whose deadline the read has at least. Throws what the read throws, and
   * an AbortError as soon as the caller's signal aborts.
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
        caller.signal.removeEventListener('abort', hangUp);
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
      const hangUp = () => {
        this.#callers.delete(waiting);
        waiting.reject(cancellation());
        if (this.#callers.size === 0 && this.#options.keepAlive !== true) this.#controller.abort(cancellation());
      };
      caller.signal.addEventListener('abort', hangUp);
      this.#callers.add(waiting);
    });
  }

  #settle(tell: (caller: Caller<T>) => void): void {
    this.#isSettled = true;
    for (const caller of [...this.#callers]) tell(caller);
    this.#callers.clear();
  }
}
