import type { Clock } from './clock.ts';
import type { Entry } from './entry.ts';

/** What is to be known of a list to tell when it is to be read again. Times are in milliseconds since 1970. */
type Renewable = {
  entry: Entry<{ pages: number }> | null;
  /** False for a list that was invalidated. */
  isValid: boolean;
  /** When it was last asked for. */
  usedAt: number;
  pausedUntil: number;
};

export type RenewalOptions = {
  clock: Clock;
  /** How long so many requests take at their share of the allowance. */
  secondsFor(requests: number, priority: 'renewal'): number;
  renew(): void;
};

export type Renewal = { plan(list: Renewable): void; cancel(): void };

/** A list that was not asked for during so many of its fresh windows is not read again until it is. */
const idleWindows = 10;
/** Operations do not wait longer: a list that takes more to read has to be current when they come. */
const longestWaitMs = 10_000;

/** Starts `renew` before the window of a list ends; at first, and after failures, as soon as it may be tried again. */
export function createRenewal({ clock, secondsFor, renew }: RenewalOptions): Renewal {
  let stop = () => {};

  function plan({ entry, isValid, usedAt, pausedUntil }: Renewable): void {
    stop();
    const now = clock.now();
    if (entry === null) {
      stop = clock.after(pausedUntil - now, renew);
      return;
    }
    const { fresh } = entry.windows;
    const isLong = entry.tookMs > longestWaitMs;
    const isIdle = now - usedAt > idleWindows * fresh;
    // What is read in a moment can wait for somebody to ask.
    if (fresh === 0 || (!isLong && (isIdle || !isValid))) return;
    const renewalMs = secondsFor(entry.value.pages, 'renewal') * 1000;
    const leadMs = Math.min(Math.max(entry.tookMs, renewalMs, fresh / 10), fresh);
    const at = isValid ? entry.asOf + fresh - leadMs : now;
    stop = clock.after(Math.max(at, pausedUntil) - now, renew);
  }

  return { plan, cancel: () => stop() };
}
