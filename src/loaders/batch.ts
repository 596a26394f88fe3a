import DataLoader from 'dataloader';
import type { Awaitable } from '../domain/awaitable.ts';

export type Loader<K, V> = {
  /** At once where the answer is at hand. */
  load(key: K): Awaitable<V>;
  /** Asks again from now on: something was written. */
  forget(): void;
};

/** What is known of a key: null for nothing, an Error that is for this key alone. */
export type Found<V> = V | Error | null;

/**
 * One answer per key per operation, asked for together. `find` answers a whole batch and returns a look-up, so that no
 * order of the upstream's rows is ever relied on. A key that is missing is null; an Error is thrown for its key alone.
 * `atHand` answers what takes no asking; undefined for everything else.
 */
export function batched<K, V>(
  find: (keys: readonly K[]) => Promise<(key: K) => Found<V>>,
  atHand: (key: K) => Found<V> | undefined = () => undefined,
): Loader<K, V | null> {
  const loader = new DataLoader<K, V | null>(async (keys) => {
    const lookUp = await find(keys);
    return keys.map(lookUp);
  });
  return {
    load: (key) => {
      const found = atHand(key);
      if (found === undefined) return loader.load(key);
      if (found instanceof Error) throw found;
      return found;
    },
    forget: () => void loader.clearAll(),
  };
}

/** The look-up that a list of rows gives when each has one key. */
export function byKey<K, V>(rows: readonly V[], keyOf: (row: V) => K): (key: K) => V | null {
  const index = new Map(rows.map((row) => [keyOf(row), row]));
  return (key) => index.get(key) ?? null;
}

export function groupBy<K, V>(rows: readonly V[], keyOf: (row: V) => K | null): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
