import { type DocumentNode, getOperationAST, getVariableValues } from 'graphql';
import { fragmentsOf } from '../execution/fragments.ts';
import { anybody, type PlannableOperation, type Planner } from '../execution/plan-of.ts';
import { shapeOf } from './document-shape.ts';
import { maxAliases, maxDepth, maxDirectives, maxFragments, maxReads, maxRootFields, maxValues } from './limits.ts';
import { costOf } from './operation-cost.ts';

/** One figure of an operation and its limit, with the wording of the error for exceeding it. */
export type Measure = { measure: string; cost: number; limit: number };

export const upstreamReads = 'reads of the upstreams';

/** The figures of an operation that is within all limits, for `extensions.explain`. */
export function measuresOf(request: PlannableOperation & { document: DocumentNode }, planOf: Planner): Measure[] {
  const { schema, document } = request;
  const operation = getOperationAST(document, request.operationName);
  if (operation == null) return [];
  const given = { ...Object(request.variableValues) };
  const { coerced: variables } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (variables === undefined) return [];
  const { values, reads } = costOf({ schema, operation, fragments: fragmentsOf(document), variables });
  const { depth, aliases, directives, rootFields, fragments } = shapeOf(document);
  return [
    { measure: 'values', cost: values, limit: maxValues },
    { measure: upstreamReads, cost: Math.ceil(reads) + planOf(request, anybody).lists.size, limit: maxReads },
    { measure: 'levels of fields', cost: depth, limit: maxDepth },
    { measure: 'root fields', cost: rootFields, limit: maxRootFields },
    { measure: 'aliases', cost: aliases, limit: maxAliases },
    { measure: 'directives', cost: directives, limit: maxDirectives },
    { measure: 'fragments', cost: fragments, limit: maxFragments },
  ];
}
