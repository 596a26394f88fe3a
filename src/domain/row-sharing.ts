import { isDeepStrictEqual } from 'node:util';

/**
 * Replaces a row by the equal row of an earlier reading of the list. A list that is re-read every minute then takes
 * memory only for its changes, and object identity shows whether anything changed.
 */
export function createRowSharing<Row>(
  earlier: readonly Row[] | undefined,
  keyOf: (row: Row) => string | null,
): (row: Row) => Row {
  // A row without a key is compared by its whole content.
  const nameOf = (row: Row): string => keyOf(row) ?? JSON.stringify(row);
  // The index is built with the first page, not earlier: readings of several lists begin at the same moment.
  let byName: Map<string, Row> | undefined;
  return (row) => {
    byName ??= new Map((earlier ?? []).map((earlierRow) => [nameOf(earlierRow), earlierRow]));
    const found = byName.get(nameOf(row));
    return found !== undefined && isDeepStrictEqual(found, row) ? found : row;
  };
}

/** Returns the earlier list if the later one has the identical rows in the same order. */
export function sharedList<Row>(earlier: readonly Row[] | undefined, later: readonly Row[]): readonly Row[] {
  const isSame = earlier?.length === later.length && later.every((row, index) => row === earlier[index]);
  return isSame && earlier !== undefined ? earlier : later;
}
