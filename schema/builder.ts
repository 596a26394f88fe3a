import SchemaBuilder from '@pothos/core';
import type { Context } from '../resolvers/context.ts';

export type TextScalar = { Input: string; Output: string };

/** Fields are non-null unless they say otherwise; what crosses an upstream's boundary says otherwise. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: TextScalar;
    DateTime: TextScalar;
    Date: TextScalar;
    EmailAddress: TextScalar;
    Locale: TextScalar;
  };
}>({ defaultFieldNullability: false });

builder.queryType({ description: 'Reads over every configured upstream, joined.' });
builder.mutationType({
  description:
    'Writes, each to one upstream. They run in the order given, and each reports for itself: one that is not done does not stop the next.',
});
