import type { RequestContext } from './request-context.ts';

/** A request that waits for its turn, and goes with what `T` gives it. */
export type Waiting<T> = { context: RequestContext; go: (it: T) => void; fail: (error: Error) => void };

/** Who waits, in rounds: each requester has one turn in each, so that one that asks a lot delays no other for long. */
export class Turns<T> {
  readonly #queues = new Map<object, Waiting<T>[]>();

  add(waiting: Waiting<T>): void {
    const queue = this.#queues.get(waiting.context.requester);
    if (queue === undefined) this.#queues.set(waiting.context.requester, [waiting]);
    else queue.push(waiting);
  }

  /** How many turns of others, and of its own, come before one that the requester would ask for now. */
  ahead({ requester }: RequestContext): number {
    const own = this.#queues.get(requester)?.length ?? 0;
    let ahead = own;
    for (const [other, queue] of this.#queues) if (other !== requester) ahead += Math.min(queue.length, own + 1);
    return ahead;
  }

  /** Takes the next one out; its requester goes to the end of the round. */
  next(): Waiting<T> | null {
    for (const [requester, queue] of this.#queues) {
      const [waiting, ...rest] = queue;
      this.#queues.delete(requester);
      if (rest.length > 0) this.#queues.set(requester, rest);
      if (waiting !== undefined) return waiting;
    }
    return null;
  }

  /** Takes out everybody who would give up before the given time, by `performance.now()`. */
  takeOutOverdue(time: number): Waiting<T>[] {
    const overdue: Waiting<T>[] = [];
    for (const [requester, queue] of [...this.#queues]) {
      const patient = queue.filter(({ context }) => context.deadline >= time);
      overdue.push(...queue.filter((it) => !patient.includes(it)));
      if (patient.length === 0) this.#queues.delete(requester);
      else this.#queues.set(requester, patient);
    }
    return overdue;
  }

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }
}
