import { isDeepStrictEqual } from 'node:util';
import type { ListOf } from '../domain/list-reading.ts';

/**
 * The earlier list where the later one holds the same: then nothing that was made of it has to be made again. Lists share
 * what has not changed (src/domain/row-sharing.ts), so that identity tells, but for the few rows that were skipped.
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
