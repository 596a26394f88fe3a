import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse } from 'graphql';
import type { GatewayKind } from './gateway.ts';

class ForwardingDataSource extends RemoteGraphQLDataSource<{ authorization?: string }> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource['willSendRequest']>>[0]) {
    if (context.authorization !== undefined) request.http?.headers.set('authorization', context.authorization);
  }
}

export const apolloGateway: GatewayKind = {
  sdl: 'federation',
  start: async (parts) => {
    const { supergraphSdl, errors } = composeServices(
      Object.entries(parts).map(([name, { url, sdl }]) => ({ name, url, typeDefs: parse(sdl) })),
    );
    if (supergraphSdl === undefined) throw new Error(errors?.join('\n'));
    const gateway = new ApolloGateway({
      supergraphSdl,
      buildService: ({ url }) => new ForwardingDataSource(url === undefined ? {} : { url }),
    });
    const server = new ApolloServer({ gateway });
    const { url } = await startStandaloneServer(server, {
      listen: { host: '127.0.0.1', port: 0 },
      context: async ({ req: { headers } }) => ({ authorization: headers.authorization }),
    });
    return { url, stop: () => server.stop() };
  },
};
