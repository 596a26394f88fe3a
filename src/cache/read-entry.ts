import type { ListOf } from '../domain/list-reading.ts';
import type { Entry } from './entry.ts';
import type { ReadList } from './readings.ts';
import { type WindowOptions, windowsOf } from './windows.ts';

/** What becomes current of a reading whose value is `value` by now. `before`: what is current until then. */
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

/** By the last reading that somebody could have waited for. */
const waitMsFor = <L extends ListOf<unknown>>({ pages }: L, before: Entry<L>): number =>
  (before.tookMs * pages) / Math.max(before.value.pages, 1);
