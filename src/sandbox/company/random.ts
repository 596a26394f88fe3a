export type Random = {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  /** A whole number in the range, inclusive. */
  between(lowest: number, highest: number): number;
  pick<T>(items: readonly T[]): T;
};

/**
 * A small seeded generator (mulberry32). The same seed gives the same numbers on every machine and Node version. Throws a
 * RangeError when picking from an empty list.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function below(limit: number): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  return {
    below,
    between: (lowest, highest) => lowest + below(highest - lowest + 1),
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
      return item;
    },
  };
}
