import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { asGraphQLError } from './compiled-errors.ts';

export type Engine = (args: ExecutionArgs) => Promise<ExecutionResult>;

type Compiled = CompiledQuery['query'];

/** Compiling takes as long as running a dozen times: worth it for who asks again, and not for who never asks twice. */
const runsUntilCompiled = 3;

/**
 * Runs operations by graphql-js, and queries that are asked for again by what graphql-jit makes of them: the same answer
 * in less than half the time. A document that is no longer remembered takes what was compiled of it along.
 */
export function createEngine(): Engine {
  const seen = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, Compiled | number | null>>>();

  function compiledFor({ schema, document, operationName }: ExecutionArgs): Compiled | null {
    const documents = seen.get(schema) ?? new WeakMap();
    seen.set(schema, documents);
    const operations = documents.get(document) ?? new Map<string, Compiled | number | null>();
    documents.set(document, operations);

    const name = operationName ?? '';
    const state = operations.get(name) ?? 0;
    if (typeof state !== 'number') return state;
    const runs = state + 1;
    const next = runs < runsUntilCompiled ? runs : compiled(schema, document, operationName);
    operations.set(name, next);
    return typeof next === 'number' ? null : next;
  }

  return async (args) => {
    const query = isQuery(args) ? compiledFor(args) : null;
    if (query === null) return execute(args);
    const { data, errors } = await query(args.rootValue, args.contextValue, args.variableValues);
    if (errors === undefined) return { data: data ?? null };
    return { data: data ?? null, errors: errors.map((it) => asGraphQLError(it, args.document)) };
  };
}

/** Null where graphql-jit finds no way: graphql-js then says what is wrong. */
function compiled(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined) {
  const result = compileQuery(schema, document, operationName ?? '', { disablingCapturingStackErrors: true });
  return isCompiledQuery(result) ? result.query : null;
}

const isQuery = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';
