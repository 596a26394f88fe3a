import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ReadPlan } from '../src/loaders/plan.ts';
import { fieldNeeds, type PlanDraft, type Visit } from './field-needs.ts';

export type PlannedOperation = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
};

/**
 * Walks the selection set once, before execution, and collects what its fields will need. So lists that are reached
 * late in the tree are asked for beside the first request instead of after it.
 */
export function planReads({ schema, operation, fragments, variables }: PlannedOperation): ReadPlan {
  const draft: PlanDraft = { lists: new Set(), luccaEmbedded: false, assignmentIncludes: new Set() };
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, []);
  // What a mutation's fields read comes after its write; and one that is refused reads nothing.
  return operation.operation === 'mutation' ? { ...draft, lists: new Set() } : draft;

  function walk(type: GraphQLCompositeType, selections: SelectionSetNode, path: readonly string[]): void {
    for (const selection of selections.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) continue;
      if (selection.kind === Kind.FIELD) {
        visit(type, selection, path);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      walk(condition && isCompositeType(condition) ? condition : type, fragment.selectionSet, path);
    }
  }

  function visit(type: GraphQLCompositeType, node: FieldNode, path: readonly string[]): void {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const field = type.getFields()[node.name.value];
    if (field === undefined) return;
    const coordinate = `${type.name}.${field.name}`;
    const visited: Visit = { args: getArgumentValues(field, node, variables), path };
    fieldNeeds[coordinate]?.(draft, visited);
    const next = getNamedType(field.type);
    if (node.selectionSet && isCompositeType(next)) walk(next, node.selectionSet, [...path, coordinate]);
  }
}
