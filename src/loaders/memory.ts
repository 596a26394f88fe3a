/**
 * What the process remembers of the upstreams' answers, for all operations. Today: reads that are under way are shared,
 * so that a hundred callers who ask for the same list at once cause one walk over it. Answers come with the service's
 * own credentials; what a caller may see of them is decided at the field, above this.
 */
export type Memory = {
  /** `key` names the upstream and everything that shapes the answer. Failures are shared, and not kept. */
  read<T>(key: string, load: () => Promise<T>): Promise<T>;
};

export function createMemory(): Memory {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    read: <T>(key: string, load: () => Promise<T>): Promise<T> => {
      const shared = underWay.get(key);
      // One key is always read by the same call site, hence with the same type.
      if (shared !== undefined) return shared as Promise<T>;
      const started = load().finally(() => underWay.delete(key));
      underWay.set(key, started);
      return started;
    },
  };
}
