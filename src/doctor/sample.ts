import type { ReadRows } from '../http/rows.ts';

/** One page of a list: as it came, and as the graph reads it. */
export type Sample = Pick<ReadRows<unknown>, 'skipped' | 'received' | 'malformed'> & {
  /** The vendor's name for the rows. */
  resource: string;
  /** Rows as they came. */
  raw: readonly unknown[];
  /** How many were asked for. */
  asked: number;
  /** How many the list has; null where it is not told. */
  total: number | null;
  /** Whether it was told that more pages follow. */
  hasNext: boolean;
};

/** The value at a dotted path of something that may be anything; undefined where there is none. */
export const at = (value: unknown, path: string): unknown => path.split('.').reduce(memberOf, value);

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([it]) => it === name)?.[1];
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
