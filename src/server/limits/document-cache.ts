import { BREAK, type DocumentNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { maxCachedDocuments, maxCachedLength, maxCachedTokens } from './limits.ts';

type Cache<T> = { get(source: string): T | undefined; set(source: string, value: T): void };

export type DocumentCaches = {
  documentCache: Cache<DocumentNode>;
  errorCache: Cache<Error>;
  /** Drops documents that may contain personal data. */
  dropPersonalData(): void;
};

/** Caches parsed documents by their text, but no errors, and no large documents: these could take hundreds of megabytes. */
export function createDocumentCaches(): DocumentCaches {
  const documents = new LRUCache<string, DocumentNode>({ max: maxCachedDocuments });
  return {
    documentCache: {
      get: (source) => documents.get(source),
      set: (source, document) => {
        const isSmall = source.length <= maxCachedLength && (document.tokenCount ?? 0) <= maxCachedTokens;
        if (isSmall) documents.set(source, document);
      },
    },
    errorCache: { get: () => undefined, set: () => undefined },
    dropPersonalData: () => {
      for (const [source, document] of [...documents]) if (mayName(source, document)) documents.delete(source);
    },
  };
}

/** Whether a string, a comment or a generated alias may contain personal data. Other names come from the program. */
function mayName(source: string, document: DocumentNode): boolean {
  let isFound = source.includes('#');
  const find = () => {
    isFound = true;
    return BREAK;
  };
  visit(document, { StringValue: find, Field: ({ alias }) => (alias === undefined ? undefined : find()) });
  return isFound;
}
