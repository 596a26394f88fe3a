import { GraphQLError, getOperationAST, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { listNames } from '../../loaders/list-names.ts';
import { fragmentsOf } from '../execution/fragments.ts';
import { anybody, type PlannableOperation, type Planner } from '../execution/plan-of.ts';
import { refusal } from '../refusal.ts';
import { createAcceptedVariables } from './accepted-variables.ts';
import { maxReads, maxValues } from './limits.ts';
import { costOf } from './operation-cost.ts';
import { tooComplex } from './too-complex.ts';
import { variableProblems } from './variable-problems.ts';

/** Rejects a valid operation for its variables or its worst-case cost, before any of it runs. */
export function useOperationLimits(planOf: Planner): Plugin {
  const accepted = createAcceptedVariables();
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation == null) return;
      const given = declaredOf(operation, args.variableValues);
      const problems = variableProblems(args.schema, operation, given);
      if (problems.length > 0) return setResultAndStopExecution({ errors: problems });
      if (accepted.has(operation, given)) return;
      const { errors, reads } = measured(operation, args, given, planOf);
      if (errors.length > 0) setResultAndStopExecution({ errors });
      // Other values of the same variables may read more lists, but never more than all lists.
      else if (reads + listNames.length <= maxReads) accepted.add(operation, given);
    },
  };
}

/** Drops values that belong to no variable of the operation. */
function declaredOf({ variableDefinitions = [] }: OperationDefinitionNode, values: unknown): Record<string, unknown> {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const entries = Object.entries(Object(values)).filter(([name]) => names.includes(name));
  return Object.fromEntries(entries);
}

type Measured = { errors: readonly GraphQLError[]; reads: number };

/** Measured for a viewer with all rights. A caller with fewer rights costs less and gets the same limits. */
function measured(
  operation: OperationDefinitionNode,
  request: PlannableOperation,
  given: Record<string, unknown>,
  planOf: Planner,
): Measured {
  const refused = (...errors: GraphQLError[]): Measured => ({ errors, reads: 0 });
  const { schema, document } = request;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (coerced === undefined) return refused(...errors);
  try {
    const cost = costOf({ schema, operation, fragments: fragmentsOf(document), variables: coerced });
    if (cost.values > maxValues) return refused(tooComplex('values', cost.values, maxValues));
    const reads = Math.ceil(cost.reads) + planOf(request, anybody).lists.size;
    return reads > maxReads ? refused(tooComplex('reads of the upstreams', reads, maxReads)) : { errors: [], reads };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return refused(error.extensions.code === undefined ? nullArgument(error) : error);
  }
}

/** A null variable in a non-null argument. graphql-js's own message would print the argument. */
function nullArgument({ message }: GraphQLError): GraphQLError {
  const name = /^Argument "\w+"/.exec(message)?.[0] ?? 'An argument';
  const expected = `${name}: expected a value, got null from a variable.`;
  return refusal(expected, { code: 'BAD_USER_INPUT', status: 400, isRequestError: true });
}
