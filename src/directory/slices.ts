/** Items between two yields: one or two milliseconds of work. */
export const sliceSize = 200;

/** Visits all items and yields after every slice. */
export function* inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Generator<void, void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    count += 1;
    if (count % sliceSize === 0) yield;
  }
  // Callers visit many short lists in a row, so a short list yields as well.
  if (count % sliceSize !== 0) yield;
}
