import DataLoader from 'dataloader';
import type { Awaitable } from '../domain/awaitable.ts';

export type Loader<K, V> = {
  /** Returns the value synchronously if the operation has already loaded it. */
  load(key: K): Awaitable<V>;
  /** Drops loaded values after a write, so that the next load asks again. */
  clear(): void;
};

/** The result for one key: a value, null for a missing row, or an Error that concerns this key alone. */
export type Found<V> = V | Error | null;

/**
 * Loads each key once per operation, in batches. `find` takes a whole batch and returns a look-up, so the order of the
 * upstream's rows never matters. A missing key gives null; an Error rejects its own key only. `ifLoaded` returns what
 * the operation has already loaded, else undefined.
 */
export function batched<K, V>(
  find: (keys: readonly K[]) => Promise<(key: K) => Found<V>>,
  ifLoaded: (key: K) => Found<V> | undefined,
): Loader<K, V | null> {
  const loader = new DataLoader<K, V | null>(async (keys) => {
    const lookUp = await find(keys);
    return keys.map(lookUp);
  });
  return {
    load: (key) => {
      const found = ifLoaded(key);
      if (found === undefined) return loader.load(key);
      if (found instanceof Error) throw found;
      return found;
    },
    clear: () => void loader.clearAll(),
  };
}
