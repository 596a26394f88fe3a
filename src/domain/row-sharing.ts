import { isDeepStrictEqual } from 'node:util';

/**
 * Replaces a row by the equal one of an earlier reading of the same list. A list that is read again every minute then
 * costs the memory of what changed in it, and identity tells whether anything did.
 */
export function createRowSharing<Row>(
  earlier: readonly Row[] | undefined,
  keyOf: (row: Row) => string | null,
): (row: Row) => Row {
  // A row without a key can only be recognised by all of its content.
  const nameOf = (row: Row): string => keyOf(row) ?? JSON.stringify(row);
  // Made with the first page: readings of several lists begin at the same moment.
  let byName: Map<string, Row> | undefined;
  return (row) => {
    byName ??= new Map((earlier ?? []).map((it) => [nameOf(it), it]));
    const found = byName.get(nameOf(row));
    return found !== undefined && isDeepStrictEqual(found, row) ? found : row;
  };
}

/** The earlier list where the later one has the same rows in the same order, by identity. */
export function sharedList<Row>(earlier: readonly Row[] | undefined, later: readonly Row[]): readonly Row[] {
  const isSame = earlier?.length === later.length && later.every((row, index) => row === earlier[index]);
  return isSame && earlier !== undefined ? earlier : later;
}
