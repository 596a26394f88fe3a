import type { ListOf, Reading, SkippedRow } from '../../domain/list-reading.ts';
import { readingOfOffsets } from '../../http/offset-walk.ts';
import type { WirePagination } from './wire.ts';

/** `total` counts the rows of all pages; `hasNext` is null where Ctrl Hub tells neither the next offset nor a count. */
export type ListPosition = { total: number | null; hasNext: boolean | null };

export type ListPage<Row> = { rows: Row[]; skipped: readonly SkippedRow[] } & ListPosition;

type Received = { offset: number; limit: number; received: number };

/**
 * Where a page stands in its list (Ctrl Hub docs: Retrieve job role assignments, meta.pagination). More rows follow if
 * either offsets.next or counts.resources says so: both are told by example only, and rows must not be lost.
 */
export function positionOf(
  pagination: WirePagination | null | undefined,
  { offset, limit, received }: Received,
): ListPosition {
  const end = offset + received;
  const next = pagination?.offsets?.next;
  const counted = pagination?.counts?.resources ?? null;
  if (next != null && next > offset)
    return { total: counted !== null && counted > end ? counted : null, hasNext: true };
  if (counted !== null) {
    return received === 0
      ? { total: counted, hasNext: false }
      : { total: Math.max(counted, end), hasNext: counted > end };
  }
  if (received === 0) return { total: offset === 0 ? 0 : null, hasNext: false };
  // Told to be the last, or more than was asked for: a list that is not paged at all, as some older ones.
  if (next === null || received > limit) return { total: end, hasNext: false };
  return { total: null, hasNext: null };
}

/** One reading of all rows of a list, each once. */
export function readingOfList<Row extends { ctrlHubId: string }>(
  pageSize: number,
  readPage: (offset: number, limit: number) => Promise<ListPage<Row>>,
): Reading<ListOf<Row>> {
  let rest: Reading<ListOf<Row>> | null = null;

  /** A short first page is the upstream's own maximum, unless it is known to be the last. */
  function restOf(first: ListPage<Row>): Reading<ListOf<Row>> {
    const [firstRow] = first.rows;
    const isUnpagedList = (page: ListPage<Row>) =>
      page.hasNext === null && page.rows[0]?.ctrlHubId === firstRow?.ctrlHubId;
    let begin: ListPage<Row> | null = first;
    return readingOfOffsets({
      upstream: 'CTRL_HUB',
      pageSize: first.hasNext === false || firstRow === undefined ? pageSize : Math.min(pageSize, first.rows.length),
      readPage: async (offset, limit) => {
        // After a restart the first page is read anew.
        const page = offset === 0 && begin !== null ? begin : await readPage(offset, limit);
        if (offset === 0) begin = null;
        return offset > 0 && isUnpagedList(page) ? { ...page, rows: [] } : page;
      },
      keyOf: (row) => row.ctrlHubId,
    });
  }

  return {
    attempt: async (onProgress) => {
      rest ??= restOf(await readPage(0, pageSize));
      return rest.attempt(onProgress);
    },
  };
}
