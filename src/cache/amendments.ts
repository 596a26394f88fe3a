/** Changes that we have made to a list ourselves. A reading that began before one of them does not show it yet. */
export class Amendments<L> {
  #made: { at: number; change: (value: L) => L }[] = [];

  /** `change` returns the same list where there is nothing to change: it may be applied twice. */
  add(at: number, change: (value: L) => L): void {
    this.#made.push({ at, change });
  }

  /** What was read, with what has been changed since the reading began. */
  applyTo(value: L, startedAt: number): L {
    return this.#made.reduce((list, { at, change }) => (at > startedAt ? change(list) : list), value);
  }

  /** No reading that began earlier is in flight. */
  dropUntil(startedAt: number): void {
    this.#made = this.#made.filter(({ at }) => at > startedAt);
  }
}
