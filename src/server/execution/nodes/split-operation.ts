import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';

/** An operation as two: one that finds out which nodes a page has, and one that brings all of them. */
export type SplitOperation = {
  /** Without the selections of the outermost lists' nodes: of each node only its key. */
  outer: DocumentNode;
  /** The operation itself, with the key of each of these nodes beside what is asked of it. */
  keyed: DocumentNode;
  /**
   * The variables that shape the nodes: those inside of them, and those of directives, which may take away one of two
   * selections of one list. All others only shape which nodes there are.
   */
  nodeVariables: readonly string[];
  text: string;
};

/** An alias that no document has, and that never leaves the server. */
export const nodeKey = `node_${crypto.randomUUID().replaceAll('-', '')}`;

/**
 * Null for operations that have no lists of nodes, or whose lists are the same each time: no variable decides which nodes
 * there are, so the whole answer is kept instead. The document has to be valid.
 */
export function splitOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): SplitOperation | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query') return null;
  const whole = withoutSpreads(operation, document);
  const nodeVariables = new Set<string>();
  visit(whole, { Directive: (it) => addVariables(it, nodeVariables) });
  const outer = mapNodes(schema, whole, (selections) => {
    addVariables(selections, nodeVariables);
    return { ...selections, selections: [keyField()] };
  });
  const hasNodes = outer !== whole;
  const listVariables = new Set<string>();
  addVariables(outer.selectionSet, listVariables);
  if (!hasNodes || listVariables.size === 0) return null;
  const keyed = mapNodes(schema, whole, (it) => ({ ...it, selections: [keyField(), ...it.selections] }));
  const asDocument = (it: OperationDefinitionNode): DocumentNode => ({ ...document, definitions: [it] });
  const text = document.loc?.source.body ?? print(document);
  return { outer: asDocument(outer), keyed: asDocument(keyed), nodeVariables: [...nodeVariables], text };
}

/** A new one for each place: engines note things on the nodes of a document. */
const keyField = (): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: nodeKey },
  name: { kind: Kind.NAME, value: 'id' },
});

/** Fragments in the places where they are spread, so that what is around them is known. Their nodes are shared. */
function withoutSpreads(operation: OperationDefinitionNode, document: DocumentNode): OperationDefinitionNode {
  const fragments = fragmentsOf(document);
  return visit(operation, {
    FragmentSpread: (spread) => {
      const fragment = fragments.get(spread.name.value);
      if (fragment === undefined) return undefined;
      const { typeCondition, selectionSet } = fragment;
      const { directives } = spread;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, ...(directives && { directives }) };
    },
  });
}

/**
 * Replaces the selections of the outermost `nodes` and `node` of connections. Below an interface, one place in the answer
 * may be of several fields, by the type of what is there: such places are left as they are.
 */
function mapNodes(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  replaced: (selections: SelectionSetNode) => SelectionSetNode,
): OperationDefinitionNode {
  const types = new TypeInfo(schema);
  let inside: FieldNode | null = null;
  const Field = {
    enter: (field: FieldNode) => {
      if (inside !== null || field.selectionSet === undefined) return undefined;
      if (isAbstractType(getNamedType(types.getType()))) {
        inside = field;
        return undefined;
      }
      if (!isOfNodes(schema, types)) return undefined;
      inside = { ...field, selectionSet: replaced(field.selectionSet) };
      return inside;
    },
    leave: (field: FieldNode) => {
      if (field === inside) inside = null;
    },
  };
  return visit(operation, visitWithTypeInfo(types, { Field }));
}

function isOfNodes(schema: GraphQLSchema, types: TypeInfo): boolean {
  const coordinate = `${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
  const type = getNamedType(types.getType());
  const node = schema.getType('Node');
  return (
    /(?:Connection\.nodes|Edge\.node)$/.test(coordinate) &&
    isObjectType(type) &&
    isInterfaceType(node) &&
    type.getInterfaces().includes(node)
  );
}

function addVariables(node: SelectionSetNode | DirectiveNode, names: Set<string>): void {
  visit(node, { Variable: ({ name }) => void names.add(name.value) });
}
