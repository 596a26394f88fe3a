/** Handled between two yields: a millisecond's work, or two. */
export const sliceSize = 200;

/** Visits all items, and yields after every slice of them. */
export function* inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Generator<void, void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    count += 1;
    if (count % sliceSize === 0) yield;
  }
  // Many short lists make a long one.
  if (count % sliceSize !== 0) yield;
}
