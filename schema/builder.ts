import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Context } from '../resolvers/context.ts';
import { requireScope } from '../resolvers/rights.ts';
import type { DataClass } from '../src/domain/data-class.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import { isPublic } from './data-class.ts';
import { disclosure } from './disclosure-plugin.ts';
import { rights } from './rights-plugin.ts';

export type TextScalar = { Input: string; Output: string };

/** Fields are non-null unless they say otherwise; what crosses an upstream's boundary says otherwise. */
export const builder = new SchemaBuilder<{
  Context: Context;
  AuthScopes: { scope: ReadScope };
  Directives: {
    data: { locations: 'OBJECT' | 'INTERFACE' | 'FIELD_DEFINITION'; args: { class: DataClass } };
  };
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
  directives: { useGraphQLToolsUnorderedDirectives: true },
  // The first is the outermost: what is refused reaches no other.
  plugins: [ScopeAuthPlugin, rights, DirectivesPlugin, disclosure],
  scopeAuth: { authScopes: ({ viewer }) => ({ scope: (scope) => requireScope(viewer, scope) }) },
});

builder.queryType({ description: 'Reads over every configured upstream, joined.', directives: isPublic });
builder.mutationType({
  description:
    'Writes, each to one upstream. They run in the order given, and each reports for itself: one that is not done does not stop the next.',
  directives: isPublic,
});
