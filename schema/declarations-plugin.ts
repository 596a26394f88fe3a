import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type InterfaceParam,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type PothosTypeConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { Context } from '../resolvers/context.ts';
import { type FieldDeclaration, open, type TypeDeclaration } from '../resolvers/declarations.ts';
import { requireScope } from '../resolvers/rights.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      declarations: DeclarationsPlugin<Types>;
    }
    export interface ObjectTypeOptions<Types extends SchemaTypes, Shape> extends TypeDeclaration {}
    export interface QueryTypeOptions<Types extends SchemaTypes> extends TypeDeclaration {}
    export interface MutationTypeOptions<Types extends SchemaTypes> extends TypeDeclaration {}
    export interface SubscriptionTypeOptions<Types extends SchemaTypes> extends TypeDeclaration {}
    /** Interfaces have no scope: their fields require the scope of the object behind them. */
    export interface InterfaceTypeOptions<
      Types extends SchemaTypes,
      Shape,
      Interfaces extends InterfaceParam<Types>[],
      ResolveType,
    > extends Pick<TypeDeclaration, 'dataClass'> {}
    export interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > extends FieldDeclaration<InputShapeFromFields<Args>> {}
  }
}

/**
 * Copies the declarations of types and fields into the schema's extensions, and passes their scopes to
 * plugin-scope-auth. A field requires the scope of its own type, so that it is refused before any upstream request, and
 * the scope of its parent type, whatever path led there. A type without a declaration is not built, because everybody
 * could see it.
 */
class DeclarationsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    if (config.graphqlKind === 'Object') {
      const { scope, dataClass, population } = config.pothosOptions;
      requireDeclared(config.name, { scope, dataClass });
      return withDeclaration(config, { scope, dataClass, population }, checksOf(scope));
    }
    if (config.graphqlKind === 'Interface') {
      const { dataClass } = config.pothosOptions;
      requireDeclared(config.name, { dataClass });
      return withDeclaration(config, { dataClass });
    }
    return config;
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { dataClass, reads, requires, shows, isVolatile, isPartition, length, batch } = config.pothosOptions;
    const shown = this.#typeOf(config.type);
    const scope = (shown.graphqlKind === 'Object' ? shown.extensions?.scope : undefined) ?? open;
    const declaration = { dataClass, reads, requires, shows, isVolatile, isPartition, length, batch };
    return withDeclaration(config, declaration, checksOf(scope, requires));
  }

  #typeOf(type: PothosOutputFieldType<Types>): PothosTypeConfig {
    return type.kind === 'List' ? this.#typeOf(type.type) : this.buildCache.getTypeConfig(type.ref);
  }
}

function requireDeclared(typeName: string, declaration: Record<string, unknown>): void {
  for (const [member, value] of Object.entries(declaration)) {
    if (value === undefined)
      throw new Error(`The type ${typeName} declares no ${member}: see resolvers/declarations.ts.`);
  }
}

type Config = { extensions?: object | null | undefined; pothosOptions: object };
type Declaration = Partial<TypeDeclaration> | FieldDeclaration<Args>;
type Args = Record<string, unknown>;

function withDeclaration<C extends Config>(config: C, declaration: Declaration, options: object = {}): C {
  const { dataClass } = declaration;
  const directives = dataClass && { data: { class: dataClass } };
  return {
    ...config,
    extensions: { ...config.extensions, ...declaration, ...(directives && { directives }) },
    pothosOptions: { ...config.pothosOptions, ...options },
  };
}

/** The options of plugin-scope-auth for these scopes. */
function checksOf(scope: TypeDeclaration['scope'], requires?: FieldDeclaration<Args>['requires']): object {
  if (requires === undefined) return scope === open ? {} : { authScopes: { scope } };
  const scopesFor = (args: Args) => (scope === open ? requires(args) : [scope, ...requires(args)]);
  return {
    authScopes: (_: unknown, args: Args, { viewer }: Context) =>
      scopesFor(args).every((required) => requireScope(viewer, required)),
  };
}

export const declarations = 'declarations';

SchemaBuilder.registerPlugin(declarations, DeclarationsPlugin);
