import { z } from 'zod';
import type { LuccaKnobs } from './knobs.ts';
import { invalid } from './problems.ts';
import { oneOf } from './query.ts';
import type { Key, Order } from './sorting.ts';

/** A page of rows, and the cursors of its neighbours; null if there is none. */
export type Page<Row> = { items: Row[]; limit: number; prev: string | null; next: string | null };

/** Parses `limit` (Lucca, Paging: 0 to 100, default 25). Other values are assumed to be refused. */
function readLimit(query: URLSearchParams): number {
  const limit = oneOf(query, 'limit') ?? '25';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) > 100) throw invalid('limit', 'limit must be between 0 and 100.');
  return Number(limit);
}

/**
 * Cuts the page for `page` and `limit` out of filtered rows.
 *
 * A cursor identifies the place between two rows by the key of one of them, so that rows added or removed elsewhere do not
 * matter. It belongs to one `listing`: one collection, order and set of filters. For another listing it is refused with
 * 400, which Lucca's documents leave open. An integer is a page number from 1.
 */
export function cutPage<Row>(
  rows: Row[],
  order: Order<Row>,
  query: URLSearchParams,
  listing: string,
  { pageCap, cursorsExpire }: LuccaKnobs,
): Page<Row> {
  const limit = readLimit(query);
  const size = Math.min(limit, pageCap);
  const keyed = rows.map((row) => ({ row, key: order.keyOf(row) }));
  keyed.sort((a, b) => order.compare(a.key, b.key));

  const page = oneOf(query, 'page') ?? '1';
  const [start, end] = page.startsWith('!') ? placeOfCursor(page) : placeOfNumber(page);
  const items = keyed.slice(start, end);
  const cursor = (side: Cursor['side'], key: Key | null) => encodeCursor({ listing, side, key });
  const hasNext = size > 0 && end < keyed.length;
  return {
    items: items.map(({ row }) => row),
    limit,
    prev: size > 0 && start > 0 ? cursor('before', items[0]?.key ?? null) : null,
    next: hasNext ? cursor('after', items.at(-1)?.key ?? null) : null,
  };

  function placeOfNumber(text: string): [number, number] {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid('page', 'page must be a cursor or a number from 1 on.');
    const first = Math.min((Number(text) - 1) * size, keyed.length);
    return [first, first + size];
  }

  function placeOfCursor(text: string): [number, number] {
    const found = decodeCursor(text);
    if (cursorsExpire || found?.listing !== listing) throw invalid('page', 'The cursor is invalid or has expired.');
    const { side, key } = found;
    if (key === null) return side === 'after' ? [0, size] : [Math.max(0, keyed.length - size), keyed.length];
    const isBeyond = (other: Key) => order.compare(other, key) > (side === 'after' ? 0 : -1);
    const place = keyed.findIndex((other) => isBeyond(other.key));
    const boundary = place === -1 ? keyed.length : place;
    return side === 'after' ? [boundary, boundary + size] : [Math.max(0, boundary - size), boundary];
  }
}

const cursorShape = z.object({
  listing: z.string(),
  side: z.enum(['after', 'before']),
  key: z.array(z.string().nullable()).nullable(),
});
type Cursor = z.infer<typeof cursorShape>;

const encodeCursor = (cursor: Cursor): string => `!${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;

function decodeCursor(text: string): Cursor | undefined {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text.slice(1), 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
