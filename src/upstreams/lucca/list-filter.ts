/** Most values in one list filter (Lucca docs: filtering). */
const maxValues = 100;

/** Most encoded characters in one list, so that the request head, token included, stays well under Lucca's 8 KB. */
const maxListLength = 4_500;

/**
 * Whether Lucca's filter language can express a value. A list is joined by commas without an escape, the word null
 * means "has none", and a value that is blank or too long for a request is no identifier.
 */
export function isFilterable(value: string): boolean {
  const word = value.trim().toLowerCase();
  if (word === '' || word === 'null' || value.includes(',') || !value.isWellFormed()) return false;
  return encodeURIComponent(value).length <= maxListLength;
}

/** Splits distinct values into batches that fit one request each. */
export function batchesOf(values: readonly string[]): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let length = 0;
  for (const value of new Set(values)) {
    const added = encodeURIComponent(value).length + 1;
    if (batch.length === maxValues || length + added > maxListLength + 1) {
      batches.push(batch);
      batch = [];
      length = 0;
    }
    batch.push(value);
    length += added;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

/** The value of a list filter in a query string. */
export const toList = (values: readonly string[]): string => values.map(encodeURIComponent).join(',');
