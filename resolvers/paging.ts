import { z } from 'zod';
import { type Connection, defaultFirst, edgeOf, maxFirst, type PageArgs } from '../src/domain/connection.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';
import { comparePlaces, type Order, placeOf } from './order.ts';

/** Throws InputError outside 1..100. */
function pageSizeOf({ first }: PageArgs): number {
  const size = first ?? defaultFirst;
  if (size < 1 || size > maxFirst) throw new InputError(`first: expected 1 to ${maxFirst}, got ${size}.`);
  return size;
}

const place = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);

/** The validated page arguments; validated before anything is read. */
export type OpenPage = { size: number; after: z.infer<typeof place> | null; scope: string };

/** Throws InputError for a page size out of range, and for a cursor that is damaged or of another list. */
export function openPage(args: PageArgs, scope: string, { cursors }: Pick<Context, 'cursors'>): OpenPage {
  const size = pageSizeOf(args);
  return { size, after: args.after == null ? null : cursors.decode(scope, args.after, place), scope };
}

/**
 * Cuts one page of rows sorted by `order`. A cursor holds the sort key and the id of its row: rows added or removed
 * between two pages do not repeat or hide other rows.
 */
export function pageOf<T>(
  rows: readonly T[],
  { size, after, scope }: OpenPage,
  order: Order<T>,
  { cursors }: Pick<Context, 'cursors'>,
): Connection<T> {
  const start = after === null ? 0 : firstAfter(rows, after, order);
  return {
    edges: rows
      .slice(start, start + size)
      .map((node) => edgeOf(node, () => cursors.encode(scope, placeOf(node, order)))),
    hasNextPage: start + size < rows.length,
    hasPreviousPage: start > 0,
    totalCount: rows.length,
  };
}

/** The index of the first row after the position, by binary search. */
function firstAfter<T>(rows: readonly T[], after: z.infer<typeof place>, order: Order<T>): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = rows[middle];
    if (row !== undefined && comparePlaces(placeOf(row, order), after, order) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For a list that is known to be empty without reading anything. */
export const emptyConnection = <T>(): Connection<T> => ({
  edges: [],
  hasNextPage: false,
  hasPreviousPage: false,
  totalCount: 0,
});
