import type { ReadRows } from '../http/rows.ts';

/** One page of a list: the raw rows, and the rows as the graph parses them. */
export type Sample = Pick<ReadRows<unknown>, 'skipped' | 'received' | 'malformed'> & {
  /** The vendor's name for the rows. */
  resource: string;
  /** The raw rows. */
  raw: readonly unknown[];
  /** The requested number of rows. */
  asked: number;
  /** The number of rows in the list; null if the response does not say. */
  total: number | null;
  /** Whether the response says that more pages follow. */
  hasNext: boolean;
};

/** The value at a dotted path; undefined if there is none. */
export const at = (value: unknown, path: string): unknown => path.split('.').reduce(memberOf, value);

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([member]) => member === name)?.[1];
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
