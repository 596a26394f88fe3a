/** A JSON object. */
export type Members = Record<string, unknown>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The second row changed, or the only one: what is odd now and then is not odd everywhere. */
export const oneRow = (rows: readonly unknown[], change: (row: Members) => unknown): unknown[] =>
  rows.map((row, index) => (index === Math.min(1, rows.length - 1) && isMembers(row) ? change(row) : row));

export const everyRow = (rows: readonly unknown[], change: (row: Members) => unknown): unknown[] =>
  rows.map((row) => (isMembers(row) ? change(row) : row));

export function without(row: Members, ...names: string[]): Members {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

/** Of all members named `id` or as given, at any depth, those that are digits as numbers. */
export function digitsAsNumbers(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((it) => digitsAsNumbers(it, names));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) =>
      names.includes(name) && typeof it === 'string' && /^\d{1,15}$/.test(it)
        ? [name, Number(it)]
        : [name, digitsAsNumbers(it, names)],
    ),
  );
}
