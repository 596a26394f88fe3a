/** One person by hand: their identifiers in two or three systems. NAVER's is the externalKey, else the empId. */
export type MappingRow = { lucca?: string | undefined; ctrlHub?: string | undefined; naver?: string | undefined };

/** The rows of the mapping file, found by each of their identifiers. */
export class IdentityMapping {
  readonly #rows: readonly MappingRow[];
  readonly #byIdentifier = new Map<string, number>();

  /** Throws an Error that names the identifier's place when one identifier stands in two rows. */
  constructor(rows: readonly MappingRow[]) {
    this.#rows = rows;
    for (const [index, row] of rows.entries()) {
      for (const [system, id] of Object.entries(row)) {
        if (id === undefined) continue;
        const earlier = this.#byIdentifier.get(`${system}:${id}`);
        if (earlier !== undefined)
          throw new Error(`rows ${earlier + 1} and ${index + 1} name the same ${system} identifier`);
        this.#byIdentifier.set(`${system}:${id}`, index);
      }
    }
  }

  get size(): number {
    return this.#rows.length;
  }

  get rows(): readonly MappingRow[] {
    return this.#rows;
  }

  /** The row's number, which serves as the trait that its records share. */
  rowOf(system: keyof MappingRow, id: string | null): { index: string; row: MappingRow } | undefined {
    const index = id === null ? undefined : this.#byIdentifier.get(`${system}:${id}`);
    const row = index === undefined ? undefined : this.#rows[index];
    return index === undefined || row === undefined ? undefined : { index: String(index), row };
  }

  rowAt(index: string): MappingRow | undefined {
    return this.#rows[Number(index)];
  }
}
