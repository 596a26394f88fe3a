import type { ListOf } from '../domain/list-reading.ts';

/** The kind of a list, by how often its data changes and how soon a change has to be visible. */
type Kind = 'people' | 'reference';

/** Limits of a list's age in milliseconds, counted from the start of its reading. */
export type Windows = {
  /** The list serves. */
  fresh: number;
  /** The list serves and is read again in the background. */
  whileRevalidate: number;
  /** The list serves only if the upstream cannot be read. */
  ifError: number;
};

export type WindowOptions = {
  kind: Kind;
  /** CACHE_FRESH_SECONDS: how long people's data is fresh. All windows are multiples of it. 0 turns caching off. */
  freshSeconds: number;
  /** Least fresh time per page, so that the rate limit allows the list to be re-read all the time. */
  secondsPerPage: number;
};

/** Multiples of `freshSeconds`. Reference lists change a few times a year. */
const multiples: Record<Kind | 'absence', Windows> = {
  people: { fresh: 1, whileRevalidate: 4, ifError: 60 },
  reference: { fresh: 4, whileRevalidate: 20, ifError: 240 },
  // An empty list is cached briefly, only to stop a client that asks in a loop.
  absence: { fresh: 1 / 3, whileRevalidate: 1 / 3, ifError: 1 / 3 },
};

/** A reading that takes longer than this many milliseconds is slow: an operation cannot have one of its own. */
export const slowMs = 5_000;

/** Spreads the renewals of lists that were read at the same time. */
const jitter = 0.1;

/** The windows of a list that was just read. With CACHE_FRESH_SECONDS=0 all are 0, except after a slow reading. */
export function windowsOf(
  { kind, freshSeconds, secondsPerPage }: WindowOptions,
  { rows, pages }: ListOf<unknown>,
  tookMs: number,
): Windows {
  const isEmpty = rows.length === 0;
  const { fresh, whileRevalidate, ifError } = multiples[isEmpty ? 'absence' : kind];
  const isCached = freshSeconds > 0 || tookMs > slowMs;
  if (!isCached) return { fresh: 0, whileRevalidate: 0, ifError: 0 };
  const least = isEmpty ? 0 : secondsPerPage * pages;
  const unit = Math.max(freshSeconds * (1 - jitter * Math.random()), least / fresh) * 1000;
  return { fresh: unit * fresh, whileRevalidate: unit * whileRevalidate, ifError: unit * ifError };
}
