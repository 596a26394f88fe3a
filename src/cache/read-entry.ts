import type { ListOf } from '../domain/list-reading.ts';
import type { Entry } from './entry.ts';
import type { ReadList } from './readings.ts';
import { type WindowOptions, windowsOf } from './windows.ts';

/** Makes the cache entry of a reading. `value`: its list with our own changes. `before`: the entry that it replaces. */
export function entryOf<L extends ListOf<unknown>>(
  value: L,
  { startedAt, tookMs, isPaced, entry }: ReadList<L>,
  before: Entry<L> | null,
  windows: WindowOptions,
): Entry<L> {
  if (entry !== undefined) return { ...entry, value };
  const waitMs = isPaced && before !== null ? waitMsFor(value, before) : tookMs;
  return { value, asOf: startedAt, tookMs: waitMs, windows: windowsOf(windows, value, waitMs) };
}

/** Estimates the wait from the last reading that was not a renewal. */
const waitMsFor = <L extends ListOf<unknown>>({ pages }: L, before: Entry<L>): number =>
  (before.tookMs * pages) / Math.max(before.value.pages, 1);
