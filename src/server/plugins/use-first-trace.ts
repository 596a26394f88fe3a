import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Leaves a vendor's trace id, which stands for one failed request, to the first of the errors that come of it. */
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
  const told = new Set<unknown>();
  return errors.map((error) => {
    const { traceId, ...extensions } = error.extensions;
    if (traceId === undefined || !told.has(traceId)) {
      told.add(traceId);
      return error;
    }
    return new GraphQLError(error.message, { path: error.path ?? null, extensions });
  });
}
