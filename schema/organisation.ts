import { organisationEntity } from '../resolvers/organisation.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { declaredBy } from './node.ts';

builder.objectType('Organisation', {
  description: 'An organisation to which a job role may belong. Owned by Ctrl Hub.',
  ...declaredBy(organisationEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('Organisation', organisationEntity.keyOf(row)) }),
    ctrlHubId: t.exposeString('ctrlHubId', { description: 'The id of the organisation in Ctrl Hub.' }),
    name: t.exposeString('name'),
    slug: t.exposeString('slug', { nullable: true }),
  }),
});
