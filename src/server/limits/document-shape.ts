import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';

export type DocumentShape = {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  fragments: number;
  /** Characters in the longest name. */
  nameLength: number;
};

/**
 * The shape of a document that is not validated yet: fragments may be missing or form cycles. Depth and root fields are those
 * of its largest operation, with fragments inlined. Introspection has no depth.
 */
export function shapeOf(document: DocumentNode): DocumentShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const shape = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fragments: fragments.size, nameLength: 0 };

  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) shape.aliases += 1;
    },
    Directive: () => {
      shape.directives += 1;
    },
    Name: ({ value }) => {
      shape.nameLength = Math.max(shape.nameLength, value.length);
    },
  });
  const depthOf = createDepthMeter(fragments);
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    shape.depth = Math.max(shape.depth, depthOf(node.selectionSet));
    shape.rootFields = Math.max(shape.rootFields, fieldsIn(node.selectionSet, fragments, new Set()));
  }
  return shape;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const introspection = ['__schema', '__type'];

/** Measures each fragment once. While a fragment is being measured, it counts as flat, which ends cycles. */
function createDepthMeter(fragments: Fragments): (selections: SelectionSetNode) => number {
  const measured = new Map<string, number>();
  const depthOf = ({ selections }: SelectionSetNode): number => {
    let deepest = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const isFlat = selection.selectionSet === undefined || introspection.includes(selection.name.value);
        deepest = Math.max(deepest, 1 + (isFlat || !selection.selectionSet ? 0 : depthOf(selection.selectionSet)));
      } else {
        const depth =
          selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : depthOf(selection.selectionSet);
        deepest = Math.max(deepest, depth);
      }
    }
    return deepest;
  };
  const ofFragment = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0);
    const fragment = fragments.get(name);
    const depth = fragment === undefined ? 0 : depthOf(fragment.selectionSet);
    measured.set(name, depth);
    return depth;
  };
  return depthOf;
}

/** A fragment that is spread a second time adds no further field. */
function fieldsIn({ selections }: SelectionSetNode, fragments: Fragments, seen: Set<string>): number {
  let count = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += fieldsIn(selection.selectionSet, fragments, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = fragments.get(selection.name.value);
      if (fragment !== undefined) count += fieldsIn(fragment.selectionSet, fragments, seen);
    }
  }
  return count;
}
