import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import type { Plugin } from 'graphql-yoga';

/** One of these headers is required if a browser could send the request for a foreign page without a preflight request. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-graphql-yoga-csrf'];

/**
 * Rejects requests that a form on a foreign page could send. A GET passes, as GraphQL over HTTP demands: it can only read, and
 * the foreign page cannot see the response.
 */
export function useCsrfPrevention(): Plugin {
  const plugin = useCSRFPrevention({ requestHeaders: preflightHeaders });
  return {
    onRequestParse: (payload) => (payload.request.method === 'GET' ? undefined : plugin.onRequestParse?.(payload)),
  };
}
