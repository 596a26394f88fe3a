import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { type GraphQLSchema, getNamedType, isLeafType } from 'graphql';
import type { Context } from '../resolvers/context.ts';

/** The schema for operations whose resolvers are timed. Times the resolvers of object fields, per field. */
export function measuredSchema(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config, fieldName, typeName) => {
      const { resolve } = config;
      if (resolve === undefined || isLeafType(getNamedType(config.type))) return undefined;
      const coordinate = `${typeName}.${fieldName}`;
      return {
        ...config,
        resolve: (source, args, context: Context, info) => {
          const run = () => resolve(source, args, context, info);
          return context.resolverTimes === undefined ? run() : context.resolverTimes.measure(coordinate, run);
        },
      };
    },
  });
}
