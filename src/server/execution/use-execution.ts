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

/** What Yoga and the plugins before this one have put together; the loaders are added here. */
type Caller = Omit<Context, 'loaders'> & CallerContext & ExplainContext;

export type ExecutionOptions = {
  upstreams: Upstreams;
  data: UpstreamData;
  planOf: Planner;
  /**
   * The schema without checks of rights, for operations that will pass them all; and without notes of what was shown,
   * where no audit log is written.
   */
  withoutChecks: () => GraphQLSchema;
};

/**
 * Runs each operation that is known to be valid: with its own loaders, whose reads are planned, and once for all callers
 * of the same rights who ask the same at the same time and of the same data. A caller who may, and who sends
 * `Cache-Control: no-cache`, gets nothing that was read before (RFC 9111, section 5.2.1.4); others go on with what they have.
 */
export function useExecution({ upstreams, data, planOf, withoutChecks }: ExecutionOptions): Plugin<Caller> {
  const coalesce = createCoalescing<Outcome>();
  let unchecked: GraphQLSchema | undefined;
  const measuredSchemas = new WeakMap<GraphQLSchema, GraphQLSchema>();
  const ages = new WeakMap<Request, number>();

  function measured(schema: GraphQLSchema): GraphQLSchema {
    const known = measuredSchemas.get(schema) ?? measuredSchema(schema);
    measuredSchemas.set(schema, known);
    return known;
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
      setExecuteFn(async (asked: ExecutionArgs) => {
        const operation = getOperationAST(asked.document, asked.operationName);
        const isQuery = operation?.operation === 'query';
        const name = operation?.name?.value ?? 'unnamed';
        const context = createRequestContext({
          activity: caller.record?.activity ?? new Activity({ name, kind: 'operation' }),
          priority: 'interactive',
          deadline: performance.now() + (isQuery ? operationPatienceMs : mutationPatienceMs),
          // A mutation is carried through although its caller has hung up.
          signal: isQuery ? caller.request.signal : undefined,
        });
        const since = isRefresh || data.isUncached ? performance.timeOrigin + performance.now() : null;
        const start = () => run(asked, caller, since);
        const looking = caller.isCaughtUp ? null : data.catchUp();
        if (looking !== null) await looking;
        // Whoever asks after a write, or after any other change, shares nothing with who asked before.
        const key = `${data.generation()} ${operationKey({ ...asked, ...caller })}`;
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
        // What explains one answer is in no other.
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

/** These errors follow from the same lists as the data; all others may pass. */
const followsFromData = (code: string): boolean => ['CONFLICT', 'UPSTREAM_NOT_CONFIGURED'].includes(code);

function withAge(result: ExecutionResult, usage: Outcome['usage']): ExecutionResult {
  if (usage.upstreams.size === 0) return result;
  return { ...result, extensions: { ...result.extensions, upstreams: upstreamsExtension(usage) } };
}
