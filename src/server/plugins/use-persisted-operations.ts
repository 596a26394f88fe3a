import { usePersistedOperations as persistedOperationsPlugin } from '@graphql-yoga/plugin-persisted-operations';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { PersistedOperations } from '../../config/persisted-operations.ts';
import { refusal } from '../refusal.ts';

/**
 * Runs a persisted operation by its id (`extensions.persistedQuery`, as Apollo, urql and the typed client send it). If only
 * persisted operations may run, their exact text is accepted too, so that plain GraphQL over HTTP works. No other text is
 * parsed.
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
  const isAcceptedText = ({ query }: GraphQLParams): boolean => Boolean(query) && (!isOnly || texts.has(query ?? ''));
  return {
    ...plugin,
    onParams: (payload) => (isAcceptedText(payload.params) ? undefined : plugin.onParams?.(payload)),
  };
}

/** Clients recognise this error by its exact message or code, and then send the text. */
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
