import { keptWith } from './kept-with.ts';

/** The rows that one operation has met, each once: of two with one key the first stays. */
export type KnownRows<Row> = {
  add(rows: readonly Row[]): void;
  /** The same list until there are more rows, and the same for every operation that has met the same lists. */
  all(): readonly Row[];
  get(key: string): Row | undefined;
};

/** Makes the rows of an operation. Lists are put together and indexed once for the process, however often that is asked. */
export function knownRowsBy<Row>(keyOf: (row: Row) => string): () => KnownRows<Row> {
  const indexOf = keptWith((rows: readonly Row[]): ReadonlyMap<string, Row> => {
    const index = new Map<string, Row>();
    for (const row of rows) if (!index.has(keyOf(row))) index.set(keyOf(row), row);
    return index;
  });
  const unique = keptWith((rows: readonly Row[]): readonly Row[] =>
    indexOf(rows).size === rows.length ? rows : [...indexOf(rows).values()],
  );
  const together = keptWith((known: readonly Row[], rows: readonly Row[]): readonly Row[] => {
    const fresh = unique(rows).filter((row) => !indexOf(known).has(keyOf(row)));
    return fresh.length === 0 ? known : known.concat(fresh);
  });

  return () => {
    let known: readonly Row[] = [];
    return {
      add: (rows) => {
        known = known.length === 0 ? unique(rows) : together(known, rows);
      },
      all: () => known,
      get: (key) => indexOf(known).get(key),
    };
  };
}
