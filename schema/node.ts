import { node, nodes } from '../resolvers/nodes.ts';
import { readsOfNodes } from '../resolvers/reads.ts';
import { builder } from './builder.ts';
import { isPersonal, isPublic } from './data-class.ts';
import { readingBy } from './reading.ts';

export const NodeRef = builder.interfaceRef<object>('Node').implement({
  description:
    'Anything with an id of its own, by which it can be asked for again (Relay global object identification).',
  directives: isPublic,
  fields: (t) => ({
    id: t.id({
      description: 'Opaque; the same by every path and on every replica.',
      resolve: () => {
        throw new Error('Every type that implements Node gives its own id.');
      },
    }),
  }),
});

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    description: 'Any object by its id; null when it is gone.',
    directives: isPersonal,
    args: { id: t.arg.id({ required: true }) },
    extensions: readingBy(({ args }) => readsOfNodes([args.id])),
    resolve: node,
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    description: 'Objects of any types by their ids, in the order asked, read in one batch per type.',
    directives: isPersonal,
    args: { ids: t.arg.idList({ required: true }) },
    extensions: readingBy(({ args }) => readsOfNodes(Array.isArray(args.ids) ? args.ids : [])),
    resolve: nodes,
  }),
}));
