/** The rows of an earlier version of a list, by member and key. Rows are equal if their JSON is. */
export class EarlierRows {
  readonly #plain: Record<string, unknown>;
  readonly #members = new Map<string, Map<string, unknown>>();

  constructor(plain: Record<string, unknown>) {
    this.#plain = plain;
  }

  shared(member: string, row: unknown): unknown {
    const found = this.#rowsOf(member).get(this.#nameOf(row));
    return found !== undefined && JSON.stringify(found) === JSON.stringify(row) ? found : row;
  }

  /** Returns the earlier array for each member that has the same rows in the same order. */
  sharedMembers(value: Record<string, unknown>): Record<string, unknown> {
    const members = Object.entries(value).map(([name, rows]) => {
      const before = this.#plain[name];
      const isSame =
        Array.isArray(rows) &&
        Array.isArray(before) &&
        rows.length === before.length &&
        rows.every((row, index) => row === before[index]);
      return [name, isSame ? before : rows];
    });
    return Object.fromEntries(members);
  }

  #rowsOf(member: string): Map<string, unknown> {
    const known = this.#members.get(member);
    if (known !== undefined) return known;
    const rows = this.#plain[member];
    const byName = new Map(Array.isArray(rows) ? rows.map((row: unknown) => [this.#nameOf(row), row]) : []);
    this.#members.set(member, byName);
    return byName;
  }

  #nameOf(row: unknown): string {
    return keyOf(row) ?? JSON.stringify(row);
  }
}

/** The row's key, in whichever upstream the row is from; null for a row without a key. */
function keyOf(row: unknown): string | null {
  const { luccaId, ctrlHubId, externalKey, empId } = Object(row);
  return luccaId ?? ctrlHubId ?? externalKey ?? empId ?? null;
}
