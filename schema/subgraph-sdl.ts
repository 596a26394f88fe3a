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
 * How `Query.node` and `nodes` stand in a supergraph. No subgraph knows the ids of another, so that in a graph of several
 * they would answer by chance: `inaccessible` closes them, in all subgraphs; `accessible` is for a supergraph in which
 * nobody else has them; where they are omitted, another subgraph's are the only ones.
 */
export type NodeInSupergraph = 'inaccessible' | 'accessible' | 'omitted';

/** Directives to be added to a type, and to each of its fields; a field for which it says null is left out. */
type Additions = {
  ofType: (typeName: string) => string[];
  ofQuery: (fieldName: string) => string[] | null;
};

/** graphql-js knows it by itself, and says so in no SDL; @apollo/composition refuses what is not defined. */
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
      // Closed or not, what another subgraph may define as well has to be shareable.
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

/** Nothing newer than this is used, so that older gateways understand it as well. */
const federationHead =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@inaccessible"])';

/** As @graphql-tools/stitching-directives defines them. */
const stitchingHead = `directive @merge(keyField: String, keyArg: String, additionalArgs: String, key: [String!], argsExpr: String) on FIELD_DEFINITION`;

/** The schema without what is said to its own clients alone: `@data`, and what gateways ask for. */
function withDirectives(schema: GraphQLSchema, additions: Additions): string {
  const definitions = getDocumentNodeFromSchema(schema).definitions.flatMap((it): DefinitionNode[] => {
    if (it.kind === Kind.DIRECTIVE_DEFINITION || it.kind === Kind.SCHEMA_DEFINITION) return [];
    if ('name' in it && ownNames.includes(it.name?.value ?? '')) return [];
    if (it.kind === Kind.INTERFACE_TYPE_DEFINITION)
      return [{ ...it, ...unclassed(it), fields: it.fields?.map(unclassed) ?? [] }];
    if (it.kind !== Kind.OBJECT_TYPE_DEFINITION) return [it];
    return [objectWith(it, additions)];
  });
  return print({ kind: Kind.DOCUMENT, definitions });
}

const ownNames: readonly string[] = [...subgraphTypes, 'DataClass'];

function objectWith(type: ObjectTypeDefinitionNode, { ofType, ofQuery }: Additions): ObjectTypeDefinitionNode {
  const fields = (type.fields ?? []).flatMap((field) => {
    const added = type.name.value === 'Query' ? ofQuery(field.name.value) : [];
    return added === null ? [] : [adding(added, unclassed(field))];
  });
  return { ...adding(ofType(type.name.value), unclassed(type)), fields };
}

type Directed = Pick<ObjectTypeDefinitionNode | FieldDefinitionNode, 'directives'>;

const unclassed = <T extends Directed>(it: T): T => ({
  ...it,
  directives: it.directives?.filter(({ name }) => name.value !== dataDirective.name) ?? [],
});

const adding = <T extends Directed>(texts: readonly string[], it: T): T => ({
  ...it,
  directives: [...(it.directives ?? []), ...texts.map(parseDirective)],
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
