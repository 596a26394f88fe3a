import { LRUCache } from 'lru-cache';

/**
 * What the process remembers of the upstreams' answers, for all operations: reads that are under way are shared, so that
 * a hundred callers who ask for the same list cause one walk over it, and answers serve for a while. They come with the
 * service's own credentials; what a caller may see of them is decided at the field, above this.
 */
export type Memory = {
  /** `key` names the upstream and everything that shapes the answer. Failures are shared while under way, and not kept. */
  read<T extends object>(key: string, load: () => Promise<T>): Promise<T>;
  /** True while the answer is there. */
  isKept(key: string): boolean;
  /** True while asking for the key costs no request of its own: the answer is there or on its way. */
  isAtHand(key: string): boolean;
  /** Drops every answer whose key begins so; one that is under way is not kept when it comes. */
  forget(prefix: string): void;
  /** Every answer that is there, whether or not it would still serve, with its key. */
  kept(): Iterable<readonly [key: string, answer: object]>;
  /** Drops every answer that is meant, and tells how many. What is under way, whatever it will say, is not kept. */
  forgetWhere(isMeant: (answer: object, key: string) => boolean): number;
};

export type MemoryOptions = {
  /** How long an answer serves; 0 to keep none. One that took long to get serves longer, see below. */
  freshSeconds: number;
  maxEntries?: number;
};

/** A directory that takes minutes to read is used for a multiple of that time, and then once more while it is read again. */
const servesTimesItsCost = 5;
const slowMs = 5_000;

type Kept = { answer: object; freshUntil: number };

export function createMemory({ freshSeconds, maxEntries = 2_000 }: MemoryOptions): Memory {
  const underWay = new Map<string, Promise<object>>();
  const kept = freshSeconds > 0 ? new LRUCache<string, Kept>({ max: maxEntries }) : null;

  function keep(key: string, answer: object, tookMs: number): void {
    const freshMs = Math.max(freshSeconds * 1000, tookMs * servesTimesItsCost);
    const ttl = tookMs > slowMs ? 2 * freshMs : freshMs;
    kept?.set(key, { answer, freshUntil: Date.now() + freshMs }, { ttl });
  }

  function start<T extends object>(key: string, load: () => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const started = load().then(
      (answer) => {
        if (settle(started)) keep(key, answer, Date.now() - startedAt);
        return answer;
      },
      (error: unknown) => {
        settle(started);
        throw error;
      },
    );
    underWay.set(key, started);
    return started;

    /** False when the answer was forgotten or overtaken before it came. */
    function settle(promise: Promise<object>): boolean {
      const isLatest = underWay.get(key) === promise;
      if (isLatest) underWay.delete(key);
      return isLatest;
    }
  }

  return {
    read: <T extends object>(key: string, load: () => Promise<T>): Promise<T> => {
      // One key is always read by the same call site, hence with the same type.
      const running = underWay.get(key) as Promise<T> | undefined;
      const earlier = kept?.get(key);
      if (earlier === undefined) return running ?? start(key, load);
      if (earlier.freshUntil < Date.now() && running === undefined) start(key, load).catch(() => undefined);
      return Promise.resolve(earlier.answer as T);
    },
    isKept: (key) => kept?.has(key) ?? false,
    isAtHand: (key) => underWay.has(key) || (kept?.has(key) ?? false),
    forget: (prefix) => {
      for (const key of [...underWay.keys()]) if (key.startsWith(prefix)) underWay.delete(key);
      for (const key of [...(kept?.keys() ?? [])]) if (key.startsWith(prefix)) kept?.delete(key);
    },
    kept: () => [...(kept?.entries() ?? [])].map(([key, { answer }]) => [key, answer] as const),
    forgetWhere: (isMeant) => {
      underWay.clear();
      const meant = [...(kept?.entries() ?? [])].filter(([key, { answer }]) => isMeant(answer, key));
      for (const [key] of meant) kept?.delete(key);
      return meant.length;
    },
  };
}

/** For a caller who wants to read through: nothing that was at hand before serves, and what comes is kept for all. */
export function readingThrough(memory: Memory): Memory {
  const asked = new Set<string>();
  return {
    ...memory,
    read: (key, load) => {
      if (!asked.has(key)) {
        asked.add(key);
        memory.forget(key);
      }
      return memory.read(key, load);
    },
    isKept: (key) => asked.has(key) && memory.isKept(key),
    isAtHand: (key) => asked.has(key) && memory.isAtHand(key),
  };
}
