import type { Asker } from './read-scope.ts';

/** A request that waits for its turn, and goes with what `T` gives it. */
export type Waiting<T> = { asker: Asker; go: (it: T) => void; fail: (error: Error) => void };

/** Who waits, in rounds: each operation has one turn in each, so that one that asks a lot delays no other for long. */
export class Turns<T> {
  readonly #queues = new Map<object, Waiting<T>[]>();

  add(waiting: Waiting<T>): void {
    const queue = this.#queues.get(waiting.asker.operation);
    if (queue === undefined) this.#queues.set(waiting.asker.operation, [waiting]);
    else queue.push(waiting);
  }

  /** How many turns of others, and of its own, come before one that the operation would ask for now. */
  ahead(operation: object): number {
    const own = this.#queues.get(operation)?.length ?? 0;
    let ahead = own;
    for (const [other, queue] of this.#queues) if (other !== operation) ahead += Math.min(queue.length, own + 1);
    return ahead;
  }

  /** Takes the next one out; its operation goes to the end of the round. */
  next(): Waiting<T> | null {
    for (const [operation, queue] of this.#queues) {
      const [waiting, ...rest] = queue;
      this.#queues.delete(operation);
      if (rest.length > 0) this.#queues.set(operation, rest);
      if (waiting !== undefined) return waiting;
    }
    return null;
  }

  /** Takes out everybody who would give up before the given time, by `performance.now()`. */
  takeOutOverdue(time: number): Waiting<T>[] {
    const overdue: Waiting<T>[] = [];
    for (const [operation, queue] of [...this.#queues]) {
      const patient = queue.filter(({ asker }) => asker.deadline >= time);
      overdue.push(...queue.filter((it) => !patient.includes(it)));
      if (patient.length === 0) this.#queues.delete(operation);
      else this.#queues.set(operation, patient);
    }
    return overdue;
  }

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }
}
