import type { CtrlHubKnobs } from './knobs.ts';
import { invalidParameter } from './problems.ts';

export type Pagination = {
  counts: { pages: number; resources: number };
  current_page: number;
  offsets: { next: number | null; previous: number | null };
  requested: { limit: number; offset: number };
};

const defaultLimit = 100;

/**
 * The page for `limit` (from 1, default 100) and `offset` (from 0, default 0), and its meta.pagination: `offsets` are row
 * offsets, null at the ends; `current_page` counts from 1; `resources` counts the rows of all pages (Ctrl Hub docs: Retrieve
 * job role assignments). Throws 400 for a parameter that is out of range.
 */
export function takePage<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  { maxLimit, emptyPages, variation }: Pick<CtrlHubKnobs, 'maxLimit' | 'emptyPages' | 'variation'>,
): { rows: Row[]; pagination: Pagination } {
  const limit = readInteger(query, 'limit', 1, defaultLimit);
  const offset = readInteger(query, 'offset', 0, 0);
  const size = Math.min(limit, maxLimit ?? limit);
  const total = rows.length;
  const start = variation === 'pages that repeat the first' ? 0 : offset;
  return {
    rows: rows.slice(start, start + size),
    pagination: {
      counts: { pages: total === 0 ? emptyPages : Math.ceil(total / size), resources: total },
      current_page: Math.floor(offset / size) + 1,
      offsets: {
        next: offset + size < total ? offset + size : null,
        previous: offset === 0 ? null : Math.max(0, offset - size),
      },
      requested: { limit, offset },
    },
  };
}

function readInteger(query: URLSearchParams, name: string, least: number, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw invalidParameter(name, text, `${name} must be an integer of ${least} or more.`);
}
