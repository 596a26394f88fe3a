import type { Plugin } from 'graphql-yoga';

/** Answers are one caller's, and nobody between here and there is to keep one (RFC 9111, section 5.2.2). */
export function useNoStore(): Plugin {
  return {
    onResponse: ({ response }) => {
      response.headers.set('cache-control', 'private, no-store');
    },
  };
}
