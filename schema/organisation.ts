import { organisationEntity } from '../resolvers/organisation.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { declaredBy } from './node.ts';

builder.objectType('Organisation', {
  description: 'An organisation in Ctrl Hub, to which a job role may belong.',
  ...declaredBy(organisationEntity),
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Organisation', organisationEntity.keyOf(it)) }),
    ctrlHubId: t.exposeString('ctrlHubId'),
    name: t.exposeString('name'),
    slug: t.exposeString('slug', { nullable: true }),
  }),
});
