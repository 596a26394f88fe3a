import { introspection } from './generated/introspection.ts';
import { connections, embeddedTypes } from './generated/schema-facts.ts';

/** Options of `cacheExchange()` of `@urql/exchange-graphcache`. */
export type GraphcacheOptions<Resolver> = {
  schema: typeof introspection;
  keys: Record<string, () => null>;
  resolvers: Record<string, Record<string, Resolver>>;
};

/**
 * Options of urql's normalising cache for this graph: its types with the nullability of fields, so that a failed field is
 * null and the rest stays valid; the types without an id; and how the pages of each list are joined.
 *
 * ```ts
 * import { cacheExchange } from '@urql/exchange-graphcache';
 * import { relayPagination } from '@urql/exchange-graphcache/extras';
 * import { graphcacheOptions } from 'hr-graph/graphcache';
 *
 * const exchange = cacheExchange(graphcacheOptions(relayPagination));
 * ```
 */
export function graphcacheOptions<Resolver>(relayPagination: () => Resolver): GraphcacheOptions<Resolver> {
  const resolvers = Object.entries(connections).map(([type, lists]) => [
    type,
    Object.fromEntries(Object.keys(lists).map((field) => [field, relayPagination()])),
  ]);
  return {
    schema: introspection,
    keys: Object.fromEntries(embeddedTypes.map((type) => [type, () => null])),
    resolvers: Object.fromEntries(resolvers),
  };
}
