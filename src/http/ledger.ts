import type { Priority } from './request-context.ts';

/** What may be used of an allowance, in requests: by priority, of what these and the less urgent ones use together. */
export type Limits = Record<Priority, number>;

/** A request as it is counted for all processes. */
export type Counted = {
  /** The response has come, or the request has failed on its way. */
  answered(): void;
  /** It was not sent after all. */
  giveBack(): void;
};

/** `used`: in the present window, by all processes, this one included. `isPaused`: the vendor has asked for it. */
export type Taken = { counted: Counted; used: number } | { waitMs: number; used: number; isPaused: boolean };

/** Counts the requests of all processes that draw on one allowance, as one strict sliding window. */
export type Ledger = {
  /** Nobody can be asked: each process keeps to its own part. */
  readonly isAway: boolean;
  /** Grants one request, or says how long until there may be room. Throws where the ledger is away. */
  take(priority: Priority): Promise<Taken>;
  /** Counts a request that was granted without asking, while the ledger is away: it is brought along later. */
  note(priority: Priority): Counted;
  /** The vendor has refused a request: nobody sends for so long, then one finds out, and all are cautious for a while. */
  refused(retryAfterMs: number): void;
};

/** Opens the ledger of an upstream's account. */
export type LedgerOptions = {
  /** Of the vendor's allowance, in a window of `windowMs`. */
  limits: Limits;
  cautiousLimits: Limits;
  windowMs: number;
  /** For how long all are cautious after a refusal. */
  cautionMs: number;
};

/** How an upstream's requests are counted where several processes draw on its allowance. */
export type Sharing = {
  /** How many processes there are. */
  replicas: number;
  /** Null: they do not know of each other. */
  openLedger: ((options: LedgerOptions) => Ledger) | null;
};

export const alone: Sharing = { replicas: 1, openLedger: null };
