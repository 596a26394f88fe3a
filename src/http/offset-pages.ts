import type { ListOf, SkippedRow } from '../domain/list-reading.ts';
import { invalidResponse, type JsonContext } from './json.ts';
import type { OnRemark } from './remark.ts';
import { type ReadRows, repeatedRow, requireReadable } from './rows.ts';

/** One page of a list with offset paging. `total` counts all rows; null if the upstream does not state it. */
export type OffsetPage<Row> = ReadRows<Row> & { readonly total: number | null };

export type OffsetWalk<Row> = JsonContext & {
  /** The upstream's name for the rows. */
  resource: string;
  /** Rows requested per page. */
  pageSize: number;
  readPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>;
  /** The row's key; null for a row without one, which counts as distinct from all others. */
  keyOf: (row: Row) => string | null;
  onRemark?: OnRemark | undefined;
};

/**
 * Combines pages into a list. Of several rows with one key, the first counts. Throws UPSTREAM_INVALID_RESPONSE if no
 * row can be read, or if a later page holds no new row, because the upstream then ignores the offset.
 */
export function toList<Row>(walk: OffsetWalk<Row>, pages: readonly OffsetPage<Row>[]): ListOf<Row> {
  const rows: Row[] = [];
  const skipped: SkippedRow[] = [];
  const seen = new Set<string>();
  let received = 0;
  let malformed = 0;
  for (const page of pages) {
    const before = rows.length;
    for (const row of page.rows) {
      const key = walk.keyOf(row);
      if (key === null || !seen.has(key)) rows.push(row);
      else skipped.push(repeatedRow(walk.resource));
      if (key !== null) seen.add(key);
    }
    if (received > 0 && page.rows.length > 0 && rows.length === before) throw offsetIgnored(walk, received);
    skipped.push(...page.skipped);
    received += page.received;
    malformed += page.malformed;
  }
  requireReadable({ received, malformed, skipped }, walk);
  return { rows, skipped, pages: pages.length };
}

export const offsetIgnored = <Row>(walk: OffsetWalk<Row>, offset: number) =>
  invalidResponse(
    walk,
    `${walk.subject}: its page at offset ${offset} repeats rows of earlier pages only. Is the offset ignored?`,
  );
