export type Change<L> = (value: L) => L;

/**
 * Changes that we have made to a list ourselves. A reading that began before one of them does not show it yet. A change
 * returns the same list where there is nothing to change: it may be applied twice.
 */
export class Changes<L> {
  #amendments: { at: number; change: Change<L> }[] = [];
  readonly #erasures = new Set<Change<L>>();

  /** Times are in milliseconds since 1970. */
  add(at: number, change: Change<L>): void {
    this.#amendments.push({ at, change });
  }

  /** What was read, with what has been changed since the reading began. */
  applyTo(value: L, startedAt: number): L {
    return this.#amendments.reduce((list, { at, change }) => (at >= startedAt ? change(list) : list), value);
  }

  /** No reading that began earlier is in flight; none at all unless a time is given. */
  drop(startedAt = Number.POSITIVE_INFINITY): void {
    this.#amendments = this.#amendments.filter(({ at }) => at >= startedAt);
  }

  /** Until it is carried out, no reading shares what is being erased. */
  async erasing(change: Change<L>, carryOut: () => Promise<void>): Promise<void> {
    this.#erasures.add(change);
    await carryOut();
    this.#erasures.delete(change);
  }

  withoutErased(value: L): L {
    return [...this.#erasures].reduce((list, change) => change(list), value);
  }
}
