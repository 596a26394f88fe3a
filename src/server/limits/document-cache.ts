import { BREAK, type DocumentNode, visit } from 'graphql';
import { _createLRUCache } from 'graphql-yoga';
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
  const naming = _createLRUCache<DocumentNode>({ max: maxRememberedDocuments });
  const others = _createLRUCache<DocumentNode>({ max: maxRememberedDocuments });
  return {
    documentCache: {
      get: (source) => others.get(source) ?? naming.get(source),
      set: (source, document) => {
        const isSmall = source.length <= maxRememberedLength && (document.tokenCount ?? 0) <= maxRememberedTokens;
        if (isSmall) (mayName(document) ? naming : others).set(source, document);
      },
    },
    errorCache: { get: () => undefined, set: () => undefined },
    forgetNames: () => naming.clear(),
  };
}

/** By a literal, or by an alias that somebody has put together for one person. */
function mayName(document: DocumentNode): boolean {
  let isFound = false;
  const find = () => {
    isFound = true;
    return BREAK;
  };
  visit(document, { StringValue: find, Field: ({ alias }) => (alias === undefined ? undefined : find()) });
  return isFound;
}
