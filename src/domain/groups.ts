/** Items grouped by key. A single item is stored without an array: a directory has tens of thousands of keys. */
export class Groups<T> {
  readonly #first = new Map<string, T>();
  readonly #several = new Map<string, T[]>();

  /** Items whose key is null or undefined are in no group. */
  constructor(items: readonly T[] = [], keyOf: (item: T) => string | null | undefined = () => null) {
    for (const item of items) this.add(keyOf(item), item);
  }

  add(key: string | null | undefined, item: T): void {
    if (key == null) return;
    const first = this.#first.get(key);
    const several = this.#several.get(key);
    if (first === undefined) this.#first.set(key, item);
    else if (several === undefined) this.#several.set(key, [first, item]);
    else several.push(item);
  }

  /** The items of a key in insertion order; undefined for an unknown key. */
  get(key: string): readonly T[] | undefined {
    const first = this.#first.get(key);
    return this.#several.get(key) ?? (first === undefined ? undefined : [first]);
  }

  get isEmpty(): boolean {
    return this.#first.size === 0;
  }

  has(key: string): boolean {
    return this.#first.has(key);
  }

  keys(): Iterable<string> {
    return this.#first.keys();
  }

  /** The keys that more than one item has. */
  shared(): Iterable<string> {
    return this.#several.keys();
  }
}
