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
import { isGranted, readScopes } from '../src/domain/scopes.ts';
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
  const draft: PlanDraft = {
    lists: new Set(),
    luccaEmbedded: false,
    assignmentIncludes: new Set(),
    isGranted: true,
    isVolatile: false,
  };
  const mayTake = (scope: unknown): boolean =>
    scope == null || readScopes.some((it) => it === scope && isGranted(viewer.scopes, it));
  const seesAll = readScopes.every((it) => isGranted(viewer.scopes, it));
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, []);
  // What a mutation's fields read comes after its write; and one that is refused reads nothing.
  return operation.operation === 'mutation' ? { ...draft, lists: new Set(), isGranted: false } : draft;

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
    // Which types there will be below an interface shows when they are there.
    const isKnownAhead = isObjectType(type) && mayTake(type.extensions.scope) && mayTake(field.extensions.scope);
    draft.isGranted &&= seesAll || isKnownAhead;
    draft.isVolatile ||= field.extensions.isVolatile === true;
    const visited: Visit = { args: getArgumentValues(field, node, variables), path };
    const next = getNamedType(field.type);
    if (!seesAll && !mayRead(viewer, [type.name, next.name], coordinate, visited.args)) {
      draft.isGranted = false;
      return;
    }
    fieldNeeds[coordinate]?.(draft, visited);
    if (!node.selectionSet || !isCompositeType(next)) return;
    walk(next, node.selectionSet, [...path, coordinate], typesAskedFor(coordinate, visited.args));
  }
}

/** The ids of nodes tell their types, and so do representations of entities: fragments on other types need nothing. */
function typesAskedFor(coordinate: string, args: Record<string, unknown>): ((typeName: string) => boolean) | undefined {
  if (!['Query.node', 'Query.nodes', 'Query._entities'].includes(coordinate)) return undefined;
  const asked = new Set([args.id, args.ids, args.representations].flat().map(typeNamed));
  return (typeName) => asked.has(typeName);
}

function typeNamed(it: unknown): unknown {
  if (typeof it === 'string') return parseNodeId(it)?.type;
  return typeof it === 'object' && it !== null && '__typename' in it ? it.__typename : undefined;
}
