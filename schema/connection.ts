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
  description: 'Where a page stands in its list (Relay cursor connections).',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'More follows: ask again with `after: endCursor`.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Something precedes this page. Lists are paged forwards only.',
    }),
    // Cursors of lists of people hold their ids.
    startCursor: t.exposeString('startCursor', { nullable: true, dataClass: 'PERSONAL' }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Pass it as `after` for the next page.',
      dataClass: 'PERSONAL',
    }),
  }),
});

/** Adds `XConnection` and `XEdge` for an entity X, whose own type it is called beside. They take what an X takes. */
export function addConnection(type: NodeType): void {
  const { scope, dataClass, population } = entityTypes[type];
  addPage(type, type, { scope, dataClass, population });
}

/** The same of any type. */
export function addPage(
  name: string,
  type: NodeType | ObjectRef<BuilderTypes, object>,
  { scope, dataClass, population }: TypeDeclaration,
) {
  const EdgeRef = builder.objectRef<Edge<object>>(`${name}Edge`).implement({
    description: `One ${name} and its place in the list.`,
    scope,
    dataClass,
    fields: (t) => ({
      node: t.field({ type, resolve: (it) => it.node }),
      cursor: t.exposeString('cursor', { description: 'Pass it as `after` to go on behind this place.' }),
    }),
  });
  return builder.objectRef<Connection<object>>(`${name}Connection`).implement({
    description: `A page of a list of ${name}.`,
    scope,
    dataClass,
    population,
    fields: (t) => ({
      edges: t.field({ type: [EdgeRef], resolve: (it) => it.edges }),
      nodes: t.field({
        type: [type],
        description: 'The same as `edges { node }`.',
        resolve: (it) => it.edges.map((row) => row.node),
      }),
      pageInfo: t.field({ type: PageInfoRef, resolve: toPageInfo }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description: 'Of all pages together. May cost an upstream request, and then only where it is selected.',
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
  first: arg.int({ defaultValue: defaultFirst, description: 'How many, 1 to 100.' }),
  after: arg.string({ description: 'A cursor of this very list: same field, filter and order.' }),
});
