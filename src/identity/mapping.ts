/** One person by hand: their identifiers in two or more sources, each the first key of a record there. */
export type MappingRow<Name extends string> = { readonly [N in Name]?: string | undefined };

/** The rows of the mapping file, found by each of their identifiers. */
export class IdentityMapping<Name extends string> {
  readonly #rows: readonly MappingRow<Name>[];
  readonly #byIdentifier = new Map<string, number>();

  /** Throws an Error that names the identifier's place when one identifier stands in two rows. */
  constructor(rows: readonly MappingRow<Name>[]) {
    this.#rows = rows;
    for (const [index, row] of rows.entries()) {
      for (const [source, id] of Object.entries(row)) {
        if (id === undefined) continue;
        const earlier = this.#byIdentifier.get(`${source}:${id}`);
        if (earlier !== undefined)
          throw new Error(`rows ${earlier + 1} and ${index + 1} name the same ${source} identifier`);
        this.#byIdentifier.set(`${source}:${id}`, index);
      }
    }
  }

  get size(): number {
    return this.#rows.length;
  }

  get rows(): readonly MappingRow<Name>[] {
    return this.#rows;
  }

  /** The row's number, which serves as the trait that its records share. */
  rowOf(source: Name, id: string | null): { index: string; row: MappingRow<Name> } | undefined {
    const index = id === null ? undefined : this.#byIdentifier.get(`${source}:${id}`);
    const row = index === undefined ? undefined : this.#rows[index];
    return index === undefined || row === undefined ? undefined : { index: String(index), row };
  }

  rowAt(index: string): MappingRow<Name> | undefined {
    return this.#rows[Number(index)];
  }
}

export type MappingChanges = { added: number; changed: number; removed: number };

/** How many rows there are more, and less; one that names an identifier of an earlier row is that row, changed. */
export function changesBetween<Name extends string>(
  before: readonly MappingRow<Name>[],
  after: readonly MappingRow<Name>[],
): MappingChanges {
  const identifiersOf = (row: MappingRow<Name>): string[] =>
    Object.entries(row).flatMap(([source, id]) => (id === undefined ? [] : [JSON.stringify([source, id])]));
  const textOf = (row: MappingRow<Name>): string => identifiersOf(row).sort().join();
  const earlier = new Set(before.map(textOf));
  const later = new Set(after.map(textOf));
  const gone = before.filter((row) => !later.has(textOf(row)));
  const come = after.filter((row) => !earlier.has(textOf(row)));
  const namedBefore = new Set(gone.flatMap(identifiersOf));
  const changed = come.filter((row) => identifiersOf(row).some((it) => namedBefore.has(it))).length;
  const namedNow = new Set(come.flatMap(identifiersOf));
  const kept = gone.filter((row) => identifiersOf(row).some((it) => namedNow.has(it))).length;
  return { added: come.length - changed, changed, removed: gone.length - kept };
}
