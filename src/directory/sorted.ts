import { sliceSize } from './slices.ts';

type Compare<T> = (a: T, b: T) => number;

/** Length of a run that is sorted without a yield: about six comparisons per item. */
const runLength = 64;

/** A stable merge sort that yields after a few hundred comparisons, because Array.sort cannot be interrupted. */
export function* sorted<T>(items: readonly T[], compare: Compare<T>): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += runLength) {
    runs.push(items.slice(start, start + runLength).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      longer.push(yield* merged(runs[index] ?? [], runs[index + 1] ?? [], compare));
      yield;
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merged<T>(left: readonly T[], right: readonly T[], compare: Compare<T>): Generator<void, T[]> {
  const result: T[] = [];
  const others = right.values();
  let other = others.next();
  for (const item of left) {
    while (!other.done && compare(other.value, item) < 0) {
      result.push(other.value);
      other = others.next();
      if (result.length % sliceSize === 0) yield;
    }
    result.push(item);
    if (result.length % sliceSize === 0) yield;
  }
  for (; !other.done; other = others.next()) {
    result.push(other.value);
    if (result.length % sliceSize === 0) yield;
  }
  return result;
}
