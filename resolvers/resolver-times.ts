/** All calls of one field's resolver in an operation. Times are in milliseconds, by `performance.now()`. */
export type ResolverGroup = {
  /** Such as `Employee.grade`. */
  coordinate: string;
  calls: number;
  /** Time in which the resolvers blocked the event loop, without the time that they waited. */
  busyMs: number;
  startedAt: number;
  endedAt: number;
};

/** Durations of an operation's resolvers, by field. */
export class ResolverTimes {
  readonly #groups = new Map<string, ResolverGroup>();

  groups(): Iterable<ResolverGroup> {
    return this.#groups.values();
  }

  /** Runs a resolver and records when its result is available. */
  measure<T>(coordinate: string, resolve: () => T): T {
    const startedAt = performance.now();
    const known = this.#groups.get(coordinate);
    const group = known ?? { coordinate, calls: 0, busyMs: 0, startedAt, endedAt: startedAt };
    if (known === undefined) this.#groups.set(coordinate, group);
    group.calls += 1;
    const end = () => {
      group.endedAt = Math.max(group.endedAt, performance.now());
    };
    try {
      const result = resolve();
      if (result instanceof Promise) result.then(end, end);
      return result;
    } finally {
      end();
      group.busyMs += performance.now() - startedAt;
    }
  }
}
