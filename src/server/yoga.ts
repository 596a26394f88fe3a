import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context } from '../../resolvers/context.ts';
import { createCursorCodec } from '../../resolvers/cursor.ts';
import { schema } from '../../schema/schema.ts';
import { createMemory } from '../loaders/memory.ts';
import type { IdentityConfig } from '../loaders/naming.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { preferredLocale } from './accept-language.ts';
import { createErrorMask } from './errors.ts';
import { graphiqlOptions, renderGraphiQL } from './graphiql.ts';
import { usePlannedLoaders } from './plugins/use-planned-loaders.ts';
import { useRequestLog } from './plugins/use-request-log.ts';

export type GraphOptions = {
  upstreams: Upstreams;
  identity: IdentityConfig;
  logger: Logger;
  exampleEmail: string;
  freshSeconds: number;
  /** Mutations answer ForbiddenError and send nothing. */
  isReadOnly: boolean;
};

/** The GraphQL endpoint. Its plugins, in order, are the life of an operation. */
export function createGraph({ upstreams, identity, logger, exampleEmail, freshSeconds, isReadOnly }: GraphOptions) {
  const cursors = createCursorCodec(identity.secret);
  return createYoga<object, Omit<Context, 'loaders'>>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ request }) => ({
      viewer: { id: 'anonymous', scopes: 'ALL' },
      locale: preferredLocale(request.headers.get('accept-language')),
      cursors,
      isReadOnly,
      audit: (entry) => logger.info({ audit: entry }, 'write'),
    }),
    plugins: [usePlannedLoaders(upstreams, createMemory({ freshSeconds }), identity), useRequestLog(logger)],
    maskedErrors: { maskError: createErrorMask(logger) },
    graphiql: graphiqlOptions(exampleEmail),
    renderGraphiQL,
    landingPage: false,
    cors: false,
    logging: false,
  });
}
