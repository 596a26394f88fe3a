import type { NaverKnobs } from './knobs.ts';
import { ServiceRefusal } from './service-error.ts';

/** The rows from `offset` to `offset + limit`; `limit` is Infinity for all rows. */
export type Page = { offset: number; limit: number };

export type NaverList = { elements: unknown[]; totalCount: number };

/**
 * The page of a list request (NAVER, Job position v2: request parameters of the list; both are optional longs, `offset`
 * counts rows). Throws ServiceRefusal unless each parameter is one plain number.
 */
export function readPage(query: URLSearchParams, knobs: NaverKnobs): Page {
  const limit = numberOf(query, 'limit');
  const offset = numberOf(query, 'offset') ?? 0;
  if (knobs.variation === 'limit and offset ignored') return { offset: 0, limit: Infinity };
  const isPageNumber = knobs.variation === 'the offset as a page number';
  return {
    offset: knobs.variation === 'the offset ignored' ? 0 : isPageNumber ? offset * (limit ?? 1) : offset,
    limit: limit === null ? (knobs.defaultLimit ?? Infinity) : Math.min(limit, knobs.limitCap ?? Infinity),
  };
}

/** One page of `rows`. `totalCount` counts all rows. */
export function pageOf<Row>(
  rows: readonly Row[],
  { offset, limit }: Page,
  knobs: NaverKnobs,
  shown: (row: Row) => unknown,
): NaverList {
  const drift = offset === 0 ? 0 : knobs.totalCountDrift;
  return {
    elements: rows.slice(offset, offset + limit).map(shown),
    totalCount: Math.max(0, rows.length + drift),
  };
}

/** Throws ServiceRefusal for a parameter that is not in `known`, unless the knob allows it. */
export function refuseUnknownParameters(query: URLSearchParams, known: readonly string[], knobs: NaverKnobs): void {
  if (knobs.unknownQueryParameters === 'ignore') return;
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new ServiceRefusal('unknownParameter', `unknown query parameter: ${name}`);
  }
}

function numberOf(query: URLSearchParams, name: 'offset' | 'limit'): number | null {
  const [text, ...repeated] = query.getAll(name);
  if (text === undefined) return null;
  if (repeated.length > 0 || !/^\d{1,18}$/.test(text)) {
    throw new ServiceRefusal('invalidPaging', `${name} must be one whole number from 0 up`);
  }
  return Number(text);
}
