import { batchedQueries } from '../resolvers/batched-queries.ts';
import { open } from '../resolvers/declarations.ts';
import { entities, readsOfRepresentations, typesOfRepresentations } from '../resolvers/entities.ts';
import { nodeTypes } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';

// The fields that the Apollo Federation specification requires of a subgraph. They are built like any other field, so
// that authorisation, data classes and error masking apply to them. @pothos/plugin-federation is not used: it adds
// these fields without running the plugins, and one unknown type fails all representations.

const AnyScalar = builder.scalarType('_Any', {
  description: 'Apollo Federation: `__typename` of an entity, and the fields of one of its keys.',
  serialize: (value) => value,
});

const EntityUnion = builder.unionType('_Entity', {
  description: 'Apollo Federation: the types that other subgraphs can refer to.',
  types: [...nodeTypes],
});

const Service = builder.objectRef<{ sdl: string }>('_Service').implement({
  description: 'Apollo Federation: this subgraph.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({ sdl: t.exposeString('sdl', { description: 'The schema, for composition with others.' }) }),
});

builder.queryFields((t) => ({
  _entities: t.field({
    type: [EntityUnion],
    nullable: { list: false, items: true },
    description:
      'Apollo Federation: entities by their keys, at most 1,000, in the order of the representations. Null with an error for an unknown key; null without an error for a null key.',
    dataClass: 'PERSONAL',
    args: {
      representations: t.arg({
        type: [AnyScalar],
        required: true,
        description: 'Entities of any types, by any of their keys.',
      }),
    },
    reads: ({ args }) => readsOfRepresentations(args.representations),
    shows: ({ representations }) => typesOfRepresentations(representations),
    batch: 'representations',
    resolve: entities,
  }),
  _service: t.field({
    type: Service,
    description: 'Apollo Federation: this subgraph, for the composition of a supergraph.',
    resolve: (_, __, { subgraphSdl }) => ({ sdl: subgraphSdl.federation() }),
  }),
  _sdl: t.string({
    description: 'Schema stitching: the schema with the directives of @graphql-tools/stitching-directives.',
    resolve: (_, __, { subgraphSdl }) => subgraphSdl.stitching(),
  }),
}));

/** Fields of Query that only gateways use. */
export const gatewayFields: readonly string[] = [
  '_entities',
  '_service',
  '_sdl',
  ...batchedQueries.map(({ name }) => name),
];
/** Types that only gateways use. */
export const subgraphTypes = ['_Any', '_Entity', '_Service'];
