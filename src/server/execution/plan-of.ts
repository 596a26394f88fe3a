import { type ExecutionArgs, getOperationAST, getVariableValues } from 'graphql';
import type { Viewer } from '../../../resolvers/context.ts';
import { planReads } from '../../../resolvers/plan-reads.ts';
import { emptyPlan, type ReadPlan } from '../../loaders/plan.ts';
import { fragmentsOf } from './fragments.ts';

/** An operation that cannot run needs no reads: the executor says what is wrong with it. */
export function planOf({ schema, document, operationName, variableValues }: ExecutionArgs, viewer: Viewer): ReadPlan {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return emptyPlan;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variableValues });
  if (coerced === undefined) return emptyPlan;
  return planReads({ schema, operation, fragments: fragmentsOf(document), variables: coerced, viewer });
}
