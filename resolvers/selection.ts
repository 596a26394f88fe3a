import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Whether one of these fields is selected directly below the field that is being resolved. */
export function isSelected(info: GraphQLResolveInfo, ...names: string[]): boolean {
  const isIn = (selections: SelectionSetNode): boolean =>
    selections.selections.some((selection) => {
      if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.if === true) return false;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.if === false) return false;
      if (selection.kind === Kind.FIELD) return names.includes(selection.name.value);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
      return fragment !== undefined && isIn(fragment.selectionSet);
    });
  return info.fieldNodes.some((node: FieldNode) => node.selectionSet !== undefined && isIn(node.selectionSet));
}
