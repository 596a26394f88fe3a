import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { GatewayKind } from './gateway.ts';
import { listenTo } from './listen.ts';

export const hiveGateway: GatewayKind = {
  sdl: 'federation',
  start: async (parts) => {
    const { supergraphSdl, errors } = composeServices(
      Object.entries(parts).map(([name, { url, sdl }]) => ({ name, url, typeDefs: parse(sdl) })),
    );
    if (supergraphSdl === undefined) throw new Error(errors?.join('\n'));
    const gateway = createGatewayRuntime({
      maskedErrors: false,
      supergraph: supergraphSdl,
      logging: false,
      propagateHeaders: {
        fromClientToSubgraphs: ({ request }) => {
          const authorization = request.headers.get('authorization');
          return authorization === null ? {} : { authorization };
        },
      },
    });
    const { url, stop } = await listenTo(gateway);
    return {
      url,
      stop: async () => {
        await stop();
        await gateway.dispose();
      },
    };
  },
};
