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

/** Returns the lists that an operation reads. The plan of an invalid operation is empty; the executor reports its error. */
export type Planner = (operation: PlannableOperation, viewer: Viewer) => ReadPlan;

/** A viewer with all rights. */
export const anybody: Viewer = { id: 'anybody', scopes: 'ALL' };

/**
 * Caches the plan of each operation for its latest variables, by the caller's scopes. Each request needs the plan twice, for
 * the limits and for the execution, and most operations repeat their variables or have none.
 */
export function createPlanner(lead: readonly ListName[]): Planner {
  const latest = new WeakMap<OperationDefinitionNode, Map<string, { variables: string; plan: ReadPlan }>>();
  return (request, viewer) => {
    const operation = getOperationAST(request.document, request.operationName);
    if (operation == null) return emptyPlan;
    const plans = latest.get(operation) ?? new Map();
    latest.set(operation, plans);
    const caller = readScopes.every((scope) => isGranted(viewer.scopes, scope)) ? anybody : viewer;
    // A digest contains no personal data, and its size does not depend on the variables.
    const variables = hash('sha1', JSON.stringify(request.variableValues ?? {}));
    const cached = plans.get(rightsOf(caller));
    if (cached?.variables === variables) return cached.plan;
    const plan = planOf(operation, request, caller, lead);
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
