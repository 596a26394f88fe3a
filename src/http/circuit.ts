import { CircuitState, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleWhen } from 'cockatiel';
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
 * connections, timeouts, and status 500 and above. Every other response counts as a success, 429 included.
 */
export class Circuit {
  readonly #breaker = new ConsecutiveBreaker(failuresToOpen);
  readonly #policy = circuitBreaker(handleWhen(isOutage), {
    breaker: this.#breaker,
    halfOpenAfter: new DelegateBackoff(({ attempt, result }) => {
      const error = 'error' in result && result.error instanceof UpstreamError ? result.error : null;
      const namedMs = (error?.retryAfterSeconds ?? 0) * 1000;
      const openMs = Math.max(namedMs, Math.min(firstOpenMs * 2 ** (attempt - 1), longestOpenMs));
      this.#probeAt = Date.now() + openMs;
      return openMs;
    }),
  });
  #probeAt = 0;

  get status(): CircuitStatus {
    const { state } = this.#policy;
    if (state === CircuitState.Closed) return { state: 'CLOSED', probeAt: null };
    const isOpen = state === CircuitState.Open && Date.now() < this.#probeAt;
    return isOpen ? { state: 'OPEN', probeAt: this.#probeAt } : { state: 'HALF_OPEN', probeAt: null };
  }

  /** The concurrency left. Each consecutive failure takes one, so an outage costs at most `concurrency` requests. */
  capacity(concurrency: number): number {
    return Math.max(1, concurrency - this.#breaker.state);
  }

  /** Throws Refused if the circuit is open. */
  admit(): void {
    const { probeAt } = this.status;
    if (probeAt === null) return;
    throw new Refused('UPSTREAM_UNAVAILABLE', 'It failed several times in a row.', probeAt - Date.now());
  }

  /**
   * Sends a request and records its outcome. `send` has to complete a probe even if its caller leaves: otherwise
   * impatient callers would keep the circuit open. While the circuit is not closed, the caller has to send requests one
   * by one. Throws Refused, and whatever `send` throws.
   */
  async run<T>(send: (isProbe: boolean) => Promise<T>): Promise<T> {
    this.admit();
    const isProbe = this.#policy.state !== CircuitState.Closed;
    const outcome = await this.#policy.execute(async () => {
      try {
        return { value: await send(isProbe) };
      } catch (error) {
        const isInconclusive = isCancellation(error) || error instanceof Refused || error instanceof DeadlinePassed;
        if (isInconclusive || isOutage(error)) throw error;
        return { error };
      }
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof UpstreamError) || error instanceof DeadlinePassed) return false;
  const { status, code } = error;
  if (status !== undefined && status >= 400) return status >= 500;
  return code === 'UPSTREAM_UNAVAILABLE' || code === 'UPSTREAM_TIMEOUT';
}
