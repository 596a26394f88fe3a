import { type Finding, note, ok, trouble, unchecked } from './finding.ts';
import { plural, type Sample } from './sample.ts';

/** Checks that pages have as many rows as requested. `variable` sets that number, if there is one. */
export function findPageCap(samples: readonly Sample[], variable: string | null): Finding {
  for (const { resource, received, asked, total, hasNext } of samples) {
    const counts = `${resource}: ${asked} rows were requested, ${received} were received`;
    if (received > asked)
      return note(`${counts}: the limit is ignored.`, 'Nothing to change: the list is read at once.');
    const hasMore = hasNext || (total !== null && total > received);
    if (received === 0 || received === asked || !hasMore) continue;
    const advice = variable === null ? 'Nothing to change: lists cost more requests.' : `Set ${variable}=${received}.`;
    return note(`${counts}, although there are more.`, advice);
  }
  const isFull = samples.some(({ received, asked }) => received === asked);
  return isFull ? ok('pages have the requested size') : ok('every list fits one page, so a cap would not show');
}

/** Further pages of a list; null if there is no reason to read the page. `last` starts at the last row that the total names. */
export type FurtherPages = { second: Sample | null; last: Sample | null };

/** Checks how a list is paged by its further pages. `keyOf` returns the key of a raw row. */
export function findPaging(first: Sample, { second, last }: FurtherPages, keyOf: (row: unknown) => unknown): Finding {
  const { resource, received, malformed, total, hasNext } = first;
  if (second === null) return ok(`${resource}: one page of ${plural(received, 'row')}`);
  if (malformed === received) return unchecked('no row can be read');
  const known = new Set(first.raw.map(keyOf));
  const isNew = second.raw.some((row) => !known.has(keyOf(row)));
  const report = 'This list cannot be read whole. Report this with --json, and tell the vendor.';
  if (second.received > 0 && !isNew) return trouble(`${resource}: the second page repeats the first.`, report);
  if (second.received === 0 && (hasNext || (total !== null && total > received))) {
    const expected = total === null ? 'more rows are' : `${plural(total, 'row')} are`;
    return trouble(`${resource}: ${expected} expected, but none follows the first ${received}.`, report);
  }
  if (last?.received === 0) {
    return trouble(`${resource}: the total is ${total}, but the last page is empty.`, report);
  }
  if (second.received > 0 && total !== null && total <= received) {
    const found = `${resource}: the total of ${total} counts only one page: more rows follow.`;
    return note(found, 'Nothing to change: hr-graph reads page after page until an empty one.');
  }
  if (total !== null && second.total !== null && total !== second.total) {
    const found = `${resource}: the total changes from page to page (${total}, then ${second.total}).`;
    return note(found, 'Somebody may be changing the list. If it lasts, report this with --json.');
  }
  const end = second.received === 0 ? 'an empty page ends the list' : 'the second page continues after the first one';
  return ok(`${resource}: ${end}`);
}

/** The offset of the second page; null if the first page certainly has all rows. */
export function secondOffset({ received, asked, total, hasNext }: Sample): number | null {
  const mayGoOn = hasNext || received === asked || (total !== null && total > received);
  return received > 0 && received <= asked && mayGoOn ? received : null;
}

/** The offset of the last row, if the list has a total and the last row is beyond the first page. */
export const lastOffset = ({ received, asked, total }: Sample): number | null =>
  received > 0 && received <= asked && total !== null && total > received ? total - 1 : null;

/** Checks the totals of lists that should have one. `values` are the raw totals. */
export function findTotals(values: readonly unknown[]): Finding {
  if (values.length === 0) return unchecked('no list was received');
  if (values.some((value) => value === undefined || value === null)) {
    const found = 'Not every list has a total.';
    return note(found, 'Nothing to change: hr-graph reads such lists until an empty page.');
  }
  const isText = values.some((value) => typeof value !== 'number');
  if (values.some((value) => !/^\d+$/.test(String(value)))) {
    return note('A total is not a number.', 'Nothing to change: it is ignored. Report this with --json.');
  }
  return ok(isText ? 'numbers as text, which hr-graph understands' : 'numbers');
}
