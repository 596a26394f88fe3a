import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import type { Plugin } from 'graphql-yoga';

/** Headers of which one has to be there where a browser would send the request for any page, without asking first. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-graphql-yoga-csrf'];

/**
 * Refuses what a form on a foreign page could send. A GET is let through as GraphQL over HTTP wants it: it can only read,
 * and the page that made a browser send it does not get to see the answer.
 */
export function useCsrfPrevention(): Plugin {
  const plugin = useCSRFPrevention({ requestHeaders: preflightHeaders });
  return {
    onRequestParse: (payload) => (payload.request.method === 'GET' ? undefined : plugin.onRequestParse?.(payload)),
  };
}
