import type { Windows } from './windows.ts';

/** What is to be known of a list to tell when it is to be read again. Times are in milliseconds since 1970. */
export type Renewable = {
  entry: { asOf: number; tookMs: number; windows: Windows } | null;
  /** When it was last asked for. */
  usedAt: number;
  pausedUntil: number;
};

export type Renewal = { plan(list: Renewable): void; cancel(): void };

/** A list that was not asked for during so many of its fresh windows is not read again until it is. */
const idleWindows = 10;
/** Operations do not wait longer: a list that takes more to read has to be current when they come. */
const longestWaitMs = 10_000;
/** Timers of more than 24 days fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Starts `renew` before the window of a list ends; at first, and after failures, as soon as it may be tried again. */
export function createRenewal(now: () => number, renew: () => void): Renewal {
  let timer: NodeJS.Timeout | undefined;

  function plan({ entry, usedAt, pausedUntil }: Renewable): void {
    clearTimeout(timer);
    const isLong = entry !== null && entry.tookMs > longestWaitMs;
    if (entry !== null && entry.windows.fresh === 0) return;
    const isIdle = entry !== null && now() - usedAt > idleWindows * entry.windows.fresh;
    if (isIdle && !isLong) return;
    const at = entry === null ? 0 : entry.asOf + entry.windows.fresh - leadMs(entry);
    const inMs = Math.min(Math.max(at, pausedUntil) - now(), longestTimerMs);
    timer = setTimeout(renew, Math.max(inMs, 0)).unref();
  }

  return { plan, cancel: () => clearTimeout(timer) };
}

/** As early as the list took to read, so that the next one is there in time. */
const leadMs = ({ tookMs, windows }: { tookMs: number; windows: Windows }): number =>
  Math.min(Math.max(tookMs, windows.fresh / 10), windows.fresh);
