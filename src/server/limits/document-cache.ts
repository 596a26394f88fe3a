import { BREAK, type DocumentNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { maxRememberedDocuments, maxRememberedLength, maxRememberedTokens } from './limits.ts';

type Cache<T> = { get(source: string): T | undefined; set(source: string, it: T): void };

export type DocumentCaches = {
  documentCache: Cache<DocumentNode>;
  errorCache: Cache<Error>;
  /** Drops documents that may name somebody. */
  forgetNames(): void;
};

/** Parsed documents by their text, except for large ones, which would add up to hundreds of megabytes; and no errors. */
export function createDocumentCaches(): DocumentCaches {
  const documents = new LRUCache<string, DocumentNode>({ max: maxRememberedDocuments });
  return {
    documentCache: {
      get: (source) => documents.get(source),
      set: (source, document) => {
        const isSmall = source.length <= maxRememberedLength && (document.tokenCount ?? 0) <= maxRememberedTokens;
        if (isSmall) documents.set(source, document);
      },
    },
    errorCache: { get: () => undefined, set: () => undefined },
    forgetNames: () => {
      for (const [source, document] of [...documents]) if (mayName(source, document)) documents.delete(source);
    },
  };
}

/** By a text, a comment, or an alias that was put together for one person. All other names are the program's. */
function mayName(source: string, document: DocumentNode): boolean {
  let isFound = source.includes('#');
  const find = () => {
    isFound = true;
    return BREAK;
  };
  visit(document, { StringValue: find, Field: ({ alias }) => (alias === undefined ? undefined : find()) });
  return isFound;
}
