import { AsyncLocalStorage } from 'node:async_hooks';
import { Activity } from '../domain/activity.ts';

/**
 * How urgent a request is, and so its share of a vendor's allowance: all of it for what a caller waits for, two thirds
 * for the background, a fifth for the renewal of what still serves. Queues serve them in this order.
 */
export type Priority = 'interactive' | 'background' | 'renewal';

/** From the most to the least urgent. */
export const priorities: readonly Priority[] = ['interactive', 'background', 'renewal'];

export const isMoreUrgent = (one: Priority, other: Priority): boolean =>
  priorities.indexOf(one) < priorities.indexOf(other);

export type RequestContextOptions = {
  /** In whose name requests are sent, and where they are noted. */
  activity: Activity;
  priority: Priority;
  /** By `performance.now()`, in milliseconds; none unless given. */
  deadline?: number;
  /** Aborts when the result is no longer needed. Requests leave their queues, and sockets are closed. */
  signal?: AbortSignal | undefined;
  /** Queues share their turns fairly among requesters; a context is one of its own unless given. */
  requester?: object;
};

/** How long an operation of the graph waits for its upstreams. */
export const operationPatienceMs = 10_000;

/** A write that was sent needs time for its response, and for the read that tells what became of it. */
export const mutationPatienceMs = 30_000;

/** What a request is sent for, from the operation to the socket. */
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

  /** By `performance.now()`, in milliseconds; infinite where there is none. */
  get deadline(): number {
    return this.#deadline;
  }

  get remainingMs(): number {
    return this.#deadline - performance.now();
  }

  /** Makes it more urgent, never less. Its requests that wait in a queue move up at once. */
  raise(priority: Priority): void {
    if (!isMoreUrgent(priority, this.#priority)) return;
    this.#priority = priority;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Moves the deadline back, never forward: somebody who joined has more time. */
  extend(deadline: number): void {
    this.#deadline = Math.max(this.#deadline, deadline);
  }

  /** Calls `listener` after each raise. Returns how to stop that. */
  onRaise(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** For tests: how many queues listen now. */
  get listenerCount(): number {
    return this.#listeners.size;
  }
}

const contexts = new AsyncLocalStorage<RequestContext>();

export const createRequestContext = (options: RequestContextOptions): RequestContext => new RequestContext(options);

/** Runs what sends its requests, awaited or not, in this context. */
export const inContext = <T>(context: RequestContext, run: () => Promise<T>): Promise<T> => contexts.run(context, run);

/** Null outside of any. */
export const currentActivity = (): Activity | null => contexts.getStore()?.activity ?? null;

/** Of whoever asks; outside of any, a caller who waits as long as an operation does. */
export const currentContext = (): RequestContext =>
  contexts.getStore() ??
  createRequestContext({
    activity: new Activity({ name: 'none', kind: 'operation' }),
    priority: 'interactive',
    deadline: performance.now() + operationPatienceMs,
  });

/** The reason of whatever is given up because nobody needs it: a DOMException by name, as `fetch` throws it. */
export const cancellation = (): Error => new DOMException('The result is no longer needed.', 'AbortError');

export const isCancellation = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
