import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Keeps a vendor's trace id, which identifies one failed request, only on the first error of that failure. */
export function useFirstTrace(): Plugin {
  return {
    onExecutionResult: ({ result, setResult }) => {
      if (result === undefined || Array.isArray(result) || !('errors' in result)) return;
      const { errors } = result;
      if (errors !== undefined && errors.length > 1) setResult({ ...result, errors: withFirstTraces(errors) });
    },
  };
}

function withFirstTraces(errors: readonly GraphQLError[]): GraphQLError[] {
  const seen = new Set<unknown>();
  return errors.map((error) => {
    const { traceId, ...extensions } = error.extensions;
    if (traceId === undefined || !seen.has(traceId)) {
      seen.add(traceId);
      return error;
    }
    return new GraphQLError(error.message, { path: error.path ?? null, extensions });
  });
}
