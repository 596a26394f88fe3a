import { type ExecutionResult, GraphQLError } from 'graphql';
import { ConflictError, InputError, PermissionError, UpstreamError } from '../errors.ts';

/** How often each code occurs in the response. Logs have only the codes of errors. */
export function codesOf({ errors = [] }: ExecutionResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const error of errors) {
    const code = codeOf(causeOf(error));
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The code of an error that is not masked yet. */
function codeOf(cause: unknown): string {
  if (cause instanceof UpstreamError || cause instanceof PermissionError) return cause.code;
  if (cause instanceof InputError || cause instanceof ConflictError) return cause.code;
  return cause instanceof GraphQLError ? String(cause.extensions.code ?? 'GRAPHQL_ERROR') : 'INTERNAL_SERVER_ERROR';
}

/** The error that a resolver threw, which graphql-js wraps; else the error itself. */
export function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}
