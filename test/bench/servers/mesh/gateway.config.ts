import { defineConfig } from '@graphql-hive/gateway';
import { useDeduplicateRequest } from '@graphql-hive/plugin-deduplicate-request';
import InMemoryLRUCache from '@graphql-mesh/cache-inmemory-lru';
import { resolvers } from './resolvers.ts';
import { useNaverSignature } from './use-naver-signature.ts';

const hasResponseCache = process.env.RESPONSE_CACHE === 'on';

/**
 * The best that could be made of it. The response cache needs its entity index off: q02 alone has more entities than
 * the cache has room for, and pushes itself out. With it goes the sharing of operations under way.
 */
export const gatewayConfig = defineConfig({
  additionalResolvers: resolvers,
  // In this order, a signature is no part of what is compared.
  // @ts-expect-error The packages of the gateway disagree about the type of its pubsub.
  plugins: () => [useNaverSignature(), useDeduplicateRequest()],
  maskedErrors: false,
  ...(hasResponseCache && {
    cache: new InMemoryLRUCache({ max: 10_000 }),
    responseCaching: { ttl: 60_000, session: () => null, idFields: [], invalidateViaMutation: false },
    inboundInflightRequestDeduplication: true,
  }),
});
