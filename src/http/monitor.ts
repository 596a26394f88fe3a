import type { UpstreamError } from '../errors.ts';
import { type Allowance, AllowanceLimiter } from './allowance.ts';
import { Circuit } from './circuit.ts';
import type { Sharing } from './ledger.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

const failuresUntilDown = 3;

/** One upstream as this process sees it: the figures behind `Query.upstreams`, and its allowance. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  readonly limiter: AllowanceLimiter;
  readonly circuit = new Circuit();
  #failuresInARow = 0;

  /** `sharing`: unless given, no other process draws on the allowance. */
  constructor(allowance: Allowance | null = null, sharing?: Sharing) {
    this.limiter = new AllowanceLimiter(allowance, sharing && { sharing });
  }

  /** Every attempt counts: it is what the vendor's allowance counts. */
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
