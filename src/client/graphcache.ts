import { introspection } from './generated/introspection.ts';
import { connections, embeddedTypes } from './generated/schema-facts.ts';

/** What `cacheExchange()` of `@urql/exchange-graphcache` takes. */
export type GraphcacheOptions<Resolver> = {
  schema: typeof introspection;
  keys: Record<string, () => null>;
  resolvers: Record<string, Record<string, Resolver>>;
};

/**
 * Options of urql's normalising cache for this graph: its types and which fields may be null, so that what failed is null and
 * the rest stays; which types have no id of their own; and how the pages of each list become one.
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
