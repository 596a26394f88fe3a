import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../../resolvers/context.ts';
import { newDisclosure } from '../../../resolvers/disclosure.ts';
import { measuredSchema } from '../../../schema/measured-schema.ts';
import { Activity } from '../../domain/activity.ts';
import { isGranted, refreshScope } from '../../domain/scopes.ts';
import {
  cancellation,
  createRequestContext,
  currentContext,
  inContext,
  mutationPatienceMs,
  operationPatienceMs,
} from '../../http/request-context.ts';
import { createLoaders } from '../../loaders/loaders.ts';
import type { UpstreamData } from '../../loaders/upstream-data.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';
import type { CallerContext } from '../caller-context.ts';
import { codesOf } from '../error-codes.ts';
import type { ExplainContext } from '../explain/use-explain.ts';
import type { OperationRecord } from '../telemetry/operation-record.ts';
import { createCoalescing } from './coalesce.ts';
import { operationKey } from './operation-key.ts';
import { ageSince, asOf, type Outcome, upstreamsExtension } from './outcome.ts';
import type { Planner } from './plan-of.ts';

/** The context that Yoga and the earlier plugins have built. This plugin adds the loaders. */
type Caller = Omit<Context, 'loaders'> & CallerContext & ExplainContext;

export type ExecutionOptions = {
  upstreams: Upstreams;
  data: UpstreamData;
  planOf: Planner;
  /**
   * Builds the schema without access checks, for operations that would pass all of them. Without an audit log, it does not
   * record the returned data either.
   */
  withoutChecks: () => GraphQLSchema;
};

/**
 * Runs each valid operation with its own loaders and a plan of its reads. Identical operations that callers with the same
 * scopes send at the same time and over the same data run once. A caller with the scope for it may send
 * `Cache-Control: no-cache` to read everything again (RFC 9111, section 5.2.1.4). Other callers keep their cached data.
 */
export function useExecution({ upstreams, data, planOf, withoutChecks }: ExecutionOptions): Plugin<Caller> {
  const coalesce = createCoalescing<Outcome>();
  let unchecked: GraphQLSchema | undefined;
  const measuredSchemas = new WeakMap<GraphQLSchema, GraphQLSchema>();
  const ages = new WeakMap<Request, number>();

  function measured(schema: GraphQLSchema): GraphQLSchema {
    const cached = measuredSchemas.get(schema) ?? measuredSchema(schema);
    measuredSchemas.set(schema, cached);
    return cached;
  }

  async function run(args: ExecutionArgs, caller: Caller, since: number | null): Promise<Outcome> {
    const startedAt = performance.now();
    const plan = planOf(args, caller.viewer);
    const plannedAt = performance.now();
    const { deadline, signal, activity } = currentContext();
    const loaders = createLoaders(upstreams, data, plan, { deadline, signal, since, activity });
    const disclosure = caller.disclosure && newDisclosure();
    const resolverTimes = caller.record?.resolvers ?? undefined;
    const contextValue: Context = {
      ...{ ...caller, loaders },
      ...(disclosure && { disclosure }),
      ...(resolverTimes && { resolverTimes }),
    };
    if (plan.isGranted) unchecked ??= withoutChecks();
    const plain = (plan.isGranted ? unchecked : null) ?? args.schema;
    const schema = resolverTimes === undefined ? plain : measured(plain);
    const result = await execute({ ...args, schema, contextValue });
    const operation = getOperationAST(args.document, args.operationName);
    const errors = codesOf(result);
    const executedAt = performance.now();
    return {
      result: withAge(result, loaders.usage),
      usage: loaders.usage,
      disclosure,
      operation: operation?.name?.value ?? null,
      errors,
      planningMs: plannedAt - startedAt,
      executionMs: executedAt - plannedAt,
      isRepeatable: operation?.operation === 'query' && !plan.isVolatile && Object.keys(errors).every(followsFromData),
    };
  }

  return {
    onExecute: ({ args, setExecuteFn }) => {
      const caller: Caller = args.contextValue;
      const isRefresh =
        /\bno-cache\b/i.test(caller.request.headers.get('cache-control') ?? '') &&
        isGranted(caller.viewer.scopes, refreshScope);
      setExecuteFn(async (request: ExecutionArgs) => {
        const operation = getOperationAST(request.document, request.operationName);
        const isQuery = operation?.operation === 'query';
        const name = operation?.name?.value ?? 'unnamed';
        const context = createRequestContext({
          activity: caller.record?.activity ?? new Activity({ name, kind: 'operation' }),
          priority: 'interactive',
          deadline: performance.now() + (isQuery ? operationPatienceMs : mutationPatienceMs),
          // A mutation runs to its end even if its caller disconnects.
          signal: isQuery ? caller.request.signal : undefined,
        });
        const since = isRefresh || data.isUncached ? performance.timeOrigin + performance.now() : null;
        const start = () => run(request, caller, since);
        const catchingUp = caller.isCaughtUp ? null : data.catchUp();
        if (catchingUp !== null) await catchingUp;
        // The generation in the key: an operation after a write must not share the result of one before the write.
        const key = `${data.generation()} ${operationKey({ ...request, ...caller })}`;
        const isShared = isQuery && since === null && caller.isExplained !== true;
        const outcome = await inContext(context, () => (isShared ? coalesce(key, start) : start()));
        if (context.signal.aborted) throw cancellation();
        if (caller.record !== undefined) complete(caller.record, outcome);
        for (const [coordinate, dataClass] of outcome.disclosure?.fields ?? []) {
          caller.disclosure?.fields.set(coordinate, dataClass);
        }
        for (const id of outcome.disclosure?.people ?? []) caller.disclosure?.people.add(id);
        const oldest = asOf(outcome.usage);
        if (oldest !== null) ages.set(caller.request, oldest);
        // A response with `extensions.explain` is not cached.
        if (caller.isExplained !== true) caller.onOutcome?.(outcome);
        return outcome.result;
      });
    },
    onResponse: ({ request, response }) => {
      const oldest = ages.get(request);
      if (oldest !== undefined) response.headers.set('age', String(ageSince(oldest)));
    },
  };
}

function complete(record: OperationRecord, { usage, planningMs, executionMs }: Outcome): void {
  record.usage = usage;
  record.planningMs = planningMs;
  record.executionMs = executionMs;
}

/** These errors follow from the same lists as the data. Other errors are temporary. */
const followsFromData = (code: string): boolean => ['CONFLICT', 'UPSTREAM_NOT_CONFIGURED'].includes(code);

function withAge(result: ExecutionResult, usage: Outcome['usage']): ExecutionResult {
  if (usage.upstreams.size === 0) return result;
  return { ...result, extensions: { ...result.extensions, upstreams: upstreamsExtension(usage) } };
}
