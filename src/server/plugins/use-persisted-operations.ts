import { usePersistedOperations as persistedOperationsPlugin } from '@graphql-yoga/plugin-persisted-operations';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { PersistedOperations } from '../../config/persisted-operations.ts';
import { refusal } from '../refusal.ts';

/**
 * Runs a document that is known here for its id alone (`extensions.persistedQuery`, as Apollo, urql and the typed client
 * send it). Where only those may run, the text of one is as good as its id: GraphQL over HTTP stays whole, and
 * nothing else is parsed.
 */
export function usePersistedOperations({ isOnly, documents }: PersistedOperations): Plugin {
  const texts = new Set(documents.values());
  const plugin = persistedOperationsPlugin({
    getPersistedOperation: (id) => documents.get(id) ?? null,
    customErrors: {
      notFound: unknownId,
      keyNotFound: noDocument,
      persistedQueryOnly: ({ params }) => (typeof params.query === 'string' ? notListed() : noDocument()),
    },
  });
  const mayBeText = ({ query }: GraphQLParams): boolean => Boolean(query) && (!isOnly || texts.has(query ?? ''));
  return {
    ...plugin,
    onParams: (payload) => (mayBeText(payload.params) ? undefined : plugin.onParams?.(payload)),
  };
}

/** Clients know the first error by its very message or code, and send the text then. */
const unknownId = () =>
  refusal('PersistedQueryNotFound', { code: 'PERSISTED_QUERY_NOT_FOUND', status: 400, isRequestError: true });

const notListed = () =>
  refusal('Only operations that are persisted here may run: send the id of one, or its exact text.', {
    code: 'FORBIDDEN',
    status: 403,
    isRequestError: true,
  });

const noDocument = () =>
  refusal('Send a document as the text "query", or the id of a persisted one.', {
    code: 'BAD_USER_INPUT',
    status: 400,
  });
