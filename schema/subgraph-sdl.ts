import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql';
import { batchedQueries } from '../resolvers/batched-queries.ts';
import type { SubgraphSdl } from '../resolvers/context.ts';
import { dataDirective } from './data-class.ts';
import { gatewayFields, subgraphTypes } from './subgraph.ts';

/**
 * How `Query.node` and `nodes` appear in a supergraph. No subgraph knows the ids of another one, so with several
 * subgraphs these fields would fail at random. `inaccessible` hides them in all subgraphs. `accessible` is for a
 * supergraph in which no other subgraph has them. `omitted` leaves them to another subgraph.
 */
export type NodeInSupergraph = 'inaccessible' | 'accessible' | 'omitted';

/** Directives to add to a type and to the fields of Query; null leaves the field out. */
type Additions = {
  ofType: (typeName: string) => string[];
  ofQuery: (fieldName: string) => string[] | null;
};

/** graphql-js has this directive built in and prints no definition, but @apollo/composition requires one. */
const oneOf = 'directive @oneOf on INPUT_OBJECT';

export function subgraphSdlOf(schema: GraphQLSchema, node: NodeInSupergraph): SubgraphSdl {
  const isNode = (fieldName: string) => fieldName === 'node' || fieldName === 'nodes';
  const keysOf = (typeName: string) => batchedQueries.filter(({ type }) => type === typeName).map(({ key }) => key);

  const federation: Additions = {
    ofType: (typeName) =>
      typeName === 'PageInfo' ? ['@shareable'] : keysOf(typeName).map((key) => `@key(fields: "${key}")`),
    ofQuery: (fieldName) => {
      if (gatewayFields.includes(fieldName)) return null;
      if (!isNode(fieldName)) return [];
      // A field that another subgraph may also define has to be shareable, even if it is inaccessible.
      return { inaccessible: ['@shareable', '@inaccessible'], accessible: [], omitted: null }[node];
    },
  };
  const stitching: Additions = {
    ofType: () => [],
    ofQuery: (fieldName) => {
      const batch = batchedQueries.find(({ name }) => name === fieldName);
      if (batch !== undefined) return [`@merge(keyField: "${batch.key}")`];
      return gatewayFields.includes(fieldName) || (isNode(fieldName) && node !== 'accessible') ? null : [];
    },
  };
  return {
    federation: once(() => [federationHead, oneOf, withDirectives(schema, federation)].join('\n\n')),
    stitching: once(() => [stitchingHead, oneOf, withDirectives(schema, stitching)].join('\n\n')),
  };
}

/** The oldest version with all used directives, for older gateways. */
const federationHead =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@inaccessible"])';

/** As defined by @graphql-tools/stitching-directives. */
const stitchingHead = `directive @merge(keyField: String, keyArg: String, additionalArgs: String, key: [String!], argsExpr: String) on FIELD_DEFINITION`;

/** The SDL without the parts that are only for direct clients (`@data`) and without the gateways' own fields. */
function withDirectives(schema: GraphQLSchema, additions: Additions): string {
  const definitions = getDocumentNodeFromSchema(schema).definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind === Kind.DIRECTIVE_DEFINITION || node.kind === Kind.SCHEMA_DEFINITION) return [];
    if ('name' in node && ownNames.includes(node.name?.value ?? '')) return [];
    if (node.kind === Kind.INTERFACE_TYPE_DEFINITION)
      return [{ ...node, ...withoutDataClass(node), fields: node.fields?.map(withoutDataClass) ?? [] }];
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [node];
    return [objectWith(node, additions)];
  });
  return print({ kind: Kind.DOCUMENT, definitions });
}

const ownNames: readonly string[] = [...subgraphTypes, 'DataClass'];

function objectWith(type: ObjectTypeDefinitionNode, { ofType, ofQuery }: Additions): ObjectTypeDefinitionNode {
  const fields = (type.fields ?? []).flatMap((field) => {
    const added = type.name.value === 'Query' ? ofQuery(field.name.value) : [];
    return added === null ? [] : [withAdded(added, withoutDataClass(field))];
  });
  return { ...withAdded(ofType(type.name.value), withoutDataClass(type)), fields };
}

type Directed = Pick<ObjectTypeDefinitionNode | FieldDefinitionNode, 'directives'>;

const withoutDataClass = <T extends Directed>(node: T): T => ({
  ...node,
  directives: node.directives?.filter(({ name }) => name.value !== dataDirective.name) ?? [],
});

const withAdded = <T extends Directed>(texts: readonly string[], node: T): T => ({
  ...node,
  directives: [...(node.directives ?? []), ...texts.map(parseDirective)],
});

function parseDirective(text: string): ConstDirectiveNode {
  const [definition] = parse(`scalar It ${text}`).definitions;
  const [directive] = definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? (definition.directives ?? []) : [];
  if (directive === undefined) throw new Error(`This is no directive: ${text}`);
  return directive;
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
