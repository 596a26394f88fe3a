import type { ArgBuilder, ObjectRef, SchemaTypes } from '@pothos/core';
import { open, type TypeDeclaration } from '../resolvers/declarations.ts';
import { entityTypes } from '../resolvers/entity-types.ts';
import { type Connection, defaultFirst, type Edge } from '../src/domain/connection.ts';
import type { NodeType } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';

type BuilderTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : SchemaTypes;

type PageInfo = {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
};

const PageInfoRef = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'The position of a page in its list (Relay cursor connections).',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'True if more rows follow: query again with `after: endCursor`.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'True if rows precede this page. Lists can only be paged forwards.',
    }),
    // Cursors of lists of people contain their ids.
    startCursor: t.exposeString('startCursor', { nullable: true, dataClass: 'PERSONAL' }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Pass it as `after` to get the next page.',
      dataClass: 'PERSONAL',
    }),
  }),
});

/** Adds `XConnection` and `XEdge` for an entity X. Call it beside the definition of X. They require the scopes of X. */
export function addConnection(type: NodeType): void {
  const { scope, dataClass, population } = entityTypes[type];
  addPage(type, type, { scope, dataClass, population });
}

/** Adds a connection and an edge type for any type. */
export function addPage(
  name: string,
  type: NodeType | ObjectRef<BuilderTypes, object>,
  { scope, dataClass, population }: TypeDeclaration,
) {
  const EdgeRef = builder.objectRef<Edge<object>>(`${name}Edge`).implement({
    description: `One ${name} and its position in the list.`,
    scope,
    dataClass,
    fields: (t) => ({
      node: t.field({ type, resolve: (it) => it.node }),
      cursor: t.exposeString('cursor', { description: 'Pass it as `after` to continue after this row.' }),
    }),
  });
  return builder.objectRef<Connection<object>>(`${name}Connection`).implement({
    description: `One page of a list of ${name}.`,
    scope,
    dataClass,
    population,
    fields: (t) => ({
      edges: t.field({ type: [EdgeRef], resolve: (it) => it.edges }),
      nodes: t.field({
        type: [type],
        description: 'The same as `edges { node }`.',
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.field({ type: PageInfoRef, resolve: toPageInfo }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description:
          'The number of rows on all pages. May cost an upstream request, which is only sent if this field is selected.',
      }),
    }),
  });
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
  first: arg.int({ defaultValue: defaultFirst, description: 'Page size, 1 to 100.' }),
  after: arg.string({ description: 'A cursor of the same list: same field, filter and order.' }),
});
