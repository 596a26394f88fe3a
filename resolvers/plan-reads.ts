import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
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
import { isGranted, type ReadScope, readScopes } from '../src/domain/scopes.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { ReadPlan } from '../src/loaders/plan.ts';
import type { Viewer } from './context.ts';
import { type FieldDeclaration, open } from './declarations.ts';

type Args = Record<string, unknown>;

export type PlannedOperation = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  viewer: Viewer;
  /** The people lists of the leading upstream. */
  lead: readonly ListName[];
};

/**
 * Walks the selection set once, before execution, and collects the lists that its fields read. So an operation waits
 * for all of them at once, and uses one snapshot. A field that the viewer may not see reads nothing, and neither do the
 * fields below it.
 */
export function planReads({ schema, operation, fragments, variables, viewer, lead }: PlannedOperation): ReadPlan {
  const lists = new Set<ListName>();
  let isEverythingGranted = true;
  let isAnyVolatile = false;
  const maySee = (scope: ReadScope | typeof open | undefined): boolean =>
    scope === undefined || scope === open || isGranted(viewer.scopes, scope);
  const seesAll = readScopes.every(maySee);
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet);
  // A mutation checks its rights itself, and returns a refusal as a result.
  return { lists, isGranted: isEverythingGranted && operation.operation !== 'mutation', isVolatile: isAnyVolatile };

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
    const args = getArgumentValues(field, node, variables);
    const shown = getNamedType(field.type);
    const { requires, reads, shows, isVolatile } = field.extensions;
    const isVisible = [scopeOf(type), scopeOf(shown), ...(requires?.(args) ?? [])].every(maySee);
    // The types below an interface are known only at execution.
    isEverythingGranted &&= seesAll || (isObjectType(type) && isVisible);
    isAnyVolatile ||= isVolatile === true;
    if (!isVisible) return;
    const named = seesAll ? args : withVisibleTypesOnly(field.extensions, args);
    if (named === null) return;
    for (const list of typeof reads === 'function' ? reads({ args: named, lead }) : (reads ?? [])) lists.add(list);
    if (!node.selectionSet || !isCompositeType(shown)) return;
    const types: readonly string[] | undefined = shows?.(args);
    walk(shown, node.selectionSet, (typeName) => types?.includes(typeName) ?? true);
  }

  /**
   * Removes values that name objects of types hidden from the viewer, to read nothing for them; null if none is left.
   */
  function withVisibleTypesOnly({ shows, batch }: FieldDeclaration<Args>, args: Args): Args | null {
    if (shows === undefined) return args;
    const isVisible = (given: Args) => shows(given).every((name) => maySee(scopeOf(schema.getType(name))));
    const values = batch === undefined ? undefined : args[batch];
    if (batch === undefined || !Array.isArray(values)) return isVisible(args) ? args : null;
    return { ...args, [batch]: values.filter((value) => isVisible({ ...args, [batch]: [value] })) };
  }
}

const scopeOf = (type: GraphQLNamedType | undefined) => (isObjectType(type) ? type.extensions.scope : undefined);
