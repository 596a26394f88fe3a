import SchemaBuilder, { BasePlugin, isThenable, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { Context } from '../resolvers/context.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      disclosure: DisclosurePlugin<Types>;
    }

    // The parameter has to be that of the interface that is extended.
    export interface BuildSchemaOptions<Types extends SchemaTypes> {
      /** For a schema that nobody writes an audit log of. */
      disableDisclosure?: boolean;
    }
  }
}

/** Notes in the context which fields gave something, and of how many people. What was refused or failed gave nothing. */
class DisclosurePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (this.options.disableDisclosure === true) return resolve;
    const coordinate = `${field.parentType}.${field.name}`;
    const parentType = this.buildCache.getTypeConfig(field.parentType);
    // Fields of interfaces are resolved as those of the objects behind them.
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
      return value.then((it) => {
        note(parent, context as Context);
        return it;
      });
    };
  }
}

export const disclosure = 'disclosure';

SchemaBuilder.registerPlugin(disclosure, DisclosurePlugin);
