import { GraphQLError, getOperationAST, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ReadPlan } from '../../loaders/plan.ts';
import { fragmentsOf } from '../execution/fragments.ts';
import { anybody, type PlannableOperation, type Planner } from '../execution/plan-of.ts';
import { refusal } from '../refusal.ts';
import { maxReads, maxValues } from './limits.ts';
import { costOf, type MeasuredOperation } from './operation-cost.ts';
import { tooComplex } from './too-complex.ts';
import { variableProblems } from './variable-problems.ts';

/** Refuses a valid operation for its variables or its worst case, before anything of it is run. */
export function useOperationLimits(planOf: Planner): Plugin {
  const accepted = new WeakSet<OperationDefinitionNode>();
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation == null || accepted.has(operation)) return;
      const errors = problemsOf(operation, args, planOf);
      if (errors.length > 0) setResultAndStopExecution({ errors });
      else if (isAlwaysTheSame(operation)) accepted.add(operation);
    },
  };
}

const isAlwaysTheSame = ({ variableDefinitions = [] }: OperationDefinitionNode): boolean =>
  variableDefinitions.length === 0;

function problemsOf(operation: OperationDefinitionNode, asked: PlannableOperation, planOf: Planner): GraphQLError[] {
  const { schema, document, variableValues } = asked;
  const given = typeof variableValues === 'object' && variableValues !== null ? { ...variableValues } : {};
  const problems = variableProblems(schema, operation, given);
  if (problems.length > 0) return problems;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (coerced === undefined) return [...errors];
  return excess({ schema, operation, fragments: fragmentsOf(document), variables: coerced }, () =>
    planOf(asked, anybody),
  );
}

/** Planned as for anybody: who may not see everything costs less, and is refused no sooner. */
function excess(operation: MeasuredOperation, plan: () => ReadPlan): GraphQLError[] {
  try {
    const cost = costOf(operation);
    if (cost.values > maxValues) return [tooComplex('values', cost.values, maxValues)];
    const reads = Math.ceil(cost.reads) + plan().lists.size;
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
