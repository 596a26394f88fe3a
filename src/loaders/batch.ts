import DataLoader from 'dataloader';
import type { Awaitable } from '../domain/awaitable.ts';

export type Loader<K, V> = {
  /** At once where the operation has it already. */
  load(key: K): Awaitable<V>;
  /** Asks again from now on: something was written. */
  clear(): void;
};

/** What is known of a key: null for nothing, an Error that is for this key alone. */
export type Found<V> = V | Error | null;

/**
 * One value per key per operation, asked for together. `find` takes a whole batch and returns a look-up, so that no order
 * of the upstream's rows is ever relied on. A key that is missing is null; an Error is thrown for its key alone.
 * `ifLoaded` finds what the operation has already; undefined for everything else.
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
