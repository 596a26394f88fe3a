import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Viewer } from '../../../resolvers/context.ts';
import { planReads } from '../../../resolvers/plan-reads.ts';
import { isGranted, readScopes } from '../../domain/scopes.ts';
import type { ListName } from '../../loaders/list-names.ts';
import { emptyPlan, type ReadPlan } from '../../loaders/plan.ts';
import { fragmentsOf } from './fragments.ts';
import { rightsOf } from './operation-key.ts';

export type PlannableOperation = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
};

/** An operation that cannot run needs no reads: the executor says what is wrong with it. */
export type Planner = (operation: PlannableOperation, viewer: Viewer) => ReadPlan;

/** Whoever may see everything. */
export const anybody: Viewer = { id: 'anybody', scopes: 'ALL' };

/**
 * Remembers of each operation the plan for the variables that came last, by the caller's rights: the plan is wanted for
 * the limits and then to run, and most operations come with the same variables again or with none.
 */
export function createPlanner(lead: readonly ListName[]): Planner {
  const latest = new WeakMap<OperationDefinitionNode, Map<string, { variables: string; plan: ReadPlan }>>();
  return (asked, viewer) => {
    const operation = getOperationAST(asked.document, asked.operationName);
    if (operation == null) return emptyPlan;
    const plans = latest.get(operation) ?? new Map();
    latest.set(operation, plans);
    const caller = readScopes.every((it) => isGranted(viewer.scopes, it)) ? anybody : viewer;
    // A digest names nobody, and is no larger for larger variables.
    const variables = hash('sha1', JSON.stringify(asked.variableValues ?? {}));
    const known = plans.get(rightsOf(caller));
    if (known?.variables === variables) return known.plan;
    const plan = planOf(operation, asked, caller, lead);
    plans.set(rightsOf(caller), { variables, plan });
    return plan;
  };
}

function planOf(
  operation: OperationDefinitionNode,
  { schema, document, variableValues }: PlannableOperation,
  viewer: Viewer,
  lead: readonly ListName[],
): ReadPlan {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...Object(variableValues) });
  if (coerced === undefined) return emptyPlan;
  return planReads({ schema, operation, fragments: fragmentsOf(document), variables: coerced, viewer, lead });
}
