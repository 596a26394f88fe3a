import { ClientError } from './client-error.ts';
import { type Upstream, upstreams } from './generated/sdk.ts';

export type UpstreamErrorCode =
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_AUTH_FAILED'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'UPSTREAM_NOT_CONFIGURED';

type OtherErrorCode =
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

/** The codes that the server publishes. */
export type ErrorCode = UpstreamErrorCode | OtherErrorCode;

type Common = {
  message: string;
  /** The path of the field that is null because of the error, such as `['employee', 'grade']`; empty if nothing ran. */
  path: readonly (string | number)[];
};

/** An error, typed by its code. `retryAfterSeconds`: when to retry, if known. */
export type GraphError =
  | (Common & { code: UpstreamErrorCode; upstream: Upstream; retryAfterSeconds?: number; traceId?: string })
  /** `upstream`: of a CONFLICT over the records of one upstream. */
  | (Common & { code: OtherErrorCode; upstream?: Upstream; retryAfterSeconds?: number; traceId?: undefined })
  /** From a newer server, or from a gateway in between. */
  | (Common & { code: 'UNKNOWN'; upstream?: undefined; retryAfterSeconds?: undefined; traceId?: undefined });

/**
 * The errors of a response or of a thrown error, each typed by its code. Empty for a response without errors, and for a thrown
 * error that is no response of the server.
 */
export function graphErrorsOf(answerOrThrown: unknown): GraphError[] {
  const answer = answerOrThrown instanceof ClientError ? answerOrThrown.response : answerOrThrown;
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.map(graphErrorOf);
}

function graphErrorOf(error: unknown): GraphError {
  const { message, path, extensions } = isRecord(error) ? error : {};
  const { code, upstream, retryAfterSeconds, traceId } = isRecord(extensions) ? extensions : {};
  const common = { message: String(message), path: Array.isArray(path) ? path : [] };
  const wait = typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {};
  const known = isOneOf(upstreams, upstream) ? { upstream } : {};
  if (isOneOf(upstreamErrorCodes, code) && isOneOf(upstreams, upstream)) {
    return { ...common, ...wait, code, upstream, ...(typeof traceId === 'string' ? { traceId } : {}) };
  }
  return isOneOf(otherErrorCodes, code) ? { ...common, ...wait, ...known, code } : { ...common, code: 'UNKNOWN' };
}

/** Whether the server of this client's version publishes the code. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  isOneOf(upstreamErrorCodes, code) || isOneOf(otherErrorCodes, code);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isOneOf = <T extends string>(set: Record<T, true>, value: unknown): value is T =>
  typeof value === 'string' && Object.hasOwn(set, value);

// Records instead of arrays, so that the compiler reports a missing code.
const upstreamErrorCodes: Record<UpstreamErrorCode, true> = {
  UPSTREAM_TIMEOUT: true,
  UPSTREAM_UNAVAILABLE: true,
  UPSTREAM_RATE_LIMITED: true,
  UPSTREAM_AUTH_FAILED: true,
  UPSTREAM_INVALID_RESPONSE: true,
  UPSTREAM_NOT_CONFIGURED: true,
};

const otherErrorCodes: Record<OtherErrorCode, true> = {
  GRAPHQL_PARSE_FAILED: true,
  GRAPHQL_VALIDATION_FAILED: true,
  NOT_FOUND: true,
  BAD_USER_INPUT: true,
  CONFLICT: true,
  FORBIDDEN: true,
  UNAUTHENTICATED: true,
  QUERY_TOO_COMPLEX: true,
  RATE_LIMITED: true,
  PERSISTED_QUERY_NOT_FOUND: true,
  INTERNAL_SERVER_ERROR: true,
};
