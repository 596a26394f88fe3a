import SchemaBuilder, { BasePlugin, isThenable, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { Context } from '../resolvers/context.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      disclosure: DisclosurePlugin<Types>;
    }

    // The type parameter has to match the extended interface.
    export interface BuildSchemaOptions<Types extends SchemaTypes> {
      /** True for a schema without an audit log. */
      disableDisclosure?: boolean;
    }
  }
}

/** Records in the context which fields returned data, and about whom. Refused and failed fields returned nothing. */
class DisclosurePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (this.options.disableDisclosure === true) return resolve;
    const coordinate = `${field.parentType}.${field.name}`;
    const parentType = this.buildCache.getTypeConfig(field.parentType);
    // Fields of interfaces are resolved as fields of the objects behind them.
    if (parentType.graphqlKind !== 'Object') return resolve;
    const dataClass = field.extensions?.dataClass ?? parentType.extensions?.dataClass;
    if (dataClass === undefined) return resolve;
    const isOfPerson = field.parentType === 'Employee';

    const note = (parent: unknown, { disclosure }: Context) => {
      disclosure?.fields.set(coordinate, dataClass);
      if (isOfPerson) disclosure?.people.add((parent as { id: string }).id);
    };
    return (parent, args, context, info) => {
      const value = resolve(parent, args, context, info);
      if (!isThenable(value)) {
        note(parent, context as Context);
        return value;
      }
      return value.then((resolved) => {
        note(parent, context as Context);
        return resolved;
      });
    };
  }
}

export const disclosure = 'disclosure';

SchemaBuilder.registerPlugin(disclosure, DisclosurePlugin);
