import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { upstreamNames } from '../domain/upstream.ts';
import { ConflictError, type ErrorCode, InputError, PermissionError, UpstreamError } from '../errors.ts';
import { refusal } from './refusal.ts';

/** What clients get to see of an error: a code from the published list, and nothing that was not meant for them. */
export function createErrorMask(logger: Logger): (error: unknown) => Error {
  return (error) => {
    // Only the parameters of a GET request are parsed by Yoga without a word of its own about what is wrong.
    if (error instanceof SyntaxError) return notJson();
    const cause = causeOf(error);
    if (cause instanceof UpstreamError) {
      const { code, upstream, retryAfterSeconds, traceId } = cause;
      return told(error, `${upstreamNames[upstream]}: ${cause.message}`, code, {
        upstream,
        retryAfterSeconds,
        traceId,
      });
    }
    if (cause instanceof InputError || cause instanceof ConflictError) return told(error, cause.message, cause.code);
    if (cause instanceof PermissionError) return told(error, cause.message, cause.code, { scope: cause.scope });
    const known = cause instanceof GraphQLError ? withPublishedCode(cause) : null;
    if (known !== null) return known;
    const errorId = randomUUID();
    logger.error({ err: cause, errorId }, 'unexpected error');
    return told(error, 'Something went wrong on our side. The id names the log entry.', 'INTERNAL_SERVER_ERROR', {
      errorId,
    });
  };
}

const notJson = () =>
  refusal('variables and extensions have to be JSON.', { code: 'BAD_USER_INPUT', status: 400, isRequestError: true });

/** Yoga's own codes in the words of the published list. */
const publishedCodes: Record<string, ErrorCode | undefined> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  REQUEST_ENTITY_TOO_LARGE: 'QUERY_TOO_COMPLEX',
};

/** Null for an error without a code: nobody has thought about who may see it. `originalError` quotes the request. */
function withPublishedCode(error: GraphQLError): GraphQLError | null {
  const { code = codeOfStatus(error), originalError: _, ...extensions } = error.extensions;
  if (typeof code !== 'string') return null;
  if (code === error.extensions.code && publishedCodes[code] === undefined) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...extensions, code: publishedCodes[code] ?? code },
  });
}

/** The protection against forged requests gives a status only. */
function codeOfStatus({ extensions: { http } }: GraphQLError): ErrorCode | undefined {
  const isForbidden = typeof http === 'object' && http !== null && 'status' in http && http.status === 403;
  return isForbidden ? 'FORBIDDEN' : undefined;
}

/** graphql-js wraps what a resolver throws; an error without a wrapped one speaks for itself. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

function told(
  error: unknown,
  message: string,
  code: ErrorCode,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  const place = error instanceof GraphQLError ? error : undefined;
  return new GraphQLError(message, {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: place?.path ?? null,
    extensions: { code, ...Object.fromEntries(Object.entries(extensions).filter(([, value]) => value !== undefined)) },
  });
}
