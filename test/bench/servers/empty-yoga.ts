import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import { createYoga } from 'graphql-yoga';

/** Nothing but the engine: one field that answers a constant. What no Yoga server can be faster than. */
const builder = new SchemaBuilder({});
builder.queryType({ fields: (t) => ({ hello: t.string({ resolve: () => 'world' }) }) });
createServer(createYoga({ schema: builder.toSchema(), logging: false })).listen(Number(process.env.PORT), '127.0.0.1');
