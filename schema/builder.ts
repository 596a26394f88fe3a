import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Context } from '../resolvers/context.ts';
import { open } from '../resolvers/declarations.ts';
import type { ObjectOf } from '../resolvers/entity-types.ts';
import { requireScope } from '../resolvers/rights.ts';
import type { Connection } from '../src/domain/connection.ts';
import type { NodeType } from '../src/domain/node-id.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import { declarations } from './declarations-plugin.ts';
import { disclosure } from './disclosure-plugin.ts';

export type TextScalar = { Input: string; Output: string };

/** Types by name, so that entity files that refer to each other need not import each other. */
type Entities = { [Type in NodeType]: ObjectOf<Type> };
type Connections = { [Type in NodeType as `${Type}Connection`]: Connection<ObjectOf<Type>> };

/** Fields are non-null by default. Fields served by another upstream than their parent are declared nullable. */
export const builder = new SchemaBuilder<{
  Context: Context;
  Objects: Entities & Connections;
  AuthScopes: { scope: ReadScope };
  DefaultFieldNullability: false;
  Scalars: {
    ID: TextScalar;
    DateTime: TextScalar;
    Date: TextScalar;
    EmailAddress: TextScalar;
    Locale: TextScalar;
    _Any: { Input: unknown; Output: unknown };
  };
}>({
  defaultFieldNullability: false,
  // The first plugin is the outermost: a refused field does not reach the others.
  plugins: [ScopeAuthPlugin, declarations, disclosure],
  scopeAuth: { authScopes: ({ viewer }) => ({ scope: (scope) => requireScope(viewer, scope) }) },
});

builder.queryType({
  description: 'Queries over all configured upstreams, joined.',
  scope: open,
  dataClass: 'PUBLIC',
});
builder.mutationType({
  description:
    'Mutations, each of one upstream. They run in the order given and each returns its own result: one that fails does not stop the next.',
  scope: open,
  dataClass: 'PUBLIC',
});
