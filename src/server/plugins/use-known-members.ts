import type { GraphQLParams, Plugin } from 'graphql-yoga';

/**
 * Keeps the members of a request that GraphQL over HTTP defines, and ignores members that clients and proxies add, such as
 * `debug`; Yoga would reject the request. Newer clients name a persisted operation in `documentId`: it is converted to the
 * extension that other clients use.
 */
export function useKnownMembers(): Plugin {
  return {
    onParams: ({ params, request, setParams }) => {
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const { query, operationName, variables, extensions } = params;
      const id = documentIdOf(params, request);
      const withId = id === null ? extensions : { ...extensions, persistedQuery: { version: 1, sha256Hash: id } };
      setParams({
        ...(query !== undefined && { query }),
        ...(operationName !== undefined && { operationName }),
        ...(variables !== undefined && { variables }),
        ...(withId !== undefined && { extensions: withId }),
      });
    },
  };
}

/** The id of a persisted operation. If it is a digest, clients prefix it with the name of the algorithm. */
function documentIdOf(params: GraphQLParams & { documentId?: unknown }, { method, url }: Request): string | null {
  const id = method === 'GET' ? new URL(url).searchParams.get('documentId') : params.documentId;
  return typeof id === 'string' ? id.replace(/^sha256:/, '') : null;
}
