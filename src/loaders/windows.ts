/** How often the upstreams' data of a kind changes, and how much it matters to see it at once. */
export type Kind = 'people' | 'assignments' | 'reference' | 'absence';

/** Of an answer's age, in milliseconds, each counted from the moment that the answer was asked for. */
export type Windows = {
  /** It serves as it is. */
  fresh: number;
  /** It serves, and is asked for anew meanwhile. */
  whileRevalidated: number;
  /** It serves only if the upstream cannot be asked. */
  ifError: number;
};

/**
 * In multiples of the time that people's data is fresh. Reference lists change a few times a year. That somebody or
 * something is not there is remembered only as long as it takes to keep a client from asking in a loop.
 */
const multiples: Record<Kind, Windows> = {
  people: { fresh: 1, whileRevalidated: 4, ifError: 60 },
  assignments: { fresh: 1, whileRevalidated: 4, ifError: 60 },
  reference: { fresh: 4, whileRevalidated: 20, ifError: 240 },
  absence: { fresh: 1 / 3, whileRevalidated: 1 / 3, ifError: 1 / 3 },
};

/** What took long to read serves for a multiple of that time: else a big directory would be read without end. */
const servesTimesItsCost = 5;
const slowMs = 5_000;

/** Answers that were read together shall not all be asked for again together. */
const jitter = 0.1;

export function windowsOf(kind: Kind, freshSeconds: number, tookMs: number): Windows {
  const { fresh, whileRevalidated, ifError } = multiples[kind];
  const unit = freshSeconds * 1000 * (1 - jitter * Math.random());
  const costly = tookMs > slowMs ? tookMs * servesTimesItsCost : 0;
  return {
    fresh: Math.max(unit * fresh, costly),
    whileRevalidated: Math.max(unit * whileRevalidated, 2 * costly),
    ifError: Math.max(unit * ifError, 2 * costly),
  };
}
