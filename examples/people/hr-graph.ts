import { createHrGraphClient, type GraphError, graphErrorsOf } from 'hr-graph/client';

/** By way of the server of this page, which passes it on (vite.config.ts). Where callers sign in, `headers` has the token. */
export const hrGraph = createHrGraphClient({ url: new URL('/graphql', location.href).href });

/** What to tell people of the fields that an answer has no values for; empty where all is known. */
export function gapsIn(answer: unknown): string {
  return [...new Set(graphErrorsOf(answer).map(sentence))].join(' ');
}

/** What to tell them when nothing came at all. */
export function failure(thrown: unknown): string {
  return gapsIn(thrown) || 'hr-graph does not answer. Is it running?';
}

function sentence(error: GraphError): string {
  switch (error.code) {
    case 'UPSTREAM_RATE_LIMITED':
    case 'RATE_LIMITED':
      return `Too many requests: try again in ${error.retryAfterSeconds ?? 'a few'} seconds.`;
    case 'UNAUTHENTICATED':
      return 'Please sign in.';
    case 'FORBIDDEN':
      return 'You may not see everything here.';
    case 'CONFLICT':
      return 'The systems contradict each other about somebody here.';
    case 'UNKNOWN':
      return error.message;
    default:
      return 'upstream' in error ? `Some of it is missing. ${error.message}` : error.message;
  }
}
