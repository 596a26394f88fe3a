/** What an earlier list holds, by member and key, as text: equal texts are equal rows. */
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

  /** Members that hold the same rows in the same order are the earlier ones. */
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

/** Of whichever upstream it is; null for a row without one. */
function keyOf(row: unknown): string | null {
  const { luccaId, ctrlHubId, externalKey, empId } = Object(row);
  return luccaId ?? ctrlHubId ?? externalKey ?? empId ?? null;
}
