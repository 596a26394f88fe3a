/** One person by hand: their identifiers in two or more sources, each the first key of a record there. */
export type MappingRow<Name extends string> = { readonly [N in Name]?: string | undefined };

/** What the owner says by hand: the rows of the mapping file. No identifier stands in two of them. It never changes. */
export class IdentityMapping<Name extends string> {
  readonly rows: readonly MappingRow<Name>[];

  constructor(rows: readonly MappingRow<Name>[]) {
    this.rows = rows;
  }

  get size(): number {
    return this.rows.length;
  }
}

export type MappingChanges = { added: number; changed: number; removed: number };

/** How many rows there are more, and less; one that names an identifier of an earlier row is that row, changed. */
export function changesBetween<Name extends string>(
  before: readonly MappingRow<Name>[],
  after: readonly MappingRow<Name>[],
): MappingChanges {
  const textOf = (row: MappingRow<Name>): string => identifiersOf(row).sort().join();
  const earlier = new Set(before.map(textOf));
  const later = new Set(after.map(textOf));
  const gone = before.filter((row) => !later.has(textOf(row)));
  const come = after.filter((row) => !earlier.has(textOf(row)));
  const changed = namingAnyOf(gone, come).length;
  return { added: come.length - changed, changed, removed: gone.length - namingAnyOf(come, gone).length };
}

const identifiersOf = <Name extends string>(row: MappingRow<Name>): string[] =>
  Object.entries(row).flatMap(([source, id]) => (id === undefined ? [] : [JSON.stringify([source, id])]));

/** Those of `rows` that name an identifier of `others`. */
function namingAnyOf<Name extends string>(others: readonly MappingRow<Name>[], rows: readonly MappingRow<Name>[]) {
  const named = new Set(others.flatMap(identifiersOf));
  return rows.filter((row) => identifiersOf(row).some((it) => named.has(it)));
}
