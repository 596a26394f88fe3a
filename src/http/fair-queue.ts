import { cancellation, isMoreUrgent, type Priority, priorities, type RequestContext } from './request-context.ts';

type Waiting<T> = { resolve: (turn: T) => void; reject: (error: Error) => void };

/** The requests of one context; `stop` removes its timer and its listeners. */
type Group<T> = { context: RequestContext; waiting: Waiting<T>[]; stop: () => void };

export type FairQueueOptions = {
  /** What a request fails with whose deadline has come. */
  late: () => Error;
  /** A request has become more urgent, or has left before its turn. */
  onChange: () => void;
};

export const longestTimerMs = 2 ** 31 - 1;

/**
 * Requests that wait for their turn: the more urgent first, and among equally urgent ones in rounds, in which each
 * requester has one turn. A request leaves at once when its context is cancelled, and at the deadline of its context.
 */
export class FairQueue<T> {
  /** In the order of the round. A requester has several contexts where an operation has begun several reads. */
  readonly #requesters = new Map<object, Map<RequestContext, Group<T>>>();
  readonly #options: FairQueueOptions;

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  /** Of those who wait, the highest priority; null where nobody does. */
  get first(): Priority | null {
    return priorities.find((it) => this.count(it) > 0) ?? null;
  }

  /** How many wait, of one priority or of all. */
  count(priority?: Priority): number {
    const counted = this.#groups().filter((it) => priority === undefined || it.context.priority === priority);
    return counted.reduce((sum, it) => sum + it.waiting.length, 0);
  }

  /** How many requests of each priority would have their turn before one that the context asked for now. */
  ahead({ requester, priority }: RequestContext): Record<Priority, number> {
    const ahead = { interactive: 0, background: 0, renewal: 0 };
    const waiting = (it: Iterable<Group<T>>, of: Priority) =>
      [...it].reduce((sum, group) => sum + (group.context.priority === of ? group.waiting.length : 0), 0);
    const own = waiting(this.#requesters.get(requester)?.values() ?? [], priority);
    for (const [other, groups] of this.#requesters) {
      for (const level of priorities) {
        const count = waiting(groups.values(), level);
        if (isMoreUrgent(level, priority)) ahead[level] += count;
        else if (level === priority) ahead[level] += other === requester ? own : Math.min(count, own + 1);
      }
    }
    return ahead;
  }

  /** Resolves at the request's turn. Throws `late()` at the deadline, and an AbortError on cancellation. */
  wait(context: RequestContext): Promise<T> {
    if (context.signal.aborted) return Promise.reject(cancellation());
    if (context.remainingMs <= 0) return Promise.reject(this.#options.late());
    return new Promise((resolve, reject) => {
      this.#groupOf(context).waiting.push({ resolve, reject });
    });
  }

  /** Gives the next request its turn, and moves its requester to the end of the round. */
  serve(turn: T): void {
    const { first } = this;
    for (const [requester, groups] of this.#requesters) {
      const group = [...groups.values()].find((it) => it.context.priority === first);
      if (group === undefined) continue;
      const next = group.waiting.shift();
      if (group.waiting.length === 0) this.#remove(group);
      if (this.#requesters.delete(requester) && groups.size > 0) this.#requesters.set(requester, groups);
      next?.resolve(turn);
      return;
    }
  }

  /** Takes out the requests whose deadline lies before `time`, by `performance.now()`. */
  refuseUntil(time: number): void {
    for (const group of this.#groups()) if (group.context.deadline < time) this.#reject(group, this.#options.late());
  }

  #groups(): Group<T>[] {
    return [...this.#requesters.values()].flatMap((it) => [...it.values()]);
  }

  #groupOf(context: RequestContext): Group<T> {
    const groups = this.#requesters.get(context.requester) ?? new Map<RequestContext, Group<T>>();
    const known = groups.get(context);
    if (known !== undefined) return known;
    const group: Group<T> = { context, waiting: [], stop: () => {} };
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
    const hangUp = () => leave(cancellation());
    let timer: NodeJS.Timeout | undefined;
    const watchDeadline = () => {
      const ms = context.remainingMs;
      if (ms <= 0) leave(this.#options.late());
      // The deadline may be moved back meanwhile.
      else if (ms !== Number.POSITIVE_INFINITY) timer = setTimeout(watchDeadline, Math.min(ms, longestTimerMs)).unref();
    };
    const stopListening = context.onRaise(this.#options.onChange);
    context.signal.addEventListener('abort', hangUp);
    group.stop = () => {
      clearTimeout(timer);
      stopListening();
      context.signal.removeEventListener('abort', hangUp);
    };
    watchDeadline();
  }

  #reject(group: Group<T>, error: Error): void {
    this.#remove(group);
    for (const { reject } of group.waiting) reject(error);
  }

  #remove({ context, stop }: Group<T>): void {
    stop();
    const groups = this.#requesters.get(context.requester);
    groups?.delete(context);
    if (groups?.size === 0) this.#requesters.delete(context.requester);
  }
}
