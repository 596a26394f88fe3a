import type { ArgBuilder, ObjectRef, SchemaTypes } from '@pothos/core';
import { type Connection, defaultFirst, type Edge } from '../src/domain/connection.ts';
import { builder } from './builder.ts';
import { type DataDirectives, isPersonal, isPublic } from './data-class.ts';

type BuilderTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : SchemaTypes;

type PageInfo = {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
};

const PageInfoRef = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'Where a page stands in its list (Relay cursor connections).',
  directives: isPublic,
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'More follows: ask again with `after: endCursor`.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Something precedes this page. Lists are paged forwards only.',
    }),
    // Cursors of lists of people hold their ids.
    startCursor: t.exposeString('startCursor', { nullable: true, directives: isPersonal }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Pass it as `after` for the next page.',
      directives: isPersonal,
    }),
  }),
});

/** `XConnection` and `XEdge` for an entity X. One call per entity. */
function connectionOf<T>(
  name: string,
  node: ObjectRef<BuilderTypes, T>,
  directives: DataDirectives,
): ObjectRef<BuilderTypes, Connection<T>> {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`);
  edge.implement({
    description: `One ${name} and its place in the list.`,
    directives,
    fields: (t) => ({
      node: t.field({ type: node, resolve: (it) => it.node as never }),
      cursor: t.exposeString('cursor', { description: 'Pass it as `after` to go on behind this place.' }),
    }),
  });
  const connection = builder.objectRef<Connection<T>>(`${name}Connection`);
  connection.implement({
    description: `A page of a list of ${name}.`,
    directives,
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: (it) => it.edges }),
      nodes: t.field({
        type: [node],
        description: 'The same as `edges { node }`.',
        resolve: (it) => it.edges.map((row) => row.node) as never,
      }),
      pageInfo: t.field({ type: PageInfoRef, resolve: toPageInfo }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description: 'Of all pages together. May cost an upstream request, and then only where it is selected.',
      }),
    }),
  });
  return connection;
}

function toPageInfo({ edges, hasNextPage, hasPreviousPage }: Connection<unknown>): PageInfo {
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/** The arguments of every connection field. */
export const pageArgs = (arg: ArgBuilder<BuilderTypes>) => ({
  first: arg.int({ defaultValue: defaultFirst, description: 'How many, 1 to 100.' }),
  after: arg.string({ description: 'A cursor of this very list: same field, filter and order.' }),
});

export { connectionOf };
