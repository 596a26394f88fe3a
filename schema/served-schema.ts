import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  type GraphQLAbstractType,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { schema } from './schema.ts';
import { gatewayFields, subgraphTypes } from './subgraph.ts';

export type ServedAs = {
  /** Whether gateways can compose this graph into a larger one. */
  isSubgraph: boolean;
  /** Prefix, such as `Hr`, for type names that other subgraphs may use as well; empty for none. */
  prefix: string;
};

/** True for type names that another subgraph may use for something else. Entities are shared, so they keep theirs. */
const isGeneral = (typeName: string): boolean =>
  /(?:Error|^Upstream.*|^LocalizedText(?:Input)?|^(?:RateLimit|Directory|Cache)Status)$/.test(typeName);
const generalFields = ['upstreams'];

/** The schema that a deployment serves. */
export function servedSchema({ isSubgraph, prefix }: ServedAs, whole = schema): GraphQLSchema {
  if (isSubgraph && prefix === '') return whole;
  const renamed = (typeName: string) => (isGeneral(typeName) ? `${prefix}${typeName}` : typeName);
  return mapSchema(whole, {
    [MapperKind.QUERY_ROOT_FIELD]: (config, name) => {
      if (!isSubgraph && gatewayFields.includes(name)) return null;
      return prefix !== '' && generalFields.includes(name) ? [fieldWithPrefix(prefix, name), config] : undefined;
    },
    [MapperKind.TYPE]: (type) => {
      if (!isSubgraph && subgraphTypes.includes(type.name)) return null;
      return prefix === '' ? undefined : withName(type, renamed);
    },
  });
}

const fieldWithPrefix = (prefix: string, name: string): string =>
  `${prefix.charAt(0).toLowerCase()}${prefix.slice(1)}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function withName(type: GraphQLNamedType, renamed: (typeName: string) => string): GraphQLNamedType | undefined {
  const name = renamed(type.name);
  if (isUnionType(type)) return new GraphQLUnionType({ ...type.toConfig(), name, ...resolving(type, renamed) });
  if (isInterfaceType(type)) return new GraphQLInterfaceType({ ...type.toConfig(), name, ...resolving(type, renamed) });
  if (isObjectType(type)) return new GraphQLObjectType({ ...type.toConfig(), name });
  if (isEnumType(type)) return new GraphQLEnumType({ ...type.toConfig(), name });
  if (isInputObjectType(type)) return new GraphQLInputObjectType({ ...type.toConfig(), name });
  return undefined;
}

/** Maps the type names that resolvers return to the renamed types. */
function resolving({ resolveType }: GraphQLAbstractType, renamed: (typeName: string) => string) {
  if (resolveType == null) return {};
  return {
    resolveType: async (...args: Parameters<typeof resolveType>) => {
      const name = await resolveType(...args);
      return name === undefined ? name : renamed(name);
    },
  };
}
