import type { UpstreamError } from '../errors.ts';
import { type Allowance, AllowanceLimiter } from './allowance.ts';
import { Circuit } from './circuit.ts';
import type { Sharing } from './ledger.ts';
import { Refusals } from './refusals.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

const failuresUntilDown = 3;

/** One upstream's state in this process: the figures of `Query.upstreams`, its rate limiter, its circuit and its refusals. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  readonly limiter: AllowanceLimiter;
  readonly circuit = new Circuit();
  /** Null: what was refused is asked again at once. */
  readonly refusals: Refusals | null;
  #failuresInARow = 0;

  /** `sharing` absent: no other process uses the same rate limit. */
  constructor(allowance: Allowance | null = null, sharing?: Sharing, refusals: Refusals | null = new Refusals()) {
    this.refusals = refusals;
    this.limiter = new AllowanceLimiter(allowance, sharing && { sharing });
  }

  /** Counts every attempt, as the vendor's rate limit does. */
  sent(): void {
    this.requests += 1;
  }

  answered(): void {
    this.#failuresInARow = 0;
  }

  failed(error: UpstreamError): void {
    this.lastError = `${error.code}: ${error.message}`;
    this.#failuresInARow += 1;
    if (error.status === 429) this.limiter.refused(error.retryAfterSeconds ?? 1);
  }

  /** DOWN while the circuit is not closed or our credential is refused, or after several failures in a row of any kind. */
  get health(): UpstreamHealth {
    if (this.circuit.status.state !== 'CLOSED' || this.refusals?.isCredentialRefused === true) return 'DOWN';
    if (this.#failuresInARow === 0) return 'UP';
    return this.#failuresInARow < failuresUntilDown ? 'DEGRADED' : 'DOWN';
  }
}
