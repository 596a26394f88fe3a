import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type PothosTypeConfig,
  type SchemaTypes,
} from '@pothos/core';
import { scopeToSee } from '../resolvers/rights.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      rights: RightsPlugin<Types>;
    }
  }
}

/**
 * Says to plugin-scope-auth what each field takes: the scope of the type that it shows, so that a refusal comes before
 * anything is asked of an upstream, and the scope of the type that it belongs to, whatever way led there.
 */
class RightsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    return config.kind === 'Object' ? taking(scopeToSee(config.name), config) : config;
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return taking(scopeToSee(this.#nameOf(config.type)), config);
  }

  #nameOf(type: PothosOutputFieldType<Types>): string {
    return type.kind === 'List' ? this.#nameOf(type.type) : this.buildCache.getTypeConfig(type.ref).name;
  }
}

/** The scope stands in the schema's extensions as well, where it can be told ahead whether an operation will be refused. */
function taking<Config extends { pothosOptions: object; extensions?: object | null | undefined }>(
  scope: string | null,
  config: Config,
): Config {
  if (scope === null) return config;
  return {
    ...config,
    extensions: { ...config.extensions, scope },
    pothosOptions: { ...config.pothosOptions, authScopes: { scope } },
  };
}

export const rights = 'rights';

SchemaBuilder.registerPlugin(rights, RightsPlugin);
