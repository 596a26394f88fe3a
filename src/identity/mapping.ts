/** A link made by hand: one person's identifiers in two or more upstreams. Each is the first key of a record there. */
export type MappingRow<Name extends string> = { readonly [N in Name]?: string | undefined };

/** The rows of the mapping file. No identifier occurs in two rows. Immutable. */
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

/** Counts added, changed and removed rows. A new row counts as changed if it shares an identifier with an earlier row. */
export function changesBetween<Name extends string>(
  before: readonly MappingRow<Name>[],
  after: readonly MappingRow<Name>[],
): MappingChanges {
  const textOf = (row: MappingRow<Name>): string => identifiersOf(row).sort().join();
  const earlier = new Set(before.map(textOf));
  const later = new Set(after.map(textOf));
  const missing = before.filter((row) => !later.has(textOf(row)));
  const added = after.filter((row) => !earlier.has(textOf(row)));
  const changed = sharingAnIdentifierWith(missing, added).length;
  return {
    added: added.length - changed,
    changed,
    removed: missing.length - sharingAnIdentifierWith(added, missing).length,
  };
}

const identifiersOf = <Name extends string>(row: MappingRow<Name>): string[] =>
  Object.entries(row).flatMap(([source, id]) => (id === undefined ? [] : [JSON.stringify([source, id])]));

/** The rows that share an identifier with `others`. */
function sharingAnIdentifierWith<Name extends string>(
  others: readonly MappingRow<Name>[],
  rows: readonly MappingRow<Name>[],
) {
  const otherIdentifiers = new Set(others.flatMap(identifiersOf));
  return rows.filter((row) => identifiersOf(row).some((identifier) => otherIdentifiers.has(identifier)));
}
