import { cancellation, isMoreUrgent, type Priority, priorities, type RequestContext } from './request-context.ts';

type Waiting<T> = { resolve: (turn: T) => void; reject: (error: Error) => void };

/** The waiting requests of one context. They count under `priority`; `stop` removes the timer and the listeners. */
type Group<T> = { context: RequestContext; priority: Priority; waiting: Waiting<T>[]; stop: () => void };
type Groups<T> = Map<RequestContext, Group<T>>;

export type FairQueueOptions = {
  /** Makes the error of a request whose deadline has passed. */
  late: () => Error;
  /** Called when a request has become more urgent, or has left before its turn. */
  onChange: () => void;
};

export const longestTimerMs = 2 ** 31 - 1;

/**
 * Waiting requests: more urgent ones first, and among equally urgent ones in rounds, in which each requester has one
 * turn. A request leaves the queue when its context is cancelled or reaches its deadline.
 */
export class FairQueue<T> {
  /** In the order of the round. A requester has several contexts if an operation has begun several reads. */
  readonly #requesters = new Map<object, Groups<T>>();
  readonly #counts: Record<Priority, number> = { interactive: 0, background: 0, renewal: 0 };
  readonly #options: FairQueueOptions;

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  /** The highest priority in the queue; null if the queue is empty. */
  get first(): Priority | null {
    return priorities.find((priority) => this.#counts[priority] > 0) ?? null;
  }

  /** Number of waiting requests, of one priority or of all. */
  count(priority?: Priority): number {
    if (priority !== undefined) return this.#counts[priority];
    return this.#counts.interactive + this.#counts.background + this.#counts.renewal;
  }

  /** How many requests of each priority would be served before a new request of this context. */
  ahead({ requester, priority }: RequestContext): Record<Priority, number> {
    const ahead = { interactive: 0, background: 0, renewal: 0 };
    for (const level of priorities) if (isMoreUrgent(level, priority)) ahead[level] = this.#counts[level];
    if (this.#counts[priority] === 0) return ahead;
    const own = waitingIn(this.#requesters.get(requester), priority);
    for (const [other, groups] of this.#requesters) {
      ahead[priority] += other === requester ? own : Math.min(waitingIn(groups, priority), own + 1);
    }
    return ahead;
  }

  /** Resolves when it is the request's turn. Throws `late()` at the deadline, and an AbortError on cancellation. */
  wait(context: RequestContext): Promise<T> {
    if (context.signal.aborted) return Promise.reject(cancellation());
    if (context.remainingMs <= 0) return Promise.reject(this.#options.late());
    return new Promise((resolve, reject) => {
      const group = this.#groupOf(context);
      group.waiting.push({ resolve, reject });
      this.#counts[group.priority] += 1;
    });
  }

  /** Serves the next request, and moves its requester to the end of the round. */
  serve(turn: T): void {
    const { first } = this;
    for (const [requester, groups] of this.#requesters) {
      const group = [...groups.values()].find((candidate) => candidate.priority === first);
      const next = group?.waiting.shift();
      if (group === undefined || next === undefined) continue;
      this.#counts[group.priority] -= 1;
      if (group.waiting.length === 0) this.#remove(group);
      if (this.#requesters.delete(requester) && groups.size > 0) this.#requesters.set(requester, groups);
      next.resolve(turn);
      return;
    }
  }

  /** Rejects the requests whose deadline is before `time`, by `performance.now()`. */
  refuseUntil(time: number): void {
    for (const group of this.#groups()) if (group.context.deadline < time) this.#reject(group, this.#options.late());
  }

  #groups(): Group<T>[] {
    return [...this.#requesters.values()].flatMap((groups) => [...groups.values()]);
  }

  #groupOf(context: RequestContext): Group<T> {
    const groups = this.#requesters.get(context.requester) ?? new Map();
    const known = groups.get(context);
    if (known !== undefined) return known;
    const group: Group<T> = { context, priority: context.priority, waiting: [], stop: () => {} };
    this.#watch(group);
    this.#requesters.set(context.requester, groups.set(context, group));
    return group;
  }

  #watch(group: Group<T>): void {
    const { context } = group;
    const leave = (error: Error) => {
      this.#reject(group, error);
      this.#options.onChange();
    };
    const onAbort = () => leave(cancellation());
    let timer: NodeJS.Timeout | undefined;
    const awaitDeadline = () => {
      const ms = Math.max(context.remainingMs, 0);
      if (ms !== Number.POSITIVE_INFINITY) timer = setTimeout(leaveIfLate, Math.min(ms, longestTimerMs)).unref();
    };
    // The deadline may have been extended meanwhile.
    const leaveIfLate = () => (context.remainingMs > 0 ? awaitDeadline() : leave(this.#options.late()));
    const stopListening = context.onRaise(() => {
      this.#counts[group.priority] -= group.waiting.length;
      group.priority = context.priority;
      this.#counts[group.priority] += group.waiting.length;
      this.#options.onChange();
    });
    context.signal.addEventListener('abort', onAbort);
    group.stop = () => {
      clearTimeout(timer);
      stopListening();
      context.signal.removeEventListener('abort', onAbort);
    };
    awaitDeadline();
  }

  #reject(group: Group<T>, error: Error): void {
    this.#remove(group);
    this.#counts[group.priority] -= group.waiting.length;
    for (const { reject } of group.waiting) reject(error);
  }

  #remove({ context, stop }: Group<T>): void {
    stop();
    const groups = this.#requesters.get(context.requester);
    groups?.delete(context);
    if (groups?.size === 0) this.#requesters.delete(context.requester);
  }
}

function waitingIn<T>(groups: Groups<T> | undefined, priority: Priority): number {
  let count = 0;
  for (const group of groups?.values() ?? []) if (group.priority === priority) count += group.waiting.length;
  return count;
}
