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
  // Reversed order: the last plugin's function fetches first, and the signature is not part of what is compared.
  plugins: () => [useNaverSignature(), useDeduplicateRequest()],
  maskedErrors: false,
  ...(hasResponseCache && {
    cache: new InMemoryLRUCache({ max: 10_000 }),
    responseCaching: { ttl: 60_000, session: () => null, idFields: [], invalidateViaMutation: false },
    inboundInflightRequestDeduplication: true,
  }),
});
