import type { UpstreamErrorCode } from '../errors.ts';

/** A policy refused a request, so nothing was sent. */
export class Refused extends Error {
  readonly code: UpstreamErrorCode;
  readonly retryAfterSeconds: number;

  /** `waitMs`: how long requests will be refused, as far as known. */
  constructor(code: UpstreamErrorCode, reason: string, waitMs: number) {
    super(`${reason} Nothing was sent.`);
    this.code = code;
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}
