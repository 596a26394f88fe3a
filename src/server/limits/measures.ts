import { type DocumentNode, getOperationAST, getVariableValues } from 'graphql';
import { fragmentsOf } from '../execution/fragments.ts';
import { anybody, type PlannableOperation, type Planner } from '../execution/plan-of.ts';
import { shapeOf } from './document-shape.ts';
import { maxAliases, maxDepth, maxDirectives, maxFragments, maxReads, maxRootFields, maxValues } from './limits.ts';
import { costOf } from './operation-cost.ts';

/** What an operation is, in the words of the error that refuses more of it. */
export type Measure = { measure: string; cost: number; limit: number };

export const upstreamReads = 'reads of the upstreams';

/** Of an operation that is within all limits. */
export function measuresOf(asked: PlannableOperation & { document: DocumentNode }, planOf: Planner): Measure[] {
  const { schema, document } = asked;
  const operation = getOperationAST(document, asked.operationName);
  if (operation == null) return [];
  const given = { ...Object(asked.variableValues) };
  const { coerced: variables } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (variables === undefined) return [];
  const { values, reads } = costOf({ schema, operation, fragments: fragmentsOf(document), variables });
  const { depth, aliases, directives, rootFields, fragments } = shapeOf(document);
  return [
    { measure: 'values', cost: values, limit: maxValues },
    { measure: upstreamReads, cost: Math.ceil(reads) + planOf(asked, anybody).lists.size, limit: maxReads },
    { measure: 'levels of fields', cost: depth, limit: maxDepth },
    { measure: 'root fields', cost: rootFields, limit: maxRootFields },
    { measure: 'aliases', cost: aliases, limit: maxAliases },
    { measure: 'directives', cost: directives, limit: maxDirectives },
    { measure: 'fragments', cost: fragments, limit: maxFragments },
  ];
}
