import { batchedQueries } from '../resolvers/batched-queries.ts';
import { open } from '../resolvers/declarations.ts';
import { entities, readsOfRepresentations, typesOfRepresentations } from '../resolvers/entities.ts';
import { nodeTypes } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';

// What the specification of Apollo Federation asks of a subgraph. Fields like any other, because rights, classes of data
// and masked errors hold for them too: @pothos/plugin-federation adds them behind the plugins' backs, and by it one
// unknown type fails all representations.

const AnyScalar = builder.scalarType('_Any', {
  description: 'Apollo Federation: `__typename` of an entity, and the fields of one of its keys.',
  serialize: (value) => value,
});

const EntityUnion = builder.unionType('_Entity', {
  description: 'Apollo Federation: what other subgraphs may refer to.',
  types: [...nodeTypes],
});

const Service = builder.objectRef<{ sdl: string }>('_Service').implement({
  description: 'Apollo Federation: this subgraph.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({ sdl: t.exposeString('sdl', { description: 'Its schema, to be composed with others.' }) }),
});

builder.queryFields((t) => ({
  _entities: t.field({
    type: [EntityUnion],
    nullable: { list: false, items: true },
    description:
      'Apollo Federation: entities by their keys, at most 1,000, in the order asked. Null with an error for what is not there; null without one where the key is null.',
    dataClass: 'PERSONAL',
    args: {
      representations: t.arg({ type: [AnyScalar], required: true, description: 'Of any types, by any of their keys.' }),
    },
    reads: ({ args }) => readsOfRepresentations(args.representations),
    shows: ({ representations }) => typesOfRepresentations(representations),
    batch: 'representations',
    resolve: entities,
  }),
  _service: t.field({
    type: Service,
    description: 'Apollo Federation: for whoever composes the supergraph.',
    resolve: (_, __, { subgraphSdl }) => ({ sdl: subgraphSdl.federation() }),
  }),
  _sdl: t.string({
    description: 'Schema stitching: the schema with the directives of @graphql-tools/stitching-directives.',
    resolve: (_, __, { subgraphSdl }) => subgraphSdl.stitching(),
  }),
}));

/** Fields of Query that only gateways ask for. */
export const gatewayFields: readonly string[] = [
  '_entities',
  '_service',
  '_sdl',
  ...batchedQueries.map(({ name }) => name),
];
/** And types. */
export const subgraphTypes = ['_Any', '_Entity', '_Service'];
