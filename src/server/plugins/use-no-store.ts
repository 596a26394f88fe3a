import type { Plugin } from 'graphql-yoga';

/** A response belongs to one caller, so no cache on the way may store it (RFC 9111, section 5.2.2). */
export function useNoStore(): Plugin {
  return {
    onResponse: ({ response }) => {
      response.headers.set('cache-control', 'private, no-store');
    },
  };
}
