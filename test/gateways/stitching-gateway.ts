import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { stitchingDirectives } from '@graphql-tools/stitching-directives';
import { buildSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { GatewayKind } from './gateway.ts';
import { listenTo } from './listen.ts';

export const stitchingGateway: GatewayKind = {
  sdl: 'stitching',
  start: async ({ hr, bookings }) => {
    const subschemas = [hr, bookings].map(({ url, sdl }) => ({
      schema: buildSchema(sdl),
      executor: buildHTTPExecutor({
        endpoint: url,
        headers: (operation): Record<string, string> => {
          const authorization = operation?.context?.request.headers.get('authorization');
          return authorization == null ? {} : { authorization };
        },
      }),
      batch: true,
    }));
    const { stitchingDirectivesTransformer } = stitchingDirectives();
    const schema = stitchSchemas({ subschemas, subschemaConfigTransforms: [stitchingDirectivesTransformer] });
    return listenTo(createYoga({ schema, logging: false, maskedErrors: false, graphiql: false, landingPage: false }));
  },
};
