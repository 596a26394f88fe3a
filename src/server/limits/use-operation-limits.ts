import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { planReads } from '../../../resolvers/plan-reads.ts';
import { fragmentsOf } from '../execution/fragments.ts';
import { refusal } from '../refusal.ts';
import { maxReads, maxValues } from './limits.ts';
import { costOf, type MeasuredOperation } from './operation-cost.ts';
import { tooComplex } from './too-complex.ts';
import { variableProblems } from './variable-problems.ts';

type Request = { schema: GraphQLSchema; document: DocumentNode; operationName?: unknown; variableValues?: unknown };

/** Refuses a valid operation for its variables or its worst case, before anything of it is run. */
export function useOperationLimits(): Plugin {
  const accepted = new WeakSet<OperationDefinitionNode>();
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation == null || accepted.has(operation)) return;
      const errors = problemsOf(operation, args);
      if (errors.length > 0) setResultAndStopExecution({ errors });
      else if (isAlwaysTheSame(operation)) accepted.add(operation);
    },
  };
}

const isAlwaysTheSame = ({ variableDefinitions = [] }: OperationDefinitionNode): boolean =>
  variableDefinitions.length === 0;

function problemsOf(operation: OperationDefinitionNode, { schema, document, variableValues }: Request): GraphQLError[] {
  const given = typeof variableValues === 'object' && variableValues !== null ? { ...variableValues } : {};
  const problems = variableProblems(schema, operation, given);
  if (problems.length > 0) return problems;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (coerced === undefined) return [...errors];
  return excess({ schema, operation, fragments: fragmentsOf(document), variables: coerced });
}

/** Who may not see everything costs less, and is refused no sooner. */
const viewer: Viewer = { id: 'anybody', scopes: 'ALL' };

function excess(operation: MeasuredOperation): GraphQLError[] {
  try {
    const cost = costOf(operation);
    if (cost.values > maxValues) return [tooComplex('values', cost.values, maxValues)];
    const reads = Math.ceil(cost.reads) + planReads({ ...operation, viewer }).lists.size;
    return reads > maxReads ? [tooComplex('reads of the upstreams', reads, maxReads)] : [];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [error.extensions.code === undefined ? nullArgument(error) : error];
  }
}

/** A variable that may be null for its default's sake, in a place that may not. The message would print the argument. */
function nullArgument({ message }: GraphQLError): GraphQLError {
  const name = /^Argument "\w+"/.exec(message)?.[0] ?? 'An argument';
  const expected = `${name}: expected a value, got null from a variable.`;
  return refusal(expected, { code: 'BAD_USER_INPUT', status: 400, isRequestError: true });
}
