import type { UpstreamError } from '../errors.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

export type RateLimit = { limit: number; remaining: number; resetsAt: string };

/** The vendor's published allowance: so many requests in any window of so many seconds. */
export type Allowance = { count: number; seconds: number };

const failuresUntilDown = 3;

/** What has been seen of one upstream since the start: the figures behind `Query.upstreams`. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  #failuresInARow = 0;
  readonly #allowance: Allowance | null;
  /** Times of the requests inside the window, oldest first; empty without an allowance. */
  #sentAt: number[] = [];

  constructor(allowance: Allowance | null = null) {
    this.#allowance = allowance;
  }

  /** Every attempt counts: it is what the vendor's allowance counts. */
  sent(): void {
    this.requests += 1;
    if (this.#allowance !== null) this.#sentAt.push(Date.now());
  }

  answered(): void {
    this.#failuresInARow = 0;
  }

  failed(error: UpstreamError): void {
    this.lastError = `${error.code}: ${error.message}`;
    this.#failuresInARow += 1;
  }

  /** What is left of the allowance as far as this process knows; null where the vendor publishes none. */
  rateLimit(now: number = Date.now()): RateLimit | null {
    if (this.#allowance === null) return null;
    const { count, seconds } = this.#allowance;
    this.#sentAt = this.#sentAt.filter((it) => it > now - seconds * 1000);
    const resetsAt = new Date((this.#sentAt[0] ?? now - seconds * 1000) + seconds * 1000).toISOString();
    return { limit: count, remaining: Math.max(0, count - this.#sentAt.length), resetsAt };
  }

  get health(): UpstreamHealth {
    if (this.#failuresInARow === 0) return 'UP';
    return this.#failuresInARow < failuresUntilDown ? 'DEGRADED' : 'DOWN';
  }
}
