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
import { parseNodeId } from '../src/domain/node-id.ts';
import type { ReadPlan } from '../src/loaders/plan.ts';
import type { Viewer } from './context.ts';
import { fieldNeeds, type PlanDraft, type Visit } from './field-needs.ts';
import { mayRead } from './rights.ts';

export type PlannedOperation = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  viewer: Viewer;
};

/**
 * Walks the selection set once, before execution, and collects what its fields will need. So lists that are reached
 * late in the tree are asked for beside the first request instead of after it. What the viewer may not see, and
 * everything below, needs nothing.
 */
export function planReads({ schema, operation, fragments, variables, viewer }: PlannedOperation): ReadPlan {
  const draft: PlanDraft = { lists: new Set(), luccaEmbedded: false, assignmentIncludes: new Set(), isVolatile: false };
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, []);
  // What a mutation's fields read comes after its write; and one that is refused reads nothing.
  return operation.operation === 'mutation' ? { ...draft, lists: new Set() } : draft;

  function walk(
    type: GraphQLCompositeType,
    selections: SelectionSetNode,
    path: readonly string[],
    isPossible: (typeName: string) => boolean = () => true,
  ): void {
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
      const narrowed = condition && isCompositeType(condition) ? condition : type;
      if (!isObjectType(narrowed) || isPossible(narrowed.name)) walk(narrowed, fragment.selectionSet, path, isPossible);
    }
  }

  function visit(type: GraphQLCompositeType, node: FieldNode, path: readonly string[]): void {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const field = type.getFields()[node.name.value];
    if (field === undefined) return;
    const coordinate = `${type.name}.${field.name}`;
    const visited: Visit = { args: getArgumentValues(field, node, variables), path };
    const next = getNamedType(field.type);
    if (!mayRead(viewer, [type.name, next.name], coordinate, visited.args)) return;
    fieldNeeds[coordinate]?.(draft, visited);
    if (!node.selectionSet || !isCompositeType(next)) return;
    walk(next, node.selectionSet, [...path, coordinate], typesAskedFor(coordinate, visited.args));
  }
}

/** The ids of nodes tell their types: fragments on other types need nothing. */
function typesAskedFor(coordinate: string, args: Record<string, unknown>): ((typeName: string) => boolean) | undefined {
  if (coordinate !== 'Query.node' && coordinate !== 'Query.nodes') return undefined;
  const ids = [args.id, args.ids].flat().filter((it) => typeof it === 'string');
  const asked = new Set<string | undefined>(ids.map((id) => parseNodeId(id)?.type));
  return (typeName) => asked.has(typeName);
}
