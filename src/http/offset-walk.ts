import type { ListOf, OnProgress, Reading, SkippedRow } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** One page of a list that is addressed by row offset. `total` counts all rows; null where the upstream does not say. */
export type OffsetPage<Row> = { rows: Row[]; skipped: readonly SkippedRow[]; total: number | null };

export type OffsetWalk<Row> = {
  upstream: Upstream;
  pageSize: number;
  readPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>;
  /** The row's identifier; null for a row without one, which equals no other row. */
  keyOf: (row: Row) => string | null;
};

const maxRestarts = 2;

class TotalChanged extends Error {}

/**
 * One reading of a whole list: the first page alone, the rest in parallel. Advances by the rows received, so that an
 * upstream's cap on the page size costs requests and never rows. Rows with one key are delivered once. When the total
 * changes on the way, offset paging may have skipped rows: the walk begins again, twice at most, and then accepts what
 * it has. An attempt after one that failed reads the missing pages only.
 * Throws UPSTREAM_INVALID_RESPONSE when a later page brings nothing new: the upstream ignores the offset.
 */
export function readingOfOffsets<Row>(walk: OffsetWalk<Row>): Reading<ListOf<Row>> {
  const good = new Map<string, OffsetPage<Row>>();
  const readPage = async (offset: number, limit: number) => {
    const place = `${offset} ${limit}`;
    const page = good.get(place) ?? (await walk.readPage(offset, limit));
    good.set(place, page);
    return page;
  };
  return {
    attempt: async (onProgress) => {
      for (let restart = 0; ; restart += 1) {
        try {
          const rows = await walkOnce({ ...walk, readPage }, restart < maxRestarts, onProgress);
          return { rows, skipped: [...good.values()].flatMap((page) => page.skipped), pages: good.size };
        } catch (error) {
          if (!(error instanceof TotalChanged)) throw error;
          good.clear();
        }
      }
    },
  };
}

async function walkOnce<Row>(walk: OffsetWalk<Row>, mayRestart: boolean, onProgress: OnProgress): Promise<Row[]> {
  const first = await walk.readPage(0, walk.pageSize);
  const step = first.rows.length;
  const total = first.total ?? (step < walk.pageSize ? step : null);
  const found = new RowsByKey(walk);
  found.add(first.rows, 0);
  if (step === 0 || (total !== null && step >= total)) return found.rows;
  if (total === null) return walkInTurn(walk, found, step);

  onProgress(step, total);
  const offsets = Array.from({ length: Math.ceil(total / step) - 1 }, (_, page) => (page + 1) * step);
  let received = step;
  const readNext = async (offset: number) => {
    const span = await readSpan(walk, offset, Math.min(offset + step, total));
    received += span.rows.length;
    onProgress(received, total);
    return span;
  };
  const pages = await Promise.all(offsets.map(readNext));
  for (const [index, page] of pages.entries()) {
    if (mayRestart && page.total !== null && page.total !== total) throw new TotalChanged();
    found.add(page.rows, offsets[index] ?? 0);
  }
  return found.rows;
}

/** Rows of [from, to), in as many requests as the upstream's cap makes necessary. */
async function readSpan<Row>(walk: OffsetWalk<Row>, from: number, to: number): Promise<OffsetPage<Row>> {
  const rows: Row[] = [];
  const skipped: SkippedRow[] = [];
  let total: number | null = null;
  while (from + rows.length < to) {
    const page = await walk.readPage(from + rows.length, walk.pageSize);
    total = page.total ?? total;
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
    skipped.push(...page.skipped);
  }
  return { rows: rows.slice(0, to - from), skipped, total };
}

async function walkInTurn<Row>(walk: OffsetWalk<Row>, found: RowsByKey<Row>, start: number): Promise<Row[]> {
  for (let offset = start; ; ) {
    const { rows } = await walk.readPage(offset, walk.pageSize);
    if (rows.length === 0) return found.rows;
    found.add(rows, offset);
    offset += rows.length;
    if (rows.length < Math.min(start, walk.pageSize)) return found.rows;
  }
}

class RowsByKey<Row> {
  readonly rows: Row[] = [];
  readonly #seen = new Set<string>();
  readonly #walk: OffsetWalk<Row>;

  constructor(walk: OffsetWalk<Row>) {
    this.#walk = walk;
  }

  add(page: readonly Row[], offset: number): void {
    const fresh = page.filter((row) => {
      const key = this.#walk.keyOf(row);
      return key === null || !this.#seen.has(key);
    });
    if (offset > 0 && page.length > 0 && fresh.length === 0) throw this.#offsetIgnored(offset);
    for (const row of fresh) {
      const key = this.#walk.keyOf(row);
      if (key !== null) {
        if (this.#seen.has(key)) continue;
        this.#seen.add(key);
      }
      this.rows.push(row);
    }
  }

  #offsetIgnored(offset: number): UpstreamError {
    return new UpstreamError({
      code: 'UPSTREAM_INVALID_RESPONSE',
      upstream: this.#walk.upstream,
      message: `The list page at offset ${offset} repeats rows of earlier pages only: the offset seems to be ignored.`,
    });
  }
}
