/** Prime, and no table has a multiple of it as its total share: every slot of a table is therefore reached, in scattered order. */
const STRIDE = 61;

/**
 * Spreads the rows of a table over numbered people, each row as often as its share says. By share and not by chance, so
 * that every company of a few hundred people has every irregularity, whatever its seed.
 *
 * The first row is the regular case, which regular people always get. Totals of different tables should have no common
 * divisor, else the same people get the same rows. Throws RangeError for a table without shares.
 */
export function spread<T>(rows: readonly (readonly [share: number, value: T])[]) {
  const slots = rows.flatMap(([share, value]) => Array.from({ length: share }, () => ({ value })));

  return ({ number, isRegular }: { number: number; isRegular: boolean }): T => {
    const slot = slots[isRegular ? 0 : (number * STRIDE) % slots.length];
    if (slot === undefined) throw new RangeError('cannot spread a table without shares');
    return slot.value;
  };
}
