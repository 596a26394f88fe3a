import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context, Viewer } from '../../resolvers/context.ts';
import { createCursorCodec } from '../../resolvers/cursor.ts';
import { schema } from '../../schema/schema.ts';
import type { AccessSettings } from '../config/access-settings.ts';
import type { IdentityConfig } from '../loaders/directories.ts';
import { forgetPerson } from '../loaders/forget-person.ts';
import { createMemory } from '../loaders/memory.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { preferredLocale } from './accept-language.ts';
import { type AuditLog, openAuditLog } from './audit-log.ts';
import { createAuthentication } from './authentication/authentication.ts';
import { useAuthentication } from './authentication/use-authentication.ts';
import { corsFor } from './cors.ts';
import { createErrorMask } from './errors.ts';
import { graphiqlOptions, renderGraphiQL } from './graphiql.ts';
import { createDocumentCaches } from './limits/document-cache.ts';
import { maxBodyBytes } from './limits/limits.ts';
import { useCallerRateLimit } from './limits/use-caller-rate-limit.ts';
import { useDiscreetValidation } from './limits/use-discreet-validation.ts';
import { useDocumentLimits } from './limits/use-document-limits.ts';
import { useOperationLimits } from './limits/use-operation-limits.ts';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts';
import { useNoStore } from './plugins/use-no-store.ts';
import { usePlannedLoaders } from './plugins/use-planned-loaders.ts';
import { useReadAudit } from './plugins/use-read-audit.ts';
import { useRequestLog } from './plugins/use-request-log.ts';

export type GraphOptions = {
  upstreams: Upstreams;
  identity: IdentityConfig;
  logger: Logger;
  exampleEmail: string;
  freshSeconds: number;
  /** Mutations answer ForbiddenError and send nothing. */
  isReadOnly: boolean;
  access: AccessSettings;
  /** Unless given, nobody keeps who reads what. */
  audit?: AuditLog;
};

/** Nothing runs before the caller is known; should that ever fail, nothing is shown. */
const nobody: Viewer = { id: 'nobody', scopes: [] };

/**
 * The GraphQL endpoint. Its plugins, in order, are the life of an operation. `forget` drops whatever is remembered of
 * answers and questions, and with it whatever is remembered of anybody; `forgetPerson` drops what mentions one person,
 * and tells how many answers that were.
 */
export function createGraph({ access, ...options }: GraphOptions) {
  const { upstreams, identity, logger, exampleEmail, freshSeconds, isReadOnly } = options;
  const { audit = openAuditLog('off', logger) } = options;
  const cursors = createCursorCodec(identity.secret);
  const memory = createMemory({ freshSeconds });
  const documents = createDocumentCaches();
  const authenticate = createAuthentication(access.authentication, identity.secret, logger);
  const endpoint = createYoga<{ viewer?: Viewer }, Omit<Context, 'loaders'>>({
    schema,
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: '/healthz',
    context: ({ request, viewer = nobody }) => ({
      viewer,
      locale: preferredLocale(request.headers.get('accept-language')),
      cursors,
      isReadOnly,
      audit: audit.write,
    }),
    plugins: [
      useNoStore(),
      useCsrfPrevention(),
      useAuthentication(authenticate, logger),
      access.callerAllowance !== null && useCallerRateLimit(access.callerAllowance),
      useDocumentLimits(),
      useDiscreetValidation({ isSchemaOpen: access.hasIntrospection }),
      useRequestLog(logger),
      useOperationLimits(),
      useReadAudit(audit),
      usePlannedLoaders(upstreams, memory, identity),
    ],
    maskedErrors: { maskError: createErrorMask(logger) },
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    parserAndValidationCache: documents,
    graphiql: access.hasGraphiql ? graphiqlOptions(exampleEmail) : false,
    renderGraphiQL,
    landingPage: false,
    cors: corsFor(access.corsOrigins),
    logging: false,
  });
  // These cost no request when they are needed again, and nobody can tell whom they mention.
  const forgetTexts = () => {
    upstreams.forget();
    documents.clear();
  };
  return Object.assign(endpoint, {
    forget: () => {
      memory.forget('');
      forgetTexts();
    },
    forgetPerson: (person: string): number => {
      forgetTexts();
      return forgetPerson(memory, identity, person);
    },
  });
}
