import { foldEmail } from '../domain/text.ts';

export type Addressed = { email: string | null };

/** Records by the address that they have, whatever its case. Nearly every address is one record's: it takes no list. */
export class AddressIndex<T extends Addressed> {
  readonly #first = new Map<string, T>();
  readonly #several = new Map<string, T[]>();

  constructor(records: readonly T[]) {
    for (const record of records) {
      if (record.email === null) continue;
      const address = foldEmail(record.email);
      const first = this.#first.get(address);
      const several = this.#several.get(address);
      if (first === undefined) this.#first.set(address, record);
      else if (several === undefined) this.#several.set(address, [first, record]);
      else several.push(record);
    }
  }

  /** In the order of the list; undefined for an address that nobody has. `address` is a folded one. */
  get(address: string): readonly T[] | undefined {
    const first = this.#first.get(address);
    return this.#several.get(address) ?? (first && [first]);
  }

  has(address: string): boolean {
    return this.#first.has(address);
  }

  /** The addresses that more than one record has. */
  shared(): Iterable<string> {
    return this.#several.keys();
  }
}
