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

/** What the server publishes. */
export type ErrorCode = UpstreamErrorCode | OtherErrorCode;

type Told = {
  message: string;
  /** Of the field that is null for it, such as `['employee', 'grade']`; empty where nothing ran. */
  path: readonly (string | number)[];
};

/** An error by its code. `retryAfterSeconds`: when to ask again, where that is known. */
export type GraphError =
  | (Told & { code: UpstreamErrorCode; upstream: Upstream; retryAfterSeconds?: number; traceId?: string })
  | (Told & { code: OtherErrorCode; retryAfterSeconds?: number })
  /** Of a newer server, or of something between here and there. */
  | (Told & { code: 'UNKNOWN' });

/**
 * The errors of an answer, or of what a method has thrown, each typed by its code. Empty for an answer without errors, and
 * for what is thrown where no server has answered.
 */
export function graphErrorsOf(answerOrThrown: unknown): GraphError[] {
  const answer = answerOrThrown instanceof ClientError ? answerOrThrown.response : answerOrThrown;
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.map(graphErrorOf);
}

function graphErrorOf(error: unknown): GraphError {
  const { message, path, extensions } = isRecord(error) ? error : {};
  const { code, upstream, retryAfterSeconds, traceId } = isRecord(extensions) ? extensions : {};
  const told = { message: String(message), path: Array.isArray(path) ? path : [] };
  const wait = typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {};
  if (isOneOf(upstreamErrorCodes, code) && isOneOf(upstreams, upstream)) {
    return { ...told, ...wait, code, upstream, ...(typeof traceId === 'string' ? { traceId } : {}) };
  }
  return isOneOf(otherErrorCodes, code) ? { ...told, ...wait, code } : { ...told, code: 'UNKNOWN' };
}

/** Whether the server of this client's version publishes it. */
export const isErrorCode = (it: unknown): it is ErrorCode =>
  isOneOf(upstreamErrorCodes, it) || isOneOf(otherErrorCodes, it);

const isRecord = (it: unknown): it is Record<string, unknown> => typeof it === 'object' && it !== null;

const isOneOf = <T extends string>(set: Record<T, true>, it: unknown): it is T =>
  typeof it === 'string' && Object.hasOwn(set, it);

// Records, so that the compiler tells when one is missing.
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
