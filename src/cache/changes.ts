export type Change<L> = (value: L) => L;

/**
 * Our own changes to a list. A reading that began before a change does not contain it yet. A change is idempotent: it
 * returns the same list if there is nothing to change.
 */
export class Changes<L> {
  #amendments: { at: number; change: Change<L> }[] = [];
  readonly #erasures = new Set<Change<L>>();

  /** Times are in milliseconds since 1970. */
  add(at: number, change: Change<L>): void {
    this.#amendments.push({ at, change });
  }

  /** The list as read, with all changes since the reading began. */
  applyTo(value: L, startedAt: number): L {
    return this.#amendments.reduce((list, { at, change }) => (at >= startedAt ? change(list) : list), value);
  }

  /**
   * Drops changes that no reading in flight lacks. Call it when all readings that began before `startedAt` have ended;
   * without an argument, when none is in flight.
   */
  drop(startedAt = Number.POSITIVE_INFINITY): void {
    this.#amendments = this.#amendments.filter(({ at }) => at >= startedAt);
  }

  /** While `carryOut` runs, no new reading shares rows with what is being erased. */
  async erasing(change: Change<L>, carryOut: () => Promise<void>): Promise<void> {
    this.#erasures.add(change);
    await carryOut();
    this.#erasures.delete(change);
  }

  withoutErased(value: L): L {
    return [...this.#erasures].reduce((list, change) => change(list), value);
  }
}
