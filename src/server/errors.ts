import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { shortUpstreamName } from '../domain/upstream.ts';
import {
  ConflictError,
  type ErrorCode,
  InputError,
  PermissionError,
  UpstreamError,
  type UpstreamErrorCode,
} from '../errors.ts';
import { causeOf } from './error-codes.ts';
import type { FailureReporter } from './failure-reporter.ts';
import { refusal } from './refusal.ts';

/** Maps each error to the error that clients see: a published code and a message without internal details. */
export function createErrorMask(logger: Logger, failures: FailureReporter): (error: unknown) => Error {
  return (error) => {
    // Yoga parses the parameters of a GET request and throws a bare SyntaxError.
    if (error instanceof SyntaxError) return notJson();
    const cause = causeOf(error);
    if (cause instanceof UpstreamError) {
      failures.onSent(cause);
      const { code, upstream, retryAfterSeconds, traceId } = cause;
      const message = `${shortUpstreamName(upstream)} ${cause.summary ?? summaries[code]}.`;
      return publicError(error, message, code, { upstream, retryAfterSeconds, traceId });
    }
    if (cause instanceof InputError) return publicError(error, cause.message, cause.code);
    if (cause instanceof ConflictError) {
      const { message, code, upstream } = cause;
      return publicError(error, message, code, upstream === null ? {} : { upstream });
    }
    if (cause instanceof PermissionError) return publicError(error, cause.message, cause.code, { scope: cause.scope });
    if (cause instanceof GraphQLError) {
      if (isForgeable(cause)) return noPreflight();
      const published = withPublishedCode(cause);
      if (published !== null) return published;
    }
    const errorId = randomUUID();
    logger.error({ err: cause, errorId }, 'unexpected error');
    return publicError(
      error,
      'Something went wrong on our side. The id names the log entry.',
      'INTERNAL_SERVER_ERROR',
      {
        errorId,
      },
    );
  };
}

/**
 * Every field that is null because of a failure has its own entry, so entries are short. The details (what hr-graph expected,
 * what it received, what to do) are logged once, and docs/front-end.md explains each code.
 */
const summaries: Record<UpstreamErrorCode, string> = {
  UPSTREAM_TIMEOUT: 'did not respond in time',
  UPSTREAM_UNAVAILABLE: 'is unavailable',
  UPSTREAM_RATE_LIMITED: 'is rate limited',
  UPSTREAM_AUTH_FAILED: 'refused our credentials',
  UPSTREAM_INVALID_RESPONSE: 'sent an invalid response',
  UPSTREAM_NOT_CONFIGURED: 'is not configured',
};

/** The plugin for CSRF prevention sets only a status, no code. */
function isForgeable({ extensions: { code, http } }: GraphQLError): boolean {
  return code === undefined && typeof http === 'object' && http !== null && 'status' in http && http.status === 403;
}

const noPreflight = () =>
  refusal(
    'Any web page could make a browser send this request. Send JSON by POST, or the header graphql-require-preflight.',
    {
      code: 'FORBIDDEN',
      status: 403,
    },
  );

const notJson = () => refusal('variables and extensions have to be JSON.', { code: 'BAD_USER_INPUT', status: 400 });

/** Yoga's own codes, mapped to published ones. */
const publishedCodes: Record<string, ErrorCode | undefined> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  REQUEST_ENTITY_TOO_LARGE: 'QUERY_TOO_COMPLEX',
};

/**
 * Null for an error without a code, because it may contain internal details. Drops `originalError`, which quotes the request.
 * For an invalid request Yoga's `http` asks for status 200 if the client accepts only application/json; we always send 400.
 */
function withPublishedCode(error: GraphQLError): GraphQLError | null {
  const { code, originalError: _, ...extensions } = error.extensions;
  if (typeof code !== 'string') return null;
  if (publishedCodes[code] === undefined) return error;
  if (code === 'BAD_REQUEST') extensions.http = { ...Object(extensions.http), spec: false };
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...extensions, code: publishedCodes[code] ?? code },
  });
}

function publicError(
  error: unknown,
  message: string,
  code: ErrorCode,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  // The path is enough. Line and column would repeat for every row.
  const path = error instanceof GraphQLError ? error.path : undefined;
  const place = path === undefined && error instanceof GraphQLError ? error : undefined;
  return new GraphQLError(message, {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: path ?? null,
    extensions: { code, ...Object.fromEntries(Object.entries(extensions).filter(([, value]) => value !== undefined)) },
  });
}
