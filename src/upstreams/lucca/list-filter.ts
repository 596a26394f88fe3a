/** Values that one list filter takes (Lucca docs: filtering). */
const maxValues = 100;

/** Encoded characters of one list, so that the request head, token included, stays well under Lucca's 8 KB. */
const maxListLength = 4_500;

/**
 * Whether Lucca's filter language can say this value: a list is joined by commas without an escape, the word null asks
 * for "has none", and what is blank or longer than a request may be is no one's identifier.
 */
export function isAskable(value: string): boolean {
  const word = value.trim().toLowerCase();
  if (word === '' || word === 'null' || value.includes(',') || !value.isWellFormed()) return false;
  return encodeURIComponent(value).length <= maxListLength;
}

/** Askable values, each once, split into what fits one request. */
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
