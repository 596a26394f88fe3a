import type { UpstreamErrorCode } from '../errors.ts';

/** A policy did not let a request through: nothing was sent. */
export class Refused extends Error {
  readonly code: UpstreamErrorCode;
  readonly retryAfterSeconds: number;

  /** `waitMs` is how long it would not be let through, as far as that is known. */
  constructor(code: UpstreamErrorCode, reason: string, waitMs: number) {
    super(`${reason} Nothing was sent.`);
    this.code = code;
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}
