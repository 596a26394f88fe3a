import { type Finding, note, ok, trouble, unchecked } from './finding.ts';
import { plural, type Sample } from './sample.ts';

/** Whether pages hold as many rows as were asked for. `variable` sets that number, where there is one. */
export function findPageCap(samples: readonly Sample[], variable: string | null): Finding {
  for (const { resource, received, asked, total, hasNext } of samples) {
    const came = `${resource}: ${asked} rows were asked for at once, ${received} came`;
    if (received > asked) return note(`${came}: the limit is ignored.`, 'Nothing to change: the list is read at once.');
    const hasMore = hasNext || (total !== null && total > received);
    if (received === 0 || received === asked || !hasMore) continue;
    const advice = variable === null ? 'Nothing to change: lists cost more requests.' : `Set ${variable}=${received}.`;
    return note(`${came}, and there are more.`, advice);
  }
  const isFull = samples.some(({ received, asked }) => received === asked);
  return isFull ? ok('pages are as long as was asked') : ok('every list fits one page: nothing to be seen of a cap');
}

/** Further pages of a list; each null where there is no reason to ask for it. `last`: at the place of the last row told. */
export type FurtherPages = { second: Sample | null; last: Sample | null };

/** What the pages after the first one show of how a list is paged. `keyOf`: of a row as it came. */
export function findPaging(first: Sample, { second, last }: FurtherPages, keyOf: (row: unknown) => unknown): Finding {
  const { resource, received, malformed, total, hasNext } = first;
  if (second === null) return ok(`${resource}: one page of ${plural(received, 'row')}`);
  if (malformed === received) return unchecked('no row can be read');
  const known = new Set(first.raw.map(keyOf));
  const isNew = second.raw.some((row) => !known.has(keyOf(row)));
  const report = 'This list cannot be read whole. Report this with --json, and tell the vendor.';
  if (second.received > 0 && !isNew) return trouble(`${resource}: the second page repeats the first.`, report);
  if (second.received === 0 && (hasNext || (total !== null && total > received))) {
    const told = total === null ? 'more rows are' : `${plural(total, 'row')} are`;
    return trouble(`${resource}: ${told} told, and none came after the first ${received}.`, report);
  }
  if (last?.received === 0) {
    return trouble(`${resource}: a total of ${total} is told, and no row is at the last place.`, report);
  }
  if (second.received > 0 && total !== null && total <= received) {
    const found = `${resource}: a total of ${total} counts one page alone: more rows follow.`;
    return note(found, 'Nothing to change: pages are read until an empty one comes, one after the other.');
  }
  if (total !== null && second.total !== null && total !== second.total) {
    const found = `${resource}: the total changes from page to page (${total}, then ${second.total}).`;
    return note(found, 'Somebody may be changing the list. If it lasts, report this with --json.');
  }
  const end =
    second.received === 0 ? 'an empty page ends the list' : 'the second page goes on where the first one ends';
  return ok(`${resource}: ${end}`);
}

/** Where the second page of a list that is addressed by row offset begins; null where the first is all for certain. */
export function secondOffset({ received, asked, total, hasNext }: Sample): number | null {
  const mayGoOn = hasNext || received === asked || (total !== null && total > received);
  return received > 0 && received <= asked && mayGoOn ? received : null;
}

/** The place of the last row, where it is told and lies beyond the first page. */
export const lastOffset = ({ received, asked, total }: Sample): number | null =>
  received > 0 && received <= asked && total !== null && total > received ? total - 1 : null;

/** How a total is told, of lists that should have one. `values` are as they came. */
export function findTotals(values: readonly unknown[]): Finding {
  if (values.length === 0) return unchecked('no list came');
  if (values.some((it) => it === undefined || it === null)) {
    const found = 'Not every list tells how many rows it has.';
    return note(found, 'Nothing to change: such lists are read until an empty page comes.');
  }
  const isText = values.some((it) => typeof it !== 'number');
  if (values.some((it) => !/^\d+$/.test(String(it)))) {
    return note('A total is no number.', 'Nothing to change: it is ignored. Report this with --json.');
  }
  return ok(isText ? 'as text, which is understood' : 'as numbers');
}
