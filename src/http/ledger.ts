import type { Priority } from './request-context.ts';

/** For each priority, how many requests of a rate limit it may use together with the less urgent ones. */
export type Limits = Record<Priority, number>;

/** A request counted for all processes. */
export type Counted = {
  /** Call it when the response has come, or the request has failed on its way. */
  answered(): void;
  /** Call it if the request was not sent. */
  giveBack(): void;
};

/** `used`: requests of all processes in the current window. `isPaused`: the vendor has asked for a pause. */
export type Taken = { counted: Counted; used: number } | { waitMs: number; used: number; isPaused: boolean };

/** Counts the requests of all processes that use one rate limit, in one strict sliding window. */
export type Ledger = {
  /** True while the ledger cannot be reached. Each process then keeps to its own part. */
  readonly isAway: boolean;
  /** Grants one request, or returns the time until one may be granted. Throws if the ledger cannot be reached. */
  take(priority: Priority): Promise<Taken>;
  /** Counts a request granted while the ledger could not be reached. It is reported to the ledger later. */
  note(priority: Priority): Counted;
  /** Records a refusal by the vendor. All processes pause for `retryAfterMs`, then one probes; all stay cautious. */
  refused(retryAfterMs: number): void;
};

/** Opens the ledger of an upstream's account. */
export type LedgerOptions = {
  /** Limits within a window of `windowMs`. */
  limits: Limits;
  cautiousLimits: Limits;
  windowMs: number;
  /** How long `cautiousLimits` apply after a refusal. */
  cautionMs: number;
};

/** How requests are counted if several processes use an upstream's rate limit. */
export type Sharing = {
  /** Number of processes. */
  replicas: number;
  /** Null if the processes have no common ledger. */
  openLedger: ((options: LedgerOptions) => Ledger) | null;
};

export const alone: Sharing = { replicas: 1, openLedger: null };
