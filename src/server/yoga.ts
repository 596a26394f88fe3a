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
import { erasePerson } from '../loaders/erase-person.ts';
import { listNames, peopleListsOf } from '../loaders/list-names.ts';
import type { UpstreamData } from '../loaders/upstream-data.ts';
import type { WriteRecord } from '../loaders/write-record.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { preferredLocale } from './accept-language.ts';
import { type AuditLog, openAuditLog } from './audit-log.ts';
import { createAuthentication } from './authentication/authentication.ts';
import { useAuthentication } from './authentication/use-authentication.ts';
import type { CallerContext } from './caller-context.ts';
import { corsFor } from './cors.ts';
import { createEdge } from './edge/edge.ts';
import { useCompression } from './edge/use-compression.ts';
import { createErrorMask } from './errors.ts';
import { createPlanner } from './execution/plan-of.ts';
import { useExecution } from './execution/use-execution.ts';
import { useExplain } from './explain/use-explain.ts';
import { createFailureReporter, type FailureReporter } from './failure-reporter.ts';
import { type CallerCounts, createCallerAllowance } from './limits/caller-allowance.ts';
import { createDocumentCaches } from './limits/document-cache.ts';
import { maxBodyBytes } from './limits/limits.ts';
import { useCallerRateLimit } from './limits/use-caller-rate-limit.ts';
import { useDiscreetValidation } from './limits/use-discreet-validation.ts';
import { useDocumentLimits } from './limits/use-document-limits.ts';
import { useNestingLimit } from './limits/use-nesting-limit.ts';
import { useOperationLimits } from './limits/use-operation-limits.ts';
import { createPages } from './pages/pages.ts';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts';
import { useFirstTrace } from './plugins/use-first-trace.ts';
import { useKnownMembers } from './plugins/use-known-members.ts';
import { useNoStore } from './plugins/use-no-store.ts';
import { usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { useReadAudit } from './plugins/use-read-audit.ts';
import { caching } from './response-cache/caching-listener.ts';
import { createResponseCache } from './response-cache/response-cache.ts';
import { useOperationRecord } from './telemetry/operation-record.ts';
import { identified } from './telemetry/request-scope.ts';
import { createTelemetry, type Telemetry } from './telemetry/telemetry.ts';

export type GraphOptions = {
  upstreams: Upstreams;
  /** The lists that were read from the upstreams. */
  data: UpstreamData;
  /** HR_GRAPH_SECRET. */
  secret: string;
  logger: Logger;
  /** The address of a person of the sandbox, for examples; null in live mode. */
  exampleEmail: string | null;
  /** Whether a cached response may serve again, while all lists behind it are fresh and unchanged. */
  cachesResponses: boolean;
  /** Mutations return ForbiddenError and send no write. */
  isReadOnly: boolean;
  access: AccessSettings;
  /** By default, the graph is no subgraph. */
  subgraph?: SubgraphSettings;
  /** Called after an erasure, so that copies cannot bring the person back. */
  onErased?: () => Promise<void>;
  /** By default, only this process counts the requests of callers. */
  callerCounts?: CallerCounts;
  /** By default, a reporter that knows nothing about failed lists. */
  failures?: FailureReporter;
  /** By default, no audit log is written. */
  audit?: AuditLog;
  /** By default, operations are logged and nothing else observes them. */
  telemetry?: Telemetry;
  /** A wrapper around the handling of each request, such as for traces. */
  around?: (listener: RequestListener) => RequestListener;
};

/** No plugin runs before the caller is known. If that ever fails, this viewer has no rights. */
const nobody: Viewer = { id: 'nobody', scopes: [] };

/**
 * The GraphQL endpoint. The plugins run in the order of the list. `invalidate` makes every later operation read again.
 * `erasePerson` erases one person from all cached data, and returns the number of erased records.
 */
export function createGraph({ access, subgraph = noSubgraph, ...options }: GraphOptions) {
  const { upstreams, data, secret, logger, exampleEmail, cachesResponses, isReadOnly } = options;
  const { audit = openAuditLog('off', logger), failures = createFailureReporter(logger) } = options;
  const { telemetry = createTelemetry(logger, Number.POSITIVE_INFINITY), around = (listener) => listener } = options;
  const schema = servedSchema(subgraph);
  const subgraphSdl = subgraphSdlOf(schema, subgraph.node);
  const cursors = createCursorCodec(deriveKey(secret, 'cursor'));
  const cache = createResponseCache(data.versionOf);
  const [lead] = data.configured;
  const planOf = createPlanner(lead === undefined ? [] : peopleListsOf(lead));
  const documents = createDocumentCaches();
  const spendAllowance = createCallerAllowance(access.callerAllowance, options.callerCounts);
  const authenticate = createAuthentication(access.authentication, secret, logger);
  const edge = createEdge(access);
  const endpoint = createYoga<CallerContext, Omit<Context, 'loaders'>>({
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
      useOperationRecord(telemetry.observer, telemetry),
      useOperationLimits(planOf),
      useReadAudit(audit),
      useExplain(planOf),
      useFirstTrace(),
      useExecution({ upstreams, data, planOf, withoutChecks: () => servedSchema(subgraph, withoutChecks(audit.isOn)) }),
    ],
    maskedErrors: { maskError: createErrorMask(logger, failures) },
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    parserAndValidationCache: documents,
    // We serve our own GraphiQL page: pages/pages.ts.
    graphiql: false,
    landingPage: false,
    cors: corsFor(access.corsOrigins),
    logging: false,
  });
  const invalidate = async () => {
    await data.announce({ kind: 'invalidate', lists: listNames });
    cache.clear();
    documents.dropPersonalData();
  };
  let erasures = 0;
  const erase = async (person: string): Promise<number> => {
    erasures += 1;
    try {
      const count = await erasePerson(data, person);
      await options.onErased?.();
      return count;
    } finally {
      erasures -= 1;
    }
  };
  /** Call it when a write of any replica has been applied to the lists. */
  const applied = async ({ kind }: WriteRecord): Promise<void> => {
    if (kind !== 'erase') return;
    documents.dropPersonalData();
    cache.clear();
    // If this process runs the erasure, `erase` above saves the copy and reports a failure to its caller.
    if (erasures > 0) return;
    await options.onErased?.().catch(() => logger.error('a person could not be erased from the copy of the directory'));
  };
  const plain: RequestListener = (request, response) => void endpoint(request, response);
  const cached = caching(Object.assign(plain, { fetch: endpoint.fetch }), {
    cache,
    catchUp: data.catchUp,
    isRefused: edge.isRefused,
    authenticate,
    spendAllowance,
    onServed: ({ operation, errors, shown }, viewer) => {
      const caller = viewer.id;
      telemetry.onAnswered({ name: operation, type: 'query', caller, milliseconds: 0, errors, record: null });
      if (shown !== null) audit.read({ viewer: viewer.id, operation, operationType: 'query', ...shown, errors });
    },
  });
  const pages = createPages({
    ...{ schema, access, authenticate, logger, exampleEmail },
    configured: data.configured,
    isRefused: edge.isRefused,
  });
  const inner = pages.around(cachesResponses && !data.isUncached ? cached : plain);
  return Object.assign(identified(around(edge.around(inner))), {
    fetch: endpoint.fetch,
    invalidate,
    erasePerson: erase,
    applied,
  });
}
