import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** One page of a list that is addressed by row offset. `total` counts all rows; null where the upstream does not say. */
export type OffsetPage<Row> = { rows: Row[]; total: number | null };

export type OffsetWalk<Row> = {
  upstream: Upstream;
  pageSize: number;
  readPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>;
  /** The row's identifier; null for a row without one, which equals no other row. */
  keyOf: (row: Row) => string | null;
  /** Told after each page how many rows are there, and how many are expected where the upstream says so. */
  onPage?: OnPage | undefined;
};

export type OnPage = (rows: number, expected: number | null, isComplete: boolean) => void;

const maxRestarts = 2;

class TotalChanged extends Error {}

/**
 * Reads a whole list: the first page alone, the rest in parallel. Advances by the rows received, so that an upstream's
 * cap on the page size costs requests and never rows. Rows with one key are delivered once. When the total changes on
 * the way, offset paging may have skipped rows: the walk begins again, twice at most, and then keeps what it has.
 * Throws UPSTREAM_INVALID_RESPONSE when a later page brings nothing new: the upstream ignores the offset.
 */
export function walkOffsets<Row>(walk: OffsetWalk<Row>, first?: OffsetPage<Row>): Promise<Row[]> {
  return walkUntilSteady(walk, first);
}

async function walkUntilSteady<Row>(walk: OffsetWalk<Row>, first?: OffsetPage<Row>): Promise<Row[]> {
  for (let restart = 0; ; restart += 1) {
    try {
      const rows = await walkOnce(walk, restart === 0 ? first : undefined, restart < maxRestarts);
      walk.onPage?.(rows.length, rows.length, true);
      return rows;
    } catch (error) {
      if (!(error instanceof TotalChanged)) throw error;
    }
  }
}

async function walkOnce<Row>(
  walk: OffsetWalk<Row>,
  given: OffsetPage<Row> | undefined,
  mayRestart: boolean,
): Promise<Row[]> {
  const first = given ?? (await walk.readPage(0, walk.pageSize));
  const step = first.rows.length;
  const total = first.total ?? (step < walk.pageSize ? step : null);
  const found = new RowsByKey(walk);
  found.add(first.rows, 0);
  if (step === 0 || (total !== null && step >= total)) return found.rows;
  if (total === null) return walkInTurn(walk, found, step);

  walk.onPage?.(step, total, false);
  const offsets = Array.from({ length: Math.ceil(total / step) - 1 }, (_, page) => (page + 1) * step);
  let received = step;
  const readNext = async (offset: number) => {
    const span = await readSpan(walk, offset, Math.min(offset + step, total));
    received += span.rows.length;
    walk.onPage?.(received, total, false);
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
  let total: number | null = null;
  while (from + rows.length < to) {
    const page = await walk.readPage(from + rows.length, walk.pageSize);
    total = page.total ?? total;
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return { rows: rows.slice(0, to - from), total };
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
