import type { ListOf, SkippedRow } from '../domain/list-reading.ts';
import { invalidResponse, type JsonContext } from './json.ts';
import type { OnRemark } from './remark.ts';
import { type ReadRows, repeatedRow, requireReadable } from './rows.ts';

/** One page of a list that is addressed by row offset. `total` counts all rows; null where the upstream does not say. */
export type OffsetPage<Row> = ReadRows<Row> & { readonly total: number | null };

export type OffsetWalk<Row> = JsonContext & {
  /** The upstream's name for the rows. */
  resource: string;
  /** Rows asked for at once. */
  pageSize: number;
  readPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>;
  /** The row's identifier; null for a row without one, which equals no other row. */
  keyOf: (row: Row) => string | null;
  onRemark?: OnRemark | undefined;
};

/**
 * The list that its pages make up. Of rows with one key the first counts.
 * Throws UPSTREAM_INVALID_RESPONSE where no row can be read, or a later page brings nothing new: the upstream ignores
 * the offset.
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
