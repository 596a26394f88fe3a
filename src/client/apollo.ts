import { connections, possibleTypes } from './generated/schema-facts.ts';

/** A list in the cache: all pages so far, joined into one. */
type Pages = { nodes?: readonly unknown[] };

/** The policy that `relayStylePagination` of `@apollo/client/utilities` returns. */
type FieldPolicy = { merge?: unknown };

/** Options of `new InMemoryCache()`. */
export type ApolloCacheOptions<Policy extends FieldPolicy> = {
  possibleTypes: Record<string, string[]>;
  typePolicies: Record<string, { fields: Record<string, Policy> }>;
};

/**
 * Options of Apollo Client's cache for this graph: the types of interfaces and unions, so that `... on Error { message }`
 * matches, and how the pages of each list are joined.
 *
 * ```ts
 * import { InMemoryCache } from '@apollo/client';
 * import { relayStylePagination } from '@apollo/client/utilities';
 * import { apolloCacheOptions } from 'hr-graph/apollo';
 *
 * const cache = new InMemoryCache(apolloCacheOptions(relayStylePagination));
 * ```
 *
 * Apollo's own policy joins only `edges`; these options join `nodes` too. A list that could not be read stays null, where
 * Apollo's policy would make it an empty list.
 */
export function apolloCacheOptions<Policy extends FieldPolicy>(
  relayStylePagination: (keyArgs: string[] | false) => Policy,
): ApolloCacheOptions<Policy> {
  const policyOf = (args: string[]) => joiningNodes(relayStylePagination(args.length > 0 && args));
  const typePolicies = Object.entries(connections).map(([type, lists]) => {
    const fields = Object.entries(lists).map(([field, args]) => [field, policyOf(args)] as const);
    return [type, { fields: Object.fromEntries(fields) }] as const;
  });
  return { possibleTypes, typePolicies: Object.fromEntries(typePolicies) };
}

function joiningNodes<Policy extends FieldPolicy>(policy: Policy): Policy {
  const { merge } = policy;
  if (typeof merge !== 'function') return policy;
  return {
    ...policy,
    merge: (existing: Pages | null | undefined, incoming: Pages | null, options: MergeOptions) => {
      if (incoming === null) return existing ?? null;
      const joined: unknown = merge(existing ?? undefined, incoming, options);
      if (incoming.nodes === undefined || typeof joined !== 'object') return joined;
      const before = options.args?.after == null ? [] : (existing?.nodes ?? []);
      return { ...joined, nodes: [...upTo(incoming.nodes[0], before), ...incoming.nodes] };
    },
  };
}

type MergeOptions = { args: Record<string, unknown> | null };

/** The earlier nodes before a page. A page that is read again replaces its former place and everything after it. */
function upTo(node: unknown, nodes: readonly unknown[]): readonly unknown[] {
  const at = nodes.findIndex((other) => refOf(other) !== undefined && refOf(other) === refOf(node));
  return at === -1 ? nodes : nodes.slice(0, at);
}

/** The cache's reference to an object. */
const refOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null ? Reflect.get(node, '__ref') : undefined;
