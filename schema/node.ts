import type { Entity } from '../resolvers/entity.ts';
import { node, nodes, readsOfIds, typesOfIds } from '../resolvers/nodes.ts';
import { builder } from './builder.ts';

const NodeRef = builder.interfaceRef<object>('Node').implement({
  description: 'An object with an id, by which it can be fetched again (Relay global object identification).',
  dataClass: 'PUBLIC',
  fields: (t) => ({
    id: t.id({
      description: 'Opaque; the same by every path in the graph and on every replica.',
      resolve: () => {
        throw new Error('Every type that implements Node gives its own id.');
      },
    }),
  }),
});

/** Options for the object type of an entity. */
export const declaredBy = ({ scope, dataClass }: Entity<object>) => ({ interfaces: [NodeRef], scope, dataClass });

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    description: 'Any object by its id; null if it no longer exists.',
    dataClass: 'PERSONAL',
    args: { id: t.arg.id({ required: true }) },
    reads: ({ args }) => readsOfIds([args.id]),
    shows: ({ id }) => typesOfIds([id]),
    resolve: node,
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    description: 'Objects of any types by their ids, at most 1,000, in the order of the ids.',
    dataClass: 'PERSONAL',
    args: { ids: t.arg.idList({ required: true }) },
    reads: ({ args }) => readsOfIds(args.ids),
    shows: ({ ids }) => typesOfIds(ids),
    batch: 'ids',
    resolve: nodes,
  }),
}));
