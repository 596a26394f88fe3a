import type { GraphQLParams, Plugin } from 'graphql-yoga';

/**
 * Reads of a request what GraphQL over HTTP defines, and ignores what clients and proxies add to it, such as `debug`, where
 * Yoga would refuse the whole. `documentId`, in which newer clients name a persisted operation, becomes the extension in
 * which others name it.
 */
export function useKnownMembers(): Plugin {
  return {
    onParams: ({ params, request, setParams }) => {
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const { query, operationName, variables, extensions } = params;
      const id = documentIdOf(params, request);
      const named = id === null ? extensions : { ...extensions, persistedQuery: { version: 1, sha256Hash: id } };
      setParams({
        ...(query !== undefined && { query }),
        ...(operationName !== undefined && { operationName }),
        ...(variables !== undefined && { variables }),
        ...(named !== undefined && { extensions: named }),
      });
    },
  };
}

/** The digest of a text comes with the name of its algorithm in front, any other id as it is. */
function documentIdOf(params: GraphQLParams & { documentId?: unknown }, { method, url }: Request): string | null {
  const id = method === 'GET' ? new URL(url).searchParams.get('documentId') : params.documentId;
  return typeof id === 'string' ? id.replace(/^sha256:/, '') : null;
}
