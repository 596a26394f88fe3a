import type { RequestListener } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context, Viewer } from '../../resolvers/context.ts';
import { createCursorCodec } from '../../resolvers/cursor.ts';
import { withoutChecks } from '../../schema/schema.ts';
import { servedSchema } from '../../schema/served-schema.ts';
import { subgraphSdlOf } from '../../schema/subgraph-sdl.ts';
import type { AccessSettings } from '../config/access-settings.ts';
import { noSubgraph, type SubgraphSettings } from '../config/subgraph-settings.ts';
import { deriveKey } from '../domain/derive-key.ts';
import { inBackground } from '../http/read-scope.ts';
import type { IdentityConfig } from '../loaders/directories.ts';
import { forgetPerson } from '../loaders/forget-person.ts';
import { createMemory } from '../loaders/memory.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { preferredLocale } from './accept-language.ts';
import { createAnswerCache } from './answers/answer-cache.ts';
import { answering } from './answers/serve-answers.ts';
import { type AuditLog, openAuditLog } from './audit-log.ts';
import { createAuthentication } from './authentication/authentication.ts';
import { useAuthentication } from './authentication/use-authentication.ts';
import { corsFor } from './cors.ts';
import { createEdge } from './edge/edge.ts';
import { useCompression } from './edge/use-compression.ts';
import { createErrorMask } from './errors.ts';
import { createKeptNodes } from './execution/nodes/kept-nodes.ts';
import type { Outcome } from './execution/outcome.ts';
import { createPlanner } from './execution/plan-of.ts';
import { useExecution } from './execution/use-execution.ts';
import { graphiqlOptions, renderGraphiQL } from './graphiql.ts';
import { createCallerAllowance } from './limits/caller-allowance.ts';
import { createDocumentCaches } from './limits/document-cache.ts';
import { maxBodyBytes } from './limits/limits.ts';
import { useCallerRateLimit } from './limits/use-caller-rate-limit.ts';
import { useDiscreetValidation } from './limits/use-discreet-validation.ts';
import { useDocumentLimits } from './limits/use-document-limits.ts';
import { useNestingLimit } from './limits/use-nesting-limit.ts';
import { useOperationLimits } from './limits/use-operation-limits.ts';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts';
import { useKnownMembers } from './plugins/use-known-members.ts';
import { useNoStore } from './plugins/use-no-store.ts';
import { usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { useReadAudit } from './plugins/use-read-audit.ts';
import { useRequestLog } from './plugins/use-request-log.ts';

export type GraphOptions = {
  upstreams: Upstreams;
  identity: IdentityConfig;
  logger: Logger;
  exampleEmail: string;
  freshSeconds: number;
  /** Whether a whole answer serves again while all that it is made of is fresh, and so do the nodes of its lists. */
  keepsAnswers: boolean;
  /** Mutations answer ForbiddenError and send nothing. */
  isReadOnly: boolean;
  access: AccessSettings;
  /** Unless given, the graph is no part of a larger one. */
  subgraph?: SubgraphSettings;
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
export function createGraph({ access, subgraph = noSubgraph, ...options }: GraphOptions) {
  const { upstreams, identity, logger, exampleEmail, freshSeconds, keepsAnswers, isReadOnly } = options;
  const { audit = openAuditLog('off', logger) } = options;
  const schema = servedSchema(subgraph);
  const subgraphSdl = subgraphSdlOf(schema, subgraph.node);
  const cursors = createCursorCodec(deriveKey(identity.secret, 'cursor'));
  const memory = createMemory({ freshSeconds, inBackground });
  const answers = createAnswerCache(memory.epoch);
  const nodes = keepsAnswers && freshSeconds > 0 ? createKeptNodes() : null;
  const planOf = createPlanner();
  const outcomes = new WeakMap<object, Outcome>();
  const documents = createDocumentCaches();
  const spendAllowance = createCallerAllowance(access.callerAllowance);
  const authenticate = createAuthentication(access.authentication, identity.secret, logger);
  const edge = createEdge(access);
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
      subgraphSdl,
    }),
    plugins: [
      useNoStore(),
      useCompression(),
      useCsrfPrevention(),
      edge.useEdge(),
      useAuthentication(authenticate, logger),
      useCallerRateLimit(spendAllowance),
      useKnownMembers(),
      useNestingLimit(),
      usePersistedOperations(access.persistedOperations),
      useDocumentLimits(),
      useDiscreetValidation({ isSchemaOpen: access.hasIntrospection }),
      useRequestLog(logger),
      useOperationLimits(planOf),
      useReadAudit(audit),
      useExecution({
        upstreams,
        memory,
        identity,
        nodes,
        planOf,
        withoutChecks: () => servedSchema(subgraph, withoutChecks()),
        onOutcome: (request, it) => outcomes.set(request, it),
      }),
    ],
    maskedErrors: { maskError: createErrorMask(logger) },
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    parserAndValidationCache: documents,
    graphiql: access.hasGraphiql ? graphiqlOptions(exampleEmail, schema) : false,
    renderGraphiQL,
    landingPage: false,
    cors: corsFor(access.corsOrigins),
    logging: false,
  });
  // These cost no request when they are needed again, and nobody can tell whom they mention.
  const forgetTexts = () => {
    answers.clear();
    nodes?.clear();
    upstreams.forget();
    documents.forgetNames();
  };
  const forget = () => {
    memory.clear();
    forgetTexts();
  };
  const forgetOne = (person: string): number => {
    forgetTexts();
    return forgetPerson(memory, identity, person);
  };
  const kept = answering(endpoint, {
    answers,
    authenticate,
    spendAllowance,
    outcomeOf: (request) => outcomes.get(request),
    onServed: ({ operation, shown }, viewer) => {
      logger.info({ operation, type: 'query', milliseconds: 0, errors: {} }, 'operation');
      if (shown !== null) audit.read({ viewer: viewer.id, operation, operationType: 'query', ...shown, errors: {} });
    },
  });
  const listener: RequestListener = (request, response) => void endpoint(request, response);
  return Object.assign(edge.around(keepsAnswers && freshSeconds > 0 ? kept : listener), {
    fetch: endpoint.fetch,
    forget,
    forgetPerson: forgetOne,
  });
}
