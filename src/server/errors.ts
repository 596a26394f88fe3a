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

/** What clients get to see of an error: a code from the published list, and nothing that was not meant for them. */
export function createErrorMask(logger: Logger, failures: FailureReporter): (error: unknown) => Error {
  return (error) => {
    // Only the parameters of a GET request are parsed by Yoga without a word of its own about what is wrong.
    if (error instanceof SyntaxError) return notJson();
    const cause = causeOf(error);
    if (cause instanceof UpstreamError) {
      failures.onTold(cause);
      const { code, upstream, retryAfterSeconds, traceId } = cause;
      const message = `${shortUpstreamName(upstream)} ${cause.summary ?? shortly[code]}.`;
      return told(error, message, code, { upstream, retryAfterSeconds, traceId });
    }
    if (cause instanceof InputError || cause instanceof ConflictError) return told(error, cause.message, cause.code);
    if (cause instanceof PermissionError) return told(error, cause.message, cause.code, { scope: cause.scope });
    if (cause instanceof GraphQLError) {
      if (isForgeable(cause)) return noPreflight();
      const published = withPublishedCode(cause);
      if (published !== null) return published;
    }
    const errorId = randomUUID();
    logger.error({ err: cause, errorId }, 'unexpected error');
    return told(error, 'Something went wrong on our side. The id names the log entry.', 'INTERNAL_SERVER_ERROR', {
      errorId,
    });
  };
}

/**
 * One failure has an entry for every field that is null because of it, so entries are short. What was expected, what came and
 * what to do is logged once, and explained by code in docs/front-end.md.
 */
const shortly: Record<UpstreamErrorCode, string> = {
  UPSTREAM_TIMEOUT: 'did not answer in time',
  UPSTREAM_UNAVAILABLE: 'is unavailable',
  UPSTREAM_RATE_LIMITED: 'is rate limited',
  UPSTREAM_AUTH_FAILED: 'refused our credentials',
  UPSTREAM_INVALID_RESPONSE: 'sent an invalid answer',
  UPSTREAM_NOT_CONFIGURED: 'is not configured',
};

/** The plugin that says so gives a status only. */
function isForgeable({ extensions: { code, http } }: GraphQLError): boolean {
  return code === undefined && typeof http === 'object' && http !== null && 'status' in http && http.status === 403;
}

const noPreflight = () =>
  refusal('A browser would send this for any page: send JSON by POST, or the header graphql-require-preflight.', {
    code: 'FORBIDDEN',
    status: 403,
  });

const notJson = () => refusal('variables and extensions have to be JSON.', { code: 'BAD_USER_INPUT', status: 400 });

/** Yoga's own codes in the words of the published list. */
const publishedCodes: Record<string, ErrorCode | undefined> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  REQUEST_ENTITY_TOO_LARGE: 'QUERY_TOO_COMPLEX',
};

/**
 * Null for an error without a code: nobody has thought about who may see it. `originalError` quotes the request. `http`
 * of a request that is none of GraphQL asks for 200 where the client accepts application/json alone: it is 400 to everybody.
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

function told(
  error: unknown,
  message: string,
  code: ErrorCode,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  // The path says it all: line and column would be the same for every row.
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
