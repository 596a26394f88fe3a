/** A prime, and no table's total is a multiple of it. Multiplying by it therefore reaches every row, in scattered order. */
const STRIDE = 61;

/**
 * Distributes the rows of a table over numbered people, each row in proportion to its share. This is not random, so that
 * every company of a few hundred people has every irregularity, for every seed.
 *
 * The first row is the regular case, which regular people always get. Totals of different tables should be coprime;
 * otherwise the same people get the same rows. Throws a RangeError for a table without shares.
 */
export function spread<T>(rows: readonly (readonly [share: number, value: T])[]) {
  const slots = rows.flatMap(([share, value]) => Array.from({ length: share }, () => ({ value })));

  return ({ number, isRegular }: { number: number; isRegular: boolean }): T => {
    const slot = slots[isRegular ? 0 : (number * STRIDE) % slots.length];
    if (slot === undefined) throw new RangeError('cannot spread a table without shares');
    return slot.value;
  };
}
