import { now } from '../domain/now.ts';
import { UpstreamError } from '../errors.ts';
import { DeadlinePassed } from './deadline.ts';
import { Refused } from './refused.ts';
import { isCancellation } from './request-context.ts';

export type CircuitStatus = {
  /** HALF_OPEN: the next request is a probe, or a probe is in flight. */
  state: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  /** While the circuit is open: when the next request may be sent, in milliseconds since 1970. */
  probeAt: number | null;
};

/** Consecutive failed requests. One read with its two retries does not open the circuit alone. */
const failuresToOpen = 4;
/** Short at first, for a vendor with a brief outage; in a long outage the vendor gets a few requests a minute. */
const firstOpenMs = 2_500;
const longestOpenMs = 4_800;

/**
 * Circuit breaker of one upstream. After four failures in a row it sends nothing for a few seconds, or for as long as
 * the upstream's Retry-After says. Then one request probes; its success closes the circuit. Failures are failed
 * connections, timeouts, and status 500 and above. Every other response counts as a success, 429 included. Our own
 * code, because cockatiel's breaker goes by the machine's clock, which can be set back while the circuit is open.
 */
export class Circuit {
  /** Consecutive failures. */
  #failures = 0;
  /** How often the circuit has opened since it was closed. */
  #openings = 0;
  /** When a probe may be sent; null while the circuit is closed. */
  #probeAt: number | null = null;

  get status(): CircuitStatus {
    if (this.#probeAt === null) return { state: 'CLOSED', probeAt: null };
    return now() < this.#probeAt ? { state: 'OPEN', probeAt: this.#probeAt } : { state: 'HALF_OPEN', probeAt: null };
  }

  /** The concurrency left. Each consecutive failure takes one, so an outage costs at most `concurrency` requests. */
  capacity(concurrency: number): number {
    return this.#probeAt === null ? Math.max(1, concurrency - this.#failures) : 1;
  }

  /** Throws Refused if the circuit is open. */
  admit(): void {
    const { probeAt } = this.status;
    if (probeAt === null) return;
    throw new Refused('UPSTREAM_UNAVAILABLE', 'It failed several times in a row.', probeAt - now());
  }

  /**
   * Sends a request and records its outcome. `send` has to complete a probe even if its caller leaves: otherwise
   * impatient callers would keep the circuit open. While the circuit is not closed, the caller has to send requests one
   * by one. Throws Refused, and whatever `send` throws.
   */
  async run<T>(send: (isProbe: boolean) => Promise<T>): Promise<T> {
    this.admit();
    const isProbe = this.#probeAt !== null;
    try {
      const value = await send(isProbe);
      this.#succeeded(isProbe);
      return value;
    } catch (error) {
      if (isOutage(error)) this.#failed(isProbe, error);
      else if (!isInconclusive(error)) this.#succeeded(isProbe);
      throw error;
    }
  }

  #succeeded(isProbe: boolean): void {
    if (!this.#counts(isProbe)) return;
    this.#failures = 0;
    this.#openings = 0;
    this.#probeAt = null;
  }

  #failed(isProbe: boolean, { retryAfterSeconds = 0 }: UpstreamError): void {
    if (!this.#counts(isProbe)) return;
    this.#failures += 1;
    if (this.#failures < failuresToOpen) return;
    const openMs = Math.min(firstOpenMs * 2 ** this.#openings, longestOpenMs);
    this.#openings += 1;
    this.#probeAt = now() + Math.max(retryAfterSeconds * 1000, openMs);
  }

  /** False for a request that was sent before the circuit opened: from then on only probes decide. */
  #counts(isProbe: boolean): boolean {
    return isProbe || this.#probeAt === null;
  }
}

const isInconclusive = (error: unknown): boolean =>
  isCancellation(error) || error instanceof Refused || error instanceof DeadlinePassed;

function isOutage(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError) || error instanceof DeadlinePassed) return false;
  const { status, code } = error;
  if (status !== undefined && status >= 400) return status >= 500;
  return code === 'UPSTREAM_UNAVAILABLE' || code === 'UPSTREAM_TIMEOUT';
}
