import { isDeepStrictEqual } from 'node:util';
import type { ListOf } from '../domain/list-reading.ts';

/**
 * Returns the earlier list if the later one is equal, so that nothing derived from it is rebuilt. Lists share unchanged
 * rows (src/domain/row-sharing.ts), so comparing identity is enough, except for the few skipped rows.
 */
export function sameList<L extends ListOf<unknown>>(earlier: L | undefined, later: L): L {
  if (earlier === undefined || earlier === later) return later;
  const before: Record<string, unknown> = earlier;
  const members = Object.entries(later);
  const isSame =
    members.length === Object.keys(before).length &&
    members.every(([name, value]) =>
      name === 'skipped' ? isDeepStrictEqual(before[name], value) : before[name] === value,
    );
  return isSame ? earlier : later;
}
