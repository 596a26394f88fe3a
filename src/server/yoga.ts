import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { _createLRUCache, createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context, Viewer } from '../../resolvers/context.ts';
import { createCursorCodec } from '../../resolvers/cursor.ts';
import { schema } from '../../schema/schema.ts';
import type { AccessSettings } from '../config/access-settings.ts';
import { createMemory } from '../loaders/memory.ts';
import type { IdentityConfig } from '../loaders/naming.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { preferredLocale } from './accept-language.ts';
import { createAuthentication } from './authentication/authentication.ts';
import { anybody } from './authentication/local.ts';
import { useAuthentication } from './authentication/use-authentication.ts';
import { corsFor } from './cors.ts';
import { createErrorMask } from './errors.ts';
import { graphiqlOptions, renderGraphiQL } from './graphiql.ts';
import { maxBodyBytes, maxRememberedDocuments } from './limits/limits.ts';
import { useCallerRateLimit } from './limits/use-caller-rate-limit.ts';
import { useDiscreetValidation } from './limits/use-discreet-validation.ts';
import { useDocumentLimits } from './limits/use-document-limits.ts';
import { useOperationLimits } from './limits/use-operation-limits.ts';
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
  /** Unless given, whoever can reach the graph may ask it for everything, within the limits. */
  access?: AccessSettings;
};

const open: AccessSettings = {
  authentication: { mode: 'none', isLocal: false, isChosen: true },
  callerAllowance: null,
  corsOrigins: [],
  hasGraphiql: true,
  hasIntrospection: true,
};

/** Headers of which one has to be there where a browser would send the request for any page, without asking first. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-graphql-yoga-csrf'];

/** The GraphQL endpoint. Its plugins, in order, are the life of an operation. */
export function createGraph({ access = open, ...options }: GraphOptions) {
  const { upstreams, identity, logger, exampleEmail, freshSeconds, isReadOnly } = options;
  const cursors = createCursorCodec(identity.secret);
  const authenticate = createAuthentication(access.authentication, identity.secret, logger);
  return createYoga<{ viewer?: Viewer }, Omit<Context, 'loaders'>>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ request, viewer = anybody }) => ({
      viewer,
      locale: preferredLocale(request.headers.get('accept-language')),
      cursors,
      isReadOnly,
      audit: (entry) => logger.info({ audit: entry }, 'write'),
    }),
    plugins: [
      useCSRFPrevention({ requestHeaders: preflightHeaders }),
      useAuthentication(authenticate, logger),
      access.callerAllowance !== null && useCallerRateLimit(access.callerAllowance),
      useDocumentLimits(),
      useDiscreetValidation({ isSchemaOpen: access.hasIntrospection }),
      useRequestLog(logger),
      useOperationLimits(),
      usePlannedLoaders(upstreams, createMemory({ freshSeconds }), identity),
    ],
    maskedErrors: { maskError: createErrorMask(logger) },
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    parserAndValidationCache: {
      documentCache: _createLRUCache({ max: maxRememberedDocuments }),
      errorCache: _createLRUCache({ max: maxRememberedDocuments }),
    },
    graphiql: access.hasGraphiql ? graphiqlOptions(exampleEmail) : false,
    renderGraphiQL,
    landingPage: false,
    cors: corsFor(access.corsOrigins),
    logging: false,
  });
}
