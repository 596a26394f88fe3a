import { z } from 'zod';
import { type Connection, defaultFirst, edgeOf, maxFirst, type PageArgs } from '../src/domain/connection.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';

/** Throws InputError outside 1..100. */
export function pageSizeOf({ first }: PageArgs): number {
  const size = first ?? defaultFirst;
  if (size < 1 || size > maxFirst) throw new InputError(`first: expected 1 to ${maxFirst}, got ${size}.`);
  return size;
}

/** As `pageSizeOf`, and for a cursor that is damaged or of another list: to be called before anything is read. */
export function checkPage(args: PageArgs, scope: string, { cursors }: Pick<Context, 'cursors'>): void {
  pageSizeOf(args);
  if (args.after != null) cursors.check(scope, args.after);
}

const position = z.object({ id: z.string(), at: z.number().int().min(0) });

/** What a caller asked of a list, found good before anything was read for it. */
export type OpenPage = { size: number; after: z.infer<typeof position> | null; scope: string };

/** Throws InputError for a size out of bounds, and for a cursor that is damaged or of another list. */
export function openPage(args: PageArgs, scope: string, { cursors }: Pick<Context, 'cursors'>): OpenPage {
  const size = pageSizeOf(args);
  return { size, after: args.after == null ? null : cursors.decode(scope, args.after, position), scope };
}

/**
 * One page of rows that are all at hand, in their final order. A cursor names its row; should the row be gone by the
 * time that the next page is asked for, the page begins where the row was.
 */
export function pageOf<T>(
  rows: readonly T[],
  { size, after, scope }: OpenPage,
  idOf: (row: T) => string,
  { cursors }: Pick<Context, 'cursors'>,
): Connection<T> {
  const at = after === null ? -1 : rows.findIndex((row) => idOf(row) === after.id);
  const start = after === null ? 0 : at === -1 ? after.at : at + 1;
  return {
    edges: rows
      .slice(start, start + size)
      .map((node, index) => edgeOf(node, () => cursors.encode(scope, { id: idOf(node), at: start + index }))),
    hasNextPage: start + size < rows.length,
    hasPreviousPage: start > 0,
    totalCount: rows.length,
  };
}

/** A list that is known to be empty: no upstream need be asked. */
export const emptyConnection = <T>(): Connection<T> => ({
  edges: [],
  hasNextPage: false,
  hasPreviousPage: false,
  totalCount: 0,
});
