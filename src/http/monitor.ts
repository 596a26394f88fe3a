import type { UpstreamError } from '../errors.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

const failuresUntilDown = 3;

/** What has been seen of one upstream since the start: the figures behind `Query.upstreams`. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  #failuresInARow = 0;

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
  }

  get health(): UpstreamHealth {
    if (this.#failuresInARow === 0) return 'UP';
    return this.#failuresInARow < failuresUntilDown ? 'DEGRADED' : 'DOWN';
  }
}
