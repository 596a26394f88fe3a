import type { UpstreamError } from '../errors.ts';
import { type Allowance, AllowanceLimiter } from './allowance.ts';
import { Circuit } from './circuit.ts';
import type { Sharing } from './ledger.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

const failuresUntilDown = 3;

/** One upstream's state in this process: the figures of `Query.upstreams`, its rate limiter and its circuit. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  readonly limiter: AllowanceLimiter;
  readonly circuit = new Circuit();
  #failuresInARow = 0;

  /** `sharing` absent: no other process uses the same rate limit. */
  constructor(allowance: Allowance | null = null, sharing?: Sharing) {
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

  /** DOWN while the circuit is not closed, or after several failures in a row of any kind, such as 401. */
  get health(): UpstreamHealth {
    if (this.circuit.status.state !== 'CLOSED') return 'DOWN';
    if (this.#failuresInARow === 0) return 'UP';
    return this.#failuresInARow < failuresUntilDown ? 'DEGRADED' : 'DOWN';
  }
}
