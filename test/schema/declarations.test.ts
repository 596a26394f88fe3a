import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { open } from '../../resolvers/declarations.ts';
import type { Entity } from '../../resolvers/entity.ts';
import { entityTypes } from '../../resolvers/entity-types.ts';
import { declarations } from '../../schema/declarations-plugin.ts';
import type { NodeType } from '../../src/domain/node-id.ts';
import type { ReadScope } from '../../src/domain/scopes.ts';

const newBuilder = () =>
  new SchemaBuilder<{ Context: Context; AuthScopes: { scope: ReadScope } }>({
    plugins: [ScopeAuthPlugin, declarations],
    scopeAuth: { authScopes: () => ({ scope: () => true }) },
  });

/** A schema of one field and what is added. */
function built(add: (builder: ReturnType<typeof newBuilder>) => void): GraphQLSchema {
  const builder = newBuilder();
  builder.queryType({ scope: open, dataClass: 'PUBLIC', fields: (t) => ({ one: t.int({ resolve: () => 1 }) }) });
  add(builder);
  return builder.toSchema();
}

const fields = () => ({});

// Each of these is refused by the compiler as well, or its line would be one too many.
describe('a schema is not built, and no server starts,', () => {
  it('where an object type does not say who may see it', () => {
    // @ts-expect-error
    const schema = () => built((builder) => builder.objectRef('Forgotten').implement({ dataClass: 'PUBLIC', fields }));
    expect(schema).toThrow('The type Forgotten declares no scope');
  });

  it('where an object type does not say of which class its data is', () => {
    // @ts-expect-error
    const schema = () => built((builder) => builder.objectRef('Forgotten').implement({ scope: open, fields }));
    expect(schema).toThrow('The type Forgotten declares no dataClass');
  });

  it('where an interface does not say of which class its data is', () => {
    // @ts-expect-error
    const schema = () => built((builder) => builder.interfaceRef('Forgotten').implement({ fields }));
    expect(schema).toThrow('The type Forgotten declares no dataClass');
  });

  it('where the root says nothing', () => {
    const builder = newBuilder();
    // @ts-expect-error
    builder.queryType({ fields: (t) => ({ one: t.int({ resolve: () => 1 }) }) });
    expect(() => builder.toSchema()).toThrow('The type Query declares no scope');
  });

  it('unless every type says all of it', () => {
    const schema = built((builder) =>
      builder.objectRef('Grade').implement({
        scope: 'grades.readonly',
        dataClass: 'PERSONAL',
        fields: (t) => ({ one: t.int({ dataClass: 'PUBLIC', resolve: () => 1 }) }),
      }),
    );
    expect(schema.getType('Grade')?.extensions).toMatchObject({
      scope: 'grades.readonly',
      dataClass: 'PERSONAL',
      directives: { data: { class: 'PERSONAL' } },
    });
  });
});

describe('the table of entities', () => {
  it('has each type of node, or it does not compile', () => {
    const { Grade: _, ...others } = entityTypes;
    // @ts-expect-error
    const incomplete: Record<NodeType, Entity<object>> = others;
    expect(Object.keys(incomplete)).not.toContain('Grade');
  });
});
