import type { Clock } from './clock.ts';
import type { Entry } from './entry.ts';

/** The state of a list from which its next renewal is planned. Times are in milliseconds since 1970. */
type Renewable = {
  entry: Entry<{ pages: number }> | null;
  /** False for a list that was invalidated. */
  isValid: boolean;
  /** When the list was last requested. */
  usedAt: number;
  pausedUntil: number;
};

export type RenewalOptions = {
  clock: Clock;
  /** Seconds that so many requests take at the renewals' share of the rate limit. */
  secondsFor(requests: number, priority: 'renewal'): number;
  renew(): void;
};

export type Renewal = { plan(list: Renewable): void; cancel(): void };

/** A list without requests for so many of its fresh windows is not renewed until the next request. */
const idleWindows = 10;
/** The longest time that an operation waits. A list that takes longer to read has to be renewed in advance. */
const longestWaitMs = 10_000;

/** Starts `renew` before a list's fresh window ends; without a list, or after a failure, as soon as allowed. */
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
    // A list that is read quickly is read when the next request comes.
    if (fresh === 0 || (!isLong && (isIdle || !isValid))) return;
    const renewalMs = secondsFor(entry.value.pages, 'renewal') * 1000;
    const leadMs = Math.min(Math.max(entry.tookMs, renewalMs, fresh / 10), fresh);
    const at = isValid ? entry.asOf + fresh - leadMs : now;
    stop = clock.after(Math.max(at, pausedUntil) - now, renew);
  }

  return { plan, cancel: () => stop() };
}
