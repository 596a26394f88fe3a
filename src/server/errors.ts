import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { upstreamNames } from '../domain/upstream.ts';
import { ConflictError, type ErrorCode, InputError, UpstreamError } from '../errors.ts';

/** What clients get to see of an error: a code from the published list, and nothing that was not meant for them. */
export function createErrorMask(logger: Logger): (error: unknown) => Error {
  return (error) => {
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
    if (cause instanceof GraphQLError) return cause;
    const errorId = randomUUID();
    logger.error({ err: cause, errorId }, 'unexpected error');
    return told(error, 'Something went wrong on our side. The id names the log entry.', 'INTERNAL_SERVER_ERROR', {
      errorId,
    });
  };
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
