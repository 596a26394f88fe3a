import type { Entity } from '../resolvers/entity.ts';
import { node, nodes, readsOfIds, typesOfIds } from '../resolvers/nodes.ts';
import { builder } from './builder.ts';

const NodeRef = builder.interfaceRef<object>('Node').implement({
  description:
    'Anything with an id of its own, by which it can be asked for again (Relay global object identification).',
  dataClass: 'PUBLIC',
  fields: (t) => ({
    id: t.id({
      description: 'Opaque; the same by every path and on every replica.',
      resolve: () => {
        throw new Error('Every type that implements Node gives its own id.');
      },
    }),
  }),
});

/** For the options of its object type. */
export const declaredBy = ({ scope, dataClass }: Entity<object>) => ({ interfaces: [NodeRef], scope, dataClass });

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    description: 'Any object by its id; null when it is gone.',
    dataClass: 'PERSONAL',
    args: { id: t.arg.id({ required: true }) },
    reads: ({ args }) => readsOfIds([args.id]),
    shows: ({ id }) => typesOfIds([id]),
    resolve: node,
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    description: 'Objects of any types by their ids, at most 1,000, in the order asked.',
    dataClass: 'PERSONAL',
    args: { ids: t.arg.idList({ required: true }) },
    reads: ({ args }) => readsOfIds(args.ids),
    shows: ({ ids }) => typesOfIds(ids),
    batch: 'ids',
    resolve: nodes,
  }),
}));
