import type { Scope } from './domain/scopes.ts';
import type { Upstream } from './domain/upstream.ts';

/** How a request to an upstream can fail. */
export type UpstreamErrorCode =
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_AUTH_FAILED'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'UPSTREAM_NOT_CONFIGURED';

/** All values of `extensions.code` in responses. */
export type ErrorCode =
  | UpstreamErrorCode
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'QUERY_TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'INTERNAL_SERVER_ERROR';

export type UpstreamErrorOptions = {
  code: UpstreamErrorCode;
  upstream: Upstream;
  /** What was expected, what came, what to do. Clients and logs show it: no secret, no personal data. */
  message: string;
  /** A few words that follow the upstream's name in the message to callers, if the code alone would mislead them. */
  summary?: string | undefined;
  retryAfterSeconds?: number | undefined;
  traceId?: string | undefined;
  /** HTTP status of the upstream response, if there was one. */
  status?: number | undefined;
  /** The upstream's own error code, if its response has one. */
  vendorCode?: string | undefined;
  /** The same request may succeed a moment later. */
  isTransient?: boolean | undefined;
  /** The request was not sent, so nothing was done. */
  isUnsent?: boolean | undefined;
  /** What the upstream refuses us: our credential as a whole, or a right to this request alone. */
  refused?: 'credential' | 'request' | undefined;
  cause?: unknown;
};

/** A request to an upstream failed. "Not found" is no failure: it is a result. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;
  readonly upstream: Upstream;
  readonly summary: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly traceId: string | undefined;
  readonly status: number | undefined;
  readonly vendorCode: string | undefined;
  readonly isTransient: boolean;
  readonly isUnsent: boolean;
  readonly refused: UpstreamErrorOptions['refused'];

  constructor({ message, cause, ...options }: UpstreamErrorOptions) {
    super(message, { cause });
    this.code = options.code;
    this.upstream = options.upstream;
    this.summary = options.summary;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.traceId = options.traceId;
    this.status = options.status;
    this.vendorCode = options.vendorCode;
    this.isTransient = options.isTransient ?? false;
    this.isUnsent = options.isUnsent ?? false;
    this.refused = options.refused;
  }
}

/** The caller's input cannot be used. The message names the argument. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
  readonly code: 'BAD_USER_INPUT' | 'NOT_FOUND' | 'QUERY_TOO_COMPLEX' = 'BAD_USER_INPUT';
}

/** The caller's input names something that does not exist. The message names the argument. */
export class NotFoundError extends InputError {
  override readonly name = 'NotFoundError';
  override readonly code = 'NOT_FOUND';
}

/** The answer would be too large because of what the upstreams hold. The message says what to ask for instead. */
export class TooLargeError extends InputError {
  override readonly name = 'TooLargeError';
  override readonly code = 'QUERY_TOO_COMPLEX';
}

/** The upstreams disagree with each other. hr-graph does not guess which one is right. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly code = 'CONFLICT';
  /** The upstream whose records cannot be linked; null if the conflict is of no single upstream. */
  readonly upstream: Upstream | null;

  constructor(message: string, upstream: Upstream | null) {
    super(message);
    this.upstream = upstream;
  }
}

/** The caller lacks a scope. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError';
  readonly code = 'FORBIDDEN';
  /** The scope that is required. */
  readonly scope: Scope;

  constructor(scope: Scope) {
    super(`This requires the scope ${scope}.`);
    this.scope = scope;
  }
}
