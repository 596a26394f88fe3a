import type { ListOf, OnProgress, Reading } from '../domain/list-reading.ts';
import { invalidResponse } from './json.ts';
import { type OffsetPage, type OffsetWalk, offsetIgnored, toList } from './offset-pages.ts';

const maxRestarts = 2;

/** Beyond this many pages, a total may be a mistake, so the pages are read one after the other. */
const maxPagesAtOnce = 10_000;

/** Most consecutive pages without a usable row, if the upstream states no total. */
const maxUselessPages = 5;

/** The pages of a list, in order. `expected` is the smallest total that they stated, else the rows received. */
type Walked<Row> = { pages: readonly OffsetPage<Row>[]; received: number; expected: number; hasTotalChanged: boolean };

/**
 * Reads a whole list: the first page alone, the rest in parallel. The offset advances by the rows received, so that an
 * upstream's cap on the page size costs requests and never rows. If the total changes during the reading, offset paging
 * may have missed rows, so the reading starts again, twice at most, and then accepts what it has. A list that ends
 * before its total is read once more. An attempt after a failed one reads only the missing pages. Throws
 * UPSTREAM_INVALID_RESPONSE for a list that stays short, and the errors of `toList`.
 */
export function readingOfOffsets<Row>(walk: OffsetWalk<Row>): Reading<ListOf<Row>> {
  const good = new Map<number, OffsetPage<Row>>();

  async function attempt(onProgress: OnProgress): Promise<ListOf<Row>> {
    let isPageMissing = false;
    const readPage = async (offset: number, limit: number) => {
      try {
        const page = good.get(offset) ?? (await walk.readPage(offset, limit));
        good.set(offset, page);
        return page;
      } catch (error) {
        isPageMissing = true;
        throw error;
      }
    };
    try {
      return await readUntilSteady({ ...walk, readPage }, () => good.clear(), onProgress);
    } catch (error) {
      // All pages came but made no valid list, so the next attempt reads them again.
      if (!isPageMissing) good.clear();
      throw error;
    }
  }

  return { attempt };
}

async function readUntilSteady<Row>(
  walk: OffsetWalk<Row>,
  restart: () => void,
  onProgress: OnProgress,
): Promise<ListOf<Row>> {
  let wasShort = false;
  for (let restarts = 0; ; restarts += 1) {
    const { pages, received, expected, hasTotalChanged } = await walkOnce(walk, onProgress);
    const isShort = received < expected;
    if (!isShort && (!hasTotalChanged || restarts >= maxRestarts)) return toList(walk, pages);
    if (isShort && wasShort) {
      throw invalidResponse(walk, `${walk.subject} ends after ${received} of ${expected} rows, twice in a row.`);
    }
    wasShort ||= isShort;
    restart();
  }
}

async function walkOnce<Row>(walk: OffsetWalk<Row>, onProgress: OnProgress): Promise<Walked<Row>> {
  const { pageSize, readPage } = walk;
  const first = await readPage(0, pageSize);
  const { received: step, total } = first;
  onProgress(step, total);
  if (step === 0) return walked([first], total ?? 0);
  if (total !== null && step < pageSize && step < total) remarkOnCap(walk, step);
  if (total === null || total > maxPagesAtOnce * step) return walkInTurn(walk, first, 'believed', onProgress);
  if (step < total) return walkAtOnce(walk, first, total, onProgress);
  // A total equal to the page size may count this page only.
  return step === pageSize ? walkInTurn(walk, first, 'doubted', onProgress) : walked([first], total);
}

async function walkAtOnce<Row>(
  { readPage }: OffsetWalk<Row>,
  first: OffsetPage<Row>,
  total: number,
  onProgress: OnProgress,
): Promise<Walked<Row>> {
  const step = first.received;
  const offsets = Array.from({ length: Math.ceil(total / step) - 1 }, (_, page) => (page + 1) * step);
  let received = step;

  /** Reads as many rows as the first page had, in as many requests as the upstream's cap requires. */
  async function readSpan(from: number): Promise<OffsetPage<Row>[]> {
    const pages: OffsetPage<Row>[] = [];
    const end = Math.min(from + step, total);
    for (let offset = from; offset < end; ) {
      const page = await readPage(offset, offset === from ? step : end - offset);
      pages.push(page);
      if (page.received === 0) break;
      offset += page.received;
    }
    received += rowsOf(pages);
    onProgress(received, total);
    return pages;
  }

  const spans = await Promise.all(offsets.map(readSpan));
  return walked([first, ...spans.flat()], total);
}

/**
 * Reads page by page until an empty page. With `totals` 'believed', it also stops at the total. With 'doubted', the
 * first page's total is accepted if only the same rows follow.
 */
async function walkInTurn<Row>(
  walk: OffsetWalk<Row>,
  first: OffsetPage<Row>,
  totals: 'believed' | 'doubted',
  onProgress: OnProgress,
): Promise<Walked<Row>> {
  const nameOf = (row: Row): string => walk.keyOf(row) ?? JSON.stringify(row);
  const seen = new Set(first.rows.map(nameOf));
  const pages = [first];
  let uselessPages = 0;
  for (;;) {
    const received = rowsOf(pages);
    const page = await walk.readPage(received, walk.pageSize);
    const total = totals === 'believed' ? page.total : null;
    if (page.received === 0) {
      const whole = walked([...pages, page], total ?? received);
      return totals === 'doubted' ? { ...whole, hasTotalChanged: false } : whole;
    }
    const isNew = page.rows.some((row) => !seen.has(nameOf(row)));
    if (!isNew && pages.length === 1 && (totals === 'doubted' || isUnpaged(walk, first, page))) {
      return walked(pages, received);
    }
    uselessPages = isNew ? 0 : uselessPages + 1;
    if ((page.rows.length > 0 && !isNew) || uselessPages > maxUselessPages) throw offsetIgnored(walk, received);
    if (totals === 'doubted' && pages.length === 1) remarkOnTotal(walk);
    pages.push(page);
    for (const row of page.rows) seen.add(nameOf(row));
    onProgress(received + page.received, total);
    if (total !== null && received + page.received >= total) return walked(pages, total);
  }
}

/** True for an upstream without paging: every request returns the same whole list, with fewer rows than requested. */
const isUnpaged = <Row>({ pageSize }: OffsetWalk<Row>, first: OffsetPage<Row>, again: OffsetPage<Row>): boolean =>
  first.total === null && again.total === null && first.received < pageSize && again.received === first.received;

const rowsOf = (pages: readonly { received: number }[]): number => pages.reduce((sum, page) => sum + page.received, 0);

function walked<Row>(pages: readonly OffsetPage<Row>[], expected: number): Walked<Row> {
  const totals = new Set(pages.flatMap((page) => page.total ?? []));
  return {
    pages,
    received: rowsOf(pages),
    expected: totals.size === 0 ? expected : Math.min(expected, ...totals),
    hasTotalChanged: totals.size > 1,
  };
}

function remarkOnCap<Row>({ upstream, subject, pageSize, onRemark }: OffsetWalk<Row>, step: number): void {
  const message = `${subject}: ${pageSize} rows were asked for at once, ${step} came. Set ${upstream}_PAGE_SIZE to ${step}.`;
  onRemark?.({ upstream, kind: 'page cap', message });
}

function remarkOnTotal<Row>({ upstream, subject, onRemark }: OffsetWalk<Row>): void {
  const message = `${subject}: its total counts the rows of a page alone, so that pages are read one after the other.`;
  onRemark?.({ upstream, kind: 'total', message });
}
