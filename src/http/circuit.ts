import { CircuitState, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleWhen } from 'cockatiel';
import { UpstreamError } from '../errors.ts';
import { DeadlinePassed } from './deadline.ts';
import { Refused } from './refused.ts';
import { isCancellation } from './request-context.ts';

export type CircuitStatus = {
  /** HALF_OPEN: the next request is a probe, or one is in flight. */
  state: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  /** While it is open: when the next request may go, in milliseconds since 1970. */
  probeAt: number | null;
};

/** Of requests in a row. One read with its two repeats does not open the circuit alone. */
const failuresToOpen = 4;
/** A vendor that was away for a moment is back soon, and one that is away for long is asked a few times a minute. */
const firstOpenMs = 2_500;
const longestOpenMs = 4_800;

/**
 * Stops requests to an upstream that fails: after four failures in a row nothing is sent for a few seconds, or for longer
 * where the upstream asked for it; then one request probes, and its success closes the circuit. Failures are connections that
 * fail, timeouts, and responses from 500 on. Every other response is a sign of life, 429 included.
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

  /** Of the requests that may be in flight, each failure in a row takes one: an outage costs no more than there are. */
  capacity(concurrency: number): number {
    return Math.max(1, concurrency - this.#breaker.state);
  }

  /** Throws Refused where a request would not be sent. */
  admit(): void {
    const { probeAt } = this.status;
    if (probeAt === null) return;
    throw new Refused('UPSTREAM_UNAVAILABLE', 'It failed several times in a row.', probeAt - Date.now());
  }

  /**
   * Sends a request, and learns from its outcome. A probe has to be carried through, whether or not somebody still needs
   * it: else callers of little patience would keep the circuit open. While the circuit is not closed, requests have to
   * come one by one. Throws Refused, and whatever `send` throws.
   */
  async run<T>(send: (isProbe: boolean) => Promise<T>): Promise<T> {
    this.admit();
    const isProbe = this.#policy.state !== CircuitState.Closed;
    const outcome = await this.#policy.execute(async () => {
      try {
        return { value: await send(isProbe) };
      } catch (error) {
        const showsNothing = isCancellation(error) || error instanceof Refused || error instanceof DeadlinePassed;
        if (showsNothing || isOutage(error)) throw error;
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
