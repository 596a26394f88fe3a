import { compareIds, compareText } from '../src/directory/order.ts';

export type SortKey = string | number | null;

/** A sort key and an id: where a row stands, whether or not it is there. */
export type Place = readonly [SortKey, string];

/** One total order of a list. Rows without a sort key come last, in both directions; ties are in order of id. */
export type Order<T> = {
  keyOf(row: T): SortKey;
  idOf(row: T): string;
  compareKeys(a: string | number, b: string | number): number;
  isDescending?: boolean;
  /** What the keys follow from besides the rows. */
  basis?: object;
};

export const placeOf = <T>(row: T, { keyOf, idOf }: Order<T>): Place => [keyOf(row), idOf(row)];

export function comparePlaces<T>(a: Place, b: Place, { compareKeys, isDescending = false }: Order<T>): number {
  const direction = isDescending ? -1 : 1;
  const [[left, leftId], [right, rightId]] = [a, b];
  if (left === null || right === null) {
    return left === right ? direction * compareIds(leftId, rightId) : left === null ? 1 : -1;
  }
  return direction * (compareKeys(left, right) || compareIds(leftId, rightId));
}

/** A sorted copy. Each row's key is taken once. */
export function sortedBy<T>(rows: readonly T[], order: Order<T>): T[] {
  return rows
    .map((row) => ({ row, place: placeOf(row, order) }))
    .sort((a, b) => comparePlaces(a.place, b.place, order))
    .map(({ row }) => row);
}

/** As `sortedBy`, of a list that never changes: sorted once by each of a few orders, which have a name each. */
export function createSorting<T extends object>() {
  const bySorted = new WeakMap<readonly T[], Map<string, { basis: object | undefined; rows: readonly T[] }>>();
  return (rows: readonly T[], name: string, order: Order<T>): readonly T[] => {
    const known = bySorted.get(rows) ?? new Map();
    bySorted.set(rows, known);
    const earlier = known.get(name);
    if (earlier !== undefined && earlier.basis === order.basis) return earlier.rows;
    const sorted = sortedBy(rows, order);
    known.set(name, { basis: order.basis, rows: sorted });
    return sorted;
  };
}

/** By the root collation of Unicode. */
export const byText = <T>(keyOf: (row: T) => string | null, idOf: (row: T) => string): Order<T> => ({
  keyOf,
  idOf,
  compareKeys: (a, b) => compareText(String(a), String(b)),
});

/** Numbers, and texts of one form such as dates. */
export const byValue = <T>(keyOf: (row: T) => SortKey, idOf: (row: T) => string): Order<T> => ({
  keyOf,
  idOf,
  compareKeys: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/** By id alone. */
export const byId = <T>(idOf: (row: T) => string): Order<T> => byValue(() => 0, idOf);

export const descending = <T>(order: Order<T>): Order<T> => ({ ...order, isDescending: true });
