import type { DocumentNode } from 'graphql';
import { _createLRUCache } from 'graphql-yoga';
import { maxRememberedDocuments, maxRememberedLength, maxRememberedTokens } from './limits.ts';

type Cache<T> = { get(source: string): T | undefined; set(source: string, it: T): void };

export type DocumentCaches = {
  documentCache: Cache<DocumentNode>;
  errorCache: Cache<Error>;
  /** A document may name somebody in a literal. */
  clear(): void;
};

/** Parsed documents by their text, except for large ones, which would add up to hundreds of megabytes; and no errors. */
export function createDocumentCaches(): DocumentCaches {
  const documents = _createLRUCache<DocumentNode>({ max: maxRememberedDocuments });
  return {
    documentCache: {
      get: (source) => documents.get(source),
      set: (source, document) => {
        const isSmall = source.length <= maxRememberedLength && (document.tokenCount ?? 0) <= maxRememberedTokens;
        if (isSmall) documents.set(source, document);
      },
    },
    errorCache: { get: () => undefined, set: () => undefined },
    clear: () => documents.clear(),
  };
}
