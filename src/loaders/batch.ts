import DataLoader from 'dataloader';

export type Loader<K, V> = {
  load(key: K): Promise<V>;
  /** Asks again from now on: something was written. */
  forget(): void;
};

/**
 * One answer per key per operation, asked for together. `find` answers a whole batch and returns a look-up, so that no
 * order of the upstream's rows is ever relied on. A key that is missing is null; an Error is thrown for its key alone.
 */
export function batched<K, V>(
  find: (keys: readonly K[]) => Promise<(key: K) => V | Error | null>,
): Loader<K, V | null> {
  const loader = new DataLoader<K, V | null>(async (keys) => {
    const lookUp = await find(keys);
    return keys.map(lookUp);
  });
  return { load: (key) => loader.load(key), forget: () => void loader.clearAll() };
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
