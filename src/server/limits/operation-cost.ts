import {
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { maxFirst } from '../../domain/connection.ts';
import { maxKeys, maxSelections } from './limits.ts';
import { tooComplex } from './too-complex.ts';

export type MeasuredOperation = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
};

/** `values`: values in the response if every page is full. `reads`: requests that its mutations send. */
export type OperationCost = { values: number; reads: number };

type Field = GraphQLField<unknown, unknown>;

/** How many parents a selection applies to, and whether all parents are different. */
type Rows = { count: number; areDistinct: boolean };

/**
 * The worst-case cost of a valid operation. Page sizes multiply from level to level, but with an upper bound: a person has
 * one grade, so all pages of people under different grades together have at most all people of the company. We do not use
 * Pothos's complexity plugin, because it knows one number per field and always multiplies: it rates the matrix of all skills
 * as expensive as an endless cycle.
 * Throws QUERY_TOO_COMPLEX if fragments expand to too many selections, or if a list of keys is too long.
 */
export function costOf({ schema, operation, fragments, variables }: MeasuredOperation): OperationCost {
  const cost: OperationCost = { values: 0, reads: 0 };
  let selectionsSeen = 0;
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, { count: 1, areDistinct: true });
  return cost;

  function walk(type: GraphQLCompositeType, { selections }: SelectionSetNode, rows: Rows): void {
    for (const selection of selections) {
      selectionsSeen += 1;
      if (selectionsSeen > maxSelections) throw tooComplex('selections', selectionsSeen, maxSelections);
      if (selection.kind === Kind.FIELD) {
        cost.values += rows.count;
        const field = fieldOf(type, selection.name.value);
        if (field === undefined) continue;
        const args = getArgumentValues(field, selection, variables);
        const coordinate = `${type.name}.${field.name}`;
        refuseOversizedBatch(field, args);
        if (type.name === 'Mutation') cost.reads += readsOfWrite;
        const next = getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(next)) {
          walk(next, selection.selectionSet, rowsBelow(coordinate, field, args, rows));
        }
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      walk(condition && isCompositeType(condition) ? condition : type, fragment.selectionSet, rows);
    }
  }
}

/** The read before a write, the write, and the read after the write. */
const readsOfWrite = 3;

/** The keys in the argument of a batched field, which returns one entry per key in the same order; null for other fields. */
function batchIn({ extensions: { batch } }: Field, args: Record<string, unknown>): readonly unknown[] | null {
  const values = batch === undefined ? null : args[batch];
  return Array.isArray(values) ? values : null;
}

function refuseOversizedBatch(field: Field, args: Record<string, unknown>): void {
  const batch = batchIn(field, args);
  if (batch !== null && batch.length > maxKeys) throw tooComplex(field.extensions.batch ?? '', batch.length, maxKeys);
}

/** The definition of a field, including the introspection fields of Query. */
function fieldOf(type: GraphQLCompositeType, name: string): Field | undefined {
  if (type.name === 'Query' && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (type.name === 'Query' && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Assumed length of a list without pages, such as the translations of a name, unless the field declares a length. */
const plainListLength = 10;
const introspectedLists: Record<string, number | undefined> = {
  '__Schema.types': 100,
  '__Field.args': 2,
  '__Type.interfaces': 2,
};

function rowsBelow(coordinate: string, field: Field, args: Record<string, unknown>, rowsAbove: Rows): Rows {
  const { count, areDistinct } = rowsAbove;
  const { type, extensions } = field;
  const isRoot = coordinate.startsWith('Query.');
  if (field.args.some((arg) => arg.name === 'first')) {
    const rows = count * pageSizeOf(args.first);
    const population = areDistinct && extensions.isPartition ? populationOf(getNamedType(type)) : undefined;
    const isBounded = population !== undefined;
    return { count: isBounded ? Math.min(rows, population) : rows, areDistinct: isBounded || isRoot };
  }
  // The connection field has counted the rows of its page already.
  if (isPartOfPage(coordinate)) return { count, areDistinct };
  const batch = batchIn(field, args);
  if (batch !== null) return { count: count * batch.length, areDistinct: false };
  const longest = extensions.length ?? introspectedLists[coordinate] ?? plainListLength;
  const length = isListType(getNullableType(type)) ? longest : 1;
  return { count: count * length, areDistinct: areDistinct && isRoot };
}

const populationOf = (page: GraphQLNamedType) => (isObjectType(page) ? page.extensions.population : undefined);

const isPartOfPage = (coordinate: string): boolean => /(?:Connection\.(?:nodes|edges)|Edge\.node)$/.test(coordinate);

/** Clamps the size: the field itself rejects an invalid one. */
function pageSizeOf(first: unknown): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 1), maxFirst) : maxFirst;
}
