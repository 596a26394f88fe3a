import { AsyncLocalStorage } from 'node:async_hooks';
import { Activity } from '../domain/activity.ts';

/**
 * The urgency of a request, which decides its share of a vendor's rate limit: all of it if a caller waits, two thirds
 * in the background, a fifth for renewing lists that still serve. Queues serve the priorities in this order.
 */
export type Priority = 'interactive' | 'background' | 'renewal';

/** Most urgent first. */
export const priorities: readonly Priority[] = ['interactive', 'background', 'renewal'];

export const isMoreUrgent = (one: Priority, other: Priority): boolean =>
  priorities.indexOf(one) < priorities.indexOf(other);

export type RequestContextOptions = {
  /** The activity that sends the requests and records them. */
  activity: Activity;
  priority: Priority;
  /** By `performance.now()`, in milliseconds. Absent: no deadline. */
  deadline?: number;
  /** Aborts when the result is no longer needed: requests leave their queues, and sockets are closed. */
  signal?: AbortSignal | undefined;
  /** Queues are fair among requesters. Absent: the context is its own requester. */
  requester?: object;
};

/** Longest time that an operation waits for the upstreams. */
export const operationPatienceMs = 10_000;

/** Longer than for queries: a write needs time for its response, and for the read that verifies its outcome. */
export const mutationPatienceMs = 30_000;

/** The context of requests, from the operation to the socket. */
export class RequestContext {
  readonly activity: Activity;
  readonly signal: AbortSignal;
  readonly requester: object;
  #priority: Priority;
  #deadline: number;
  readonly #listeners = new Set<() => void>();

  constructor({ activity, priority, deadline = Number.POSITIVE_INFINITY, signal, requester }: RequestContextOptions) {
    this.activity = activity;
    this.signal = signal ?? new AbortController().signal;
    this.requester = requester ?? this;
    this.#priority = priority;
    this.#deadline = deadline;
  }

  get priority(): Priority {
    return this.#priority;
  }

  /** By `performance.now()`, in milliseconds; infinite without a deadline. */
  get deadline(): number {
    return this.#deadline;
  }

  get remainingMs(): number {
    return this.#deadline - performance.now();
  }

  /** Makes the context more urgent, never less. Its queued requests move up at once. */
  raise(priority: Priority): void {
    if (!isMoreUrgent(priority, this.#priority)) return;
    this.#priority = priority;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Moves the deadline later, never earlier: a caller with more time has joined. */
  extend(deadline: number): void {
    this.#deadline = Math.max(this.#deadline, deadline);
  }

  /** Calls `listener` after each raise. Returns a function that removes the listener. */
  onRaise(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** For tests: number of listening queues. */
  get listenerCount(): number {
    return this.#listeners.size;
  }
}

const contexts = new AsyncLocalStorage<RequestContext>();

export const createRequestContext = (options: RequestContextOptions): RequestContext => new RequestContext(options);

/** Runs a function in this context. Requests that it sends belong to the context, awaited or not. */
export const inContext = <T>(context: RequestContext, run: () => Promise<T>): Promise<T> => contexts.run(context, run);

/** Null outside of any context. */
export const currentActivity = (): Activity | null => contexts.getStore()?.activity ?? null;

/** The current context. Outside of any, a new one that waits as long as an operation does. */
export const currentContext = (): RequestContext =>
  contexts.getStore() ??
  createRequestContext({
    activity: new Activity({ name: 'none', kind: 'operation' }),
    priority: 'interactive',
    deadline: performance.now() + operationPatienceMs,
  });

/** The reason for cancelling work that no caller needs: a DOMException named AbortError, as `fetch` throws it. */
export const cancellation = (): Error => new DOMException('The result is no longer needed.', 'AbortError');

export const isCancellation = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
