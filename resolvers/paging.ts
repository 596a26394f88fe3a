import { z } from 'zod';
import { type Connection, defaultFirst, maxFirst, type PageArgs } from '../src/domain/connection.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';

/** Throws InputError outside 1..100. */
export function pageSizeOf({ first }: PageArgs): number {
  const size = first ?? defaultFirst;
  if (size < 1 || size > maxFirst) throw new InputError(`first: expected 1 to ${maxFirst}, got ${size}.`);
  return size;
}

const position = z.object({ id: z.string(), at: z.number().int().min(0) });

/**
 * One page of rows that are all at hand, in their final order. A cursor names its row; should the row be gone by the
 * time that the next page is asked for, the page begins where the row was.
 */
export function pageOf<T>(
  rows: readonly T[],
  args: PageArgs,
  scope: string,
  idOf: (row: T) => string,
  { cursors }: Pick<Context, 'cursors'>,
): Connection<T> {
  const size = pageSizeOf(args);
  let start = 0;
  if (args.after != null) {
    const last = cursors.decode(scope, args.after, position);
    const at = rows.findIndex((row) => idOf(row) === last.id);
    start = at === -1 ? last.at : at + 1;
  }
  return {
    edges: rows.slice(start, start + size).map((node, index) => ({
      node,
      cursor: cursors.encode(scope, { id: idOf(node), at: start + index }),
    })),
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
