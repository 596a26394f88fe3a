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

/** By their names, so that the files of entities that refer to each other need not import each other. */
type Entities = { [Type in NodeType]: ObjectOf<Type> };
type Connections = { [Type in NodeType as `${Type}Connection`]: Connection<ObjectOf<Type>> };

/** Fields are non-null unless they say otherwise; what crosses an upstream's boundary says otherwise. */
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
  // The first is the outermost: what is refused reaches no other.
  plugins: [ScopeAuthPlugin, declarations, disclosure],
  scopeAuth: { authScopes: ({ viewer }) => ({ scope: (scope) => requireScope(viewer, scope) }) },
});

builder.queryType({
  description: 'Reads over every configured upstream, joined.',
  scope: open,
  dataClass: 'PUBLIC',
});
builder.mutationType({
  description:
    'Writes, each to one upstream. They run in the order given, and each reports for itself: one that is not done does not stop the next.',
  scope: open,
  dataClass: 'PUBLIC',
});
