import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../../resolvers/context.ts';
import { newDisclosure } from '../../../resolvers/disclosure.ts';
import { isGranted, refreshScope } from '../../domain/scopes.ts';
import {
  cancellation,
  createRequestContext,
  inContext,
  mutationPatienceMs,
  operationPatienceMs,
} from '../../http/request-context.ts';
import type { IdentityConfig } from '../../loaders/directories.ts';
import { createLoaders } from '../../loaders/loaders.ts';
import type { Memory } from '../../loaders/memory.ts';
import { observed, readingThrough, type Usage } from '../../loaders/usage.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';
import { createEngine } from './engine.ts';
import { createInFlight } from './in-flight.ts';
import { byNodes } from './nodes/by-nodes.ts';
import type { KeptNodes } from './nodes/kept-nodes.ts';
import { operationKey, rightsOf } from './operation-key.ts';
import { ageSince, asOf, type Outcome, upstreamsExtension } from './outcome.ts';
import type { Planner } from './plan-of.ts';

/** What Yoga and the plugins before this one have put together; the loaders are added here. */
type Caller = Omit<Context, 'loaders'> & { request: Request; req?: object };

export type ExecutionOptions = {
  upstreams: Upstreams;
  memory: Memory;
  identity: IdentityConfig;
  /** Null where whatever is answered is put together anew. */
  nodes: KeptNodes | null;
  planOf: Planner;
  /** The schema without checks of rights, for operations that will pass them all. */
  withoutChecks: () => GraphQLSchema;
  /** Told what came of each request's operation. `req` is Node's. */
  onOutcome?: (req: object, outcome: Outcome) => void;
};

/**
 * Runs each operation that is known to be valid: with its own loaders, whose reads are planned, and once for all callers
 * of the same rights who ask the same at the same time. A caller who may, and who sends `Cache-Control: no-cache`, gets
 * nothing that was at hand before (RFC 9111, section 5.2.1.4).
 */
export function useExecution(options: ExecutionOptions): Plugin<Caller> {
  const { upstreams, memory, identity, nodes, planOf, onOutcome } = options;
  const once = createInFlight<Outcome>();
  const execute = createEngine();
  const executeByNodes = nodes === null ? execute : byNodes(execute, nodes);
  let unchecked: GraphQLSchema | undefined;
  const ages = new WeakMap<Request, number>();

  async function run(args: ExecutionArgs, caller: Caller, isReadThrough: boolean): Promise<Outcome> {
    const seen = observed(isReadThrough ? readingThrough(memory) : memory);
    const plan = planOf(args, caller.viewer);
    const loaders = createLoaders(upstreams, seen.memory, identity, plan);
    const disclosure = caller.disclosure && newDisclosure();
    const contextValue: Context = { ...caller, loaders, ...(disclosure && { disclosure }) };
    if (plan.isGranted) unchecked ??= options.withoutChecks();
    const schema = (plan.isGranted ? unchecked : null) ?? args.schema;
    const planned = { ...args, schema, contextValue };
    const origin = {
      audience: [rightsOf(caller.viewer), caller.locale],
      versions: seen.versions,
      plan,
      lists: loaders.lists,
      isCurrent: () => memory.epoch() === seen.usage.epoch,
    };
    // A node that is kept does not tell which of its fields were shown, and is not what comes of reading anew.
    const isWhole = disclosure !== undefined || isReadThrough;
    const result = await (isWhole ? execute(planned) : executeByNodes(planned, origin));
    const operation = getOperationAST(args.document, args.operationName);
    return {
      result: withAge(result, seen.usage),
      usage: seen.usage,
      disclosure,
      operation: operation?.name?.value ?? null,
      isRepeatable: operation?.operation === 'query' && result.errors === undefined && !plan.isVolatile,
    };
  }

  return {
    onExecute: ({ args, setExecuteFn }) => {
      const caller: Caller = args.contextValue;
      const isReadThrough =
        /\bno-cache\b/i.test(caller.request.headers.get('cache-control') ?? '') &&
        isGranted(caller.viewer.scopes, refreshScope);
      setExecuteFn(async (asked: ExecutionArgs) => {
        const asking = getOperationAST(asked.document, asked.operationName);
        const isQuery = asking?.operation === 'query';
        const name = asking?.name?.value ?? 'unnamed';
        const context = createRequestContext({
          operation: name,
          priority: 'interactive',
          deadline: performance.now() + (isQuery ? operationPatienceMs : mutationPatienceMs),
          // A mutation is carried through although its caller has hung up.
          signal: isQuery ? caller.request.signal : undefined,
        });
        const start = () => run(asked, caller, isReadThrough);
        const outcome = await inContext(context, () =>
          isQuery && !isReadThrough ? once(operationKey({ ...asked, ...caller }), name, start) : start(),
        );
        if (context.signal.aborted) throw cancellation();
        for (const [coordinate, dataClass] of outcome.disclosure?.fields ?? []) {
          caller.disclosure?.fields.set(coordinate, dataClass);
        }
        for (const id of outcome.disclosure?.people ?? []) caller.disclosure?.people.add(id);
        const oldest = asOf(outcome.usage);
        if (oldest !== null) ages.set(caller.request, oldest);
        if (caller.req !== undefined) onOutcome?.(caller.req, outcome);
        return outcome.result;
      });
    },
    onResponse: ({ request, response }) => {
      const oldest = ages.get(request);
      if (oldest !== undefined) response.headers.set('age', String(ageSince(oldest)));
    },
  };
}

function withAge(result: ExecutionResult, usage: Usage): ExecutionResult {
  if (usage.upstreams.size === 0) return result;
  return { ...result, extensions: { ...result.extensions, upstreams: upstreamsExtension(usage) } };
}
