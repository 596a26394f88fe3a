import { compareIds, compareText } from '../src/directory/order.ts';

export type SortKey = string | number | null;

/** A sort key and an id: a position in a list, even if the row is gone. */
export type Place = readonly [SortKey, string];

/** A total order of a list. Rows without a sort key come last, in both directions; ties are ordered by id. */
export type Order<T> = {
  keyOf(row: T): SortKey;
  idOf(row: T): string;
  compareKeys(a: string | number, b: string | number): number;
  isDescending?: boolean;
  /** An object, besides the rows, from which the keys are computed. */
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

/** Returns a sorted copy. Each row's key is computed once. */
export function sortedBy<T>(rows: readonly T[], order: Order<T>): T[] {
  return rows
    .map((row) => ({ row, place: placeOf(row, order) }))
    .sort((a, b) => comparePlaces(a.place, b.place, order))
    .map(({ row }) => row);
}

/** Like `sortedBy`, for immutable lists: caches the result per list and named order. */
export function createSorting<T extends object>() {
  const cached = new WeakMap<readonly T[], Map<string, { basis: object | undefined; rows: readonly T[] }>>();
  return (rows: readonly T[], name: string, order: Order<T>): readonly T[] => {
    const byName = cached.get(rows) ?? new Map();
    cached.set(rows, byName);
    const earlier = byName.get(name);
    if (earlier !== undefined && earlier.basis === order.basis) return earlier.rows;
    const sorted = sortedBy(rows, order);
    byName.set(name, { basis: order.basis, rows: sorted });
    return sorted;
  };
}

/** Compares by Unicode's root collation. */
export const byText = <T>(keyOf: (row: T) => string | null, idOf: (row: T) => string): Order<T> => ({
  keyOf,
  idOf,
  compareKeys: (a, b) => compareText(String(a), String(b)),
});

/** Compares numbers, or texts in one format such as dates. */
export const byValue = <T>(keyOf: (row: T) => SortKey, idOf: (row: T) => string): Order<T> => ({
  keyOf,
  idOf,
  compareKeys: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/** Compares by id only. */
export const byId = <T>(idOf: (row: T) => string): Order<T> => byValue(() => 0, idOf);

export const descending = <T>(order: Order<T>): Order<T> => ({ ...order, isDescending: true });
