import type { ListOf } from '../domain/list-reading.ts';

/** How often the upstreams' data of a kind changes, and how much it matters to see it at once. */
type Kind = 'people' | 'reference';

/** Of a list's age, in milliseconds, each counted from the moment that its reading began. */
export type Windows = {
  /** It serves as it is. */
  fresh: number;
  /** It serves, and is read again meanwhile. */
  whileRevalidate: number;
  /** It serves only if the upstream cannot be asked. */
  ifError: number;
};

export type WindowOptions = {
  kind: Kind;
  /** CACHE_FRESH_SECONDS: how long people's data is fresh, of which all windows are multiples; 0 to cache nothing. */
  freshSeconds: number;
  /** A list is fresh for at least so long for each of its pages: so an allowance is enough to read it again and again. */
  secondsPerPage: number;
};

/** In multiples of the time that people's data is fresh. Reference lists change a few times a year. */
const multiples: Record<Kind | 'absence', Windows> = {
  people: { fresh: 1, whileRevalidate: 4, ifError: 60 },
  reference: { fresh: 4, whileRevalidate: 20, ifError: 240 },
  // That there is nothing is cached only as long as it takes to stop a client that asks in a loop.
  absence: { fresh: 1 / 3, whileRevalidate: 1 / 3, ifError: 1 / 3 },
};

/** A reading of more than this many milliseconds is slow: no operation can have a list of its own. */
export const slowMs = 5_000;

/** Lists that were read together are not all to be read again together. */
const jitter = 0.1;

/** The windows of a list that was just read. With CACHE_FRESH_SECONDS=0 all are 0, but for what took long to read. */
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
