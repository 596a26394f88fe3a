/** The vendor's allowance: so many requests in any window of so many seconds. */
export type Allowance = { count: number; seconds: number };

export type RateLimit = { limit: number; remaining: number; resetsAt: string };

/** The request was not sent: the vendor has said that it is enough, for longer than somebody would wait. */
export class AllowanceSpent extends Error {
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    super('The allowance is spent.');
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/** Requests reach the vendor later than we send them, some more so than others: the window is kept a little longer. */
const marginMs = 1_000;
const patienceMs = 10_000;
/** Long reads leave the last third of the allowance to people who wait for an answer. */
const backgroundShare = 2 / 3;

/**
 * Keeps count of an allowance. Requests that somebody waits for go at once, until the vendor itself says that it is
 * enough: others may draw on the same allowance, and some tenants have a larger one. Long reads pace themselves.
 */
export class AllowanceLimiter {
  readonly #count: number;
  readonly #share: number;
  readonly #windowMs: number;
  #sentAt: number[] = [];
  #blockedUntil = 0;

  constructor({ count, seconds }: Allowance) {
    this.#count = count;
    this.#share = Math.max(1, Math.floor(count * backgroundShare));
    this.#windowMs = seconds * 1000 + Math.min(marginMs, seconds * 100);
  }

  /** Resolves when the request may go. Throws AllowanceSpent where somebody would wait too long for it. */
  async take(isBackground: boolean): Promise<void> {
    for (;;) {
      const waitMs = this.#waitMs(isBackground);
      if (waitMs <= 0) break;
      if (!isBackground && waitMs > patienceMs) throw new AllowanceSpent(waitMs);
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    }
    this.#sentAt.push(Date.now());
  }

  /** The vendor said that it is enough for so long. */
  blockFor(seconds: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, Date.now() + seconds * 1000);
  }

  /** How long so many requests of a long read will have to wait in all. */
  secondsFor(requests: number): number {
    const overdraft = requests - (this.#share - this.#inWindow());
    return overdraft <= 0 ? 0 : Math.ceil((Math.ceil(overdraft / this.#share) * this.#windowMs) / 1000);
  }

  status(now: number = Date.now()): RateLimit {
    const remaining = now < this.#blockedUntil ? 0 : Math.max(0, this.#count - this.#inWindow());
    const resetsAt = Math.max((this.#sentAt[0] ?? now - this.#windowMs) + this.#windowMs, this.#blockedUntil);
    return { limit: this.#count, remaining, resetsAt: new Date(resetsAt).toISOString() };
  }

  #waitMs(isBackground: boolean): number {
    const now = Date.now();
    const overdraft = isBackground ? this.#inWindow() - this.#share : -1;
    const freeAt = overdraft < 0 ? now : (this.#sentAt[overdraft] ?? now) + this.#windowMs;
    return Math.max(freeAt, this.#blockedUntil) - now;
  }

  #inWindow(): number {
    const oldest = Date.now() - this.#windowMs;
    const firstInside = this.#sentAt.findIndex((it) => it > oldest);
    this.#sentAt = firstInside === -1 ? [] : this.#sentAt.slice(firstInside);
    return this.#sentAt.length;
  }
}
