/** A JSON object. */
export type Members = Record<string, unknown>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes the second row, or the only one, so that most rows stay regular. */
export const oneRow = (rows: readonly unknown[], change: (row: Members) => unknown): unknown[] =>
  rows.map((row, index) => (index === Math.min(1, rows.length - 1) && isMembers(row) ? change(row) : row));

export const everyRow = (rows: readonly unknown[], change: (row: Members) => unknown): unknown[] =>
  rows.map((row) => (isMembers(row) ? change(row) : row));

export function without(row: Members, ...names: string[]): Members {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

/** Converts members named `id`, or as given, from digits to numbers, at any depth. */
export function digitsAsNumbers(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => digitsAsNumbers(item, names));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) =>
      names.includes(name) && typeof member === 'string' && /^\d{1,15}$/.test(member)
        ? [name, Number(member)]
        : [name, digitsAsNumbers(member, names)],
    ),
  );
}
