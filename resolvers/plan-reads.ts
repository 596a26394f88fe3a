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
import type { ListName } from '../src/loaders/list-names.ts';
import type { ReadPlan, Reads } from '../src/loaders/plan.ts';
import type { Viewer } from './context.ts';
import { mayRead, scopeToSee } from './rights.ts';

export type PlannedOperation = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  viewer: Viewer;
  /** The lists of the lead directory. */
  lead: readonly ListName[];
};

/**
 * Walks the selection set once, before execution, and collects the lists that its fields read: an operation waits for all
 * of them at once, and sees one snapshot. What the viewer may not see, and everything below, reads nothing.
 */
export function planReads({ schema, operation, fragments, variables, viewer, lead }: PlannedOperation): ReadPlan {
  const lists = new Set<ListName>();
  let isEverythingGranted = true;
  let isVolatile = false;
  const mayTake = (scope: unknown): boolean =>
    scope == null || readScopes.some((it) => it === scope && isGranted(viewer.scopes, it));
  const seesAll = readScopes.every((it) => isGranted(viewer.scopes, it));
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet);
  // A mutation checks its rights itself, so that a refusal is a result.
  return { lists, isGranted: isEverythingGranted && operation.operation !== 'mutation', isVolatile };

  function walk(
    type: GraphQLCompositeType,
    selections: SelectionSetNode,
    isPossible: (typeName: string) => boolean = () => true,
  ): void {
    for (const selection of selections.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) continue;
      if (selection.kind === Kind.FIELD) {
        visit(type, selection);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const narrowed = condition && isCompositeType(condition) ? condition : type;
      if (!isObjectType(narrowed) || isPossible(narrowed.name)) walk(narrowed, fragment.selectionSet, isPossible);
    }
  }

  function visit(type: GraphQLCompositeType, node: FieldNode): void {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const field = type.getFields()[node.name.value];
    if (field === undefined) return;
    const coordinate = `${type.name}.${field.name}`;
    // Which types there will be below an interface shows when they are there.
    const isKnownAhead = isObjectType(type) && mayTake(type.extensions.scope) && mayTake(field.extensions.scope);
    isEverythingGranted &&= seesAll || isKnownAhead;
    isVolatile ||= field.extensions.isVolatile === true;
    const args = namingWhatMayBeSeen(coordinate, getArgumentValues(field, node, variables));
    const next = getNamedType(field.type);
    if (!seesAll && !mayRead(viewer, [type.name, next.name], coordinate, args)) {
      isEverythingGranted = false;
      return;
    }
    for (const list of listsOf(field.extensions.reads, args)) lists.add(list);
    if (!node.selectionSet || !isCompositeType(next)) return;
    walk(next, node.selectionSet, typesAskedFor(coordinate, args));
  }

  /** Without the ids and representations of types that the viewer may not see: nothing is read for them. */
  function namingWhatMayBeSeen(coordinate: string, args: Record<string, unknown>): Record<string, unknown> {
    if (seesAll || !namesTypes(coordinate)) return args;
    const isSeen = (it: unknown): boolean => {
      const type = typeNamed(it);
      return typeof type !== 'string' || mayTake(scopeToSee(type));
    };
    const entries = Object.entries(args).map(([name, value]): [string, unknown] => {
      if (Array.isArray(value)) return [name, value.filter(isSeen)];
      return [name, isSeen(value) ? value : null];
    });
    return Object.fromEntries(entries);
  }

  function listsOf(reads: unknown, args: Record<string, unknown>): readonly ListName[] {
    // What the extensions of our own schema hold was typed where it was written.
    const declared = reads as Reads | undefined;
    return typeof declared === 'function' ? declared({ args, lead }) : (declared ?? []);
  }
}

const namesTypes = (coordinate: string): boolean =>
  ['Query.node', 'Query.nodes', 'Query._entities'].includes(coordinate);

/** The ids of nodes tell their types, and so do representations of entities: fragments on other types need nothing. */
function typesAskedFor(coordinate: string, args: Record<string, unknown>): ((typeName: string) => boolean) | undefined {
  if (!namesTypes(coordinate)) return undefined;
  const asked = new Set([args.id, args.ids, args.representations].flat().map(typeNamed));
  return (typeName) => asked.has(typeName);
}

function typeNamed(it: unknown): unknown {
  if (typeof it === 'string') return parseNodeId(it)?.type;
  return typeof it === 'object' && it !== null && '__typename' in it ? it.__typename : undefined;
}
