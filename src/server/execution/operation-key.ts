import { type DocumentNode, print } from 'graphql';
import type { Viewer } from '../../../resolvers/context.ts';
import { scopes as knownScopes } from '../../domain/scopes.ts';

export type AskedOperation = {
  document: DocumentNode;
  operationName?: unknown;
  variableValues?: unknown;
  viewer: Viewer;
  locale: string | null;
};

/** Two operations with the same key at the same time have the same response: nothing else of a request influences it. */
export function operationKey({ document, operationName, variableValues, viewer, locale }: AskedOperation): string {
  const text = document.loc?.source.body ?? print(document);
  return JSON.stringify([rightsOf(viewer), locale, operationName ?? null, text, sorted(variableValues ?? {})]);
}

/** A text for the caller's scopes: callers with the same read and write rights have the same text. */
export function rightsOf({ scopes }: Viewer): string {
  return scopes === 'ALL' ? 'ALL' : knownScopes.filter((scope) => scopes.includes(scope)).join(' ');
}

/** Sorts object members, whose order has no meaning. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
