import { type ExecutionResult, GraphQLError } from 'graphql';

/** How often each code is in an answer, for logs: codes are all that they tell of errors. */
export function codesOf({ errors = [] }: ExecutionResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const error of errors) {
    const code = error instanceof GraphQLError ? String(error.extensions.code ?? 'GRAPHQL_ERROR') : 'UNKNOWN';
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
