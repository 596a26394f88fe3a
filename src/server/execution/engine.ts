import {
  type DirectiveNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getNullableType,
  getOperationAST,
  isListType,
  isNonNullType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { asGraphQLError } from './compiled-errors.ts';

export type Engine = (args: ExecutionArgs) => Promise<ExecutionResult>;

type Compiler = typeof import('graphql-jit');
type Compiled = CompiledQuery['query'];

/** Compiling takes as long as running a dozen times: worth it for who asks again, and not for who never asks twice. */
const runsUntilCompiled = 3;

/**
 * Runs operations by graphql-js, and queries that are asked for again by what graphql-jit makes of them: the same answer
 * in less than half the time. A document that is no longer remembered takes what was compiled of it along. The compiler,
 * a hundred files, is loaded when there is something to compile.
 */
export function createEngine(): Engine {
  let compiler: Compiler | null = null;
  let isAskedFor = false;
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
    if (runs >= runsUntilCompiled && !isAskedFor) void load();
    const next = runs < runsUntilCompiled || compiler === null ? runs : compiled(compiler, schema, document, name);
    operations.set(name, next);
    return typeof next === 'number' ? null : next;
  }

  async function load(): Promise<void> {
    isAskedFor = true;
    // Without it, graphql-js answers all the same.
    compiler = await import('graphql-jit').catch(() => null);
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
function compiled(
  { compileQuery, isCompiledQuery }: Compiler,
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string,
) {
  if (isAnsweredOtherwise(schema, document)) return null;
  const result = compileQuery(schema, document, name, { disablingCapturingStackErrors: true });
  return isCompiledQuery(result) ? result.query : null;
}

/**
 * Where graphql-jit is known to answer otherwise than graphql-js. Of a list whose last items fail it leaves these out:
 * callers count on one item for each that they asked for. And it notes on the nodes of the document which conditions they
 * are under, so that a fragment that is spread twice, or a field that is selected twice, gets those of both places.
 */
function isAnsweredOtherwise(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isFound = false;
  const Field = () => {
    const type = getNullableType(types.getType());
    if (isListType(type) && !isNonNullType(type.ofType)) isFound = true;
  };
  const Directive = ({ name }: DirectiveNode) => {
    if (name.value === GraphQLSkipDirective.name || name.value === GraphQLIncludeDirective.name) isFound = true;
  };
  visit(document, visitWithTypeInfo(types, { Field, Directive }));
  return isFound;
}

const isQuery = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';
