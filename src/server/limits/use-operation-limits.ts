import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { planReads } from '../../../resolvers/plan-reads.ts';
import { maxReads, maxValues } from './limits.ts';
import { costOf, type MeasuredOperation } from './operation-cost.ts';
import { tooComplex } from './too-complex.ts';
import { variableProblems } from './variable-problems.ts';

type Request = { schema: GraphQLSchema; document: DocumentNode; operationName?: unknown; variableValues?: unknown };

/** Refuses a valid operation for its variables or its worst case, before anything of it is run. */
export function useOperationLimits(): Plugin<{ viewer: Viewer }> {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const errors = problemsOf(args, args.contextValue.viewer);
      if (errors.length > 0) setResultAndStopExecution({ errors });
    },
  };
}

function problemsOf({ schema, document, operationName, variableValues }: Request, viewer: Viewer): GraphQLError[] {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
  if (operation == null) return [];
  const given = typeof variableValues === 'object' && variableValues !== null ? { ...variableValues } : {};
  const problems = variableProblems(schema, operation, given);
  if (problems.length > 0) return problems;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (coerced === undefined) return [...errors];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const it of document.definitions) if (it.kind === Kind.FRAGMENT_DEFINITION) fragments.set(it.name.value, it);
  return excess({ schema, operation, fragments, variables: coerced }, viewer);
}

function excess(operation: MeasuredOperation, viewer: Viewer): GraphQLError[] {
  try {
    const cost = costOf(operation);
    if (cost.values > maxValues) return [tooComplex('values', cost.values, maxValues)];
    const reads = cost.reads + planReads({ ...operation, viewer }).lists.size;
    return reads > maxReads ? [tooComplex('reads of the upstreams', reads, maxReads)] : [];
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
