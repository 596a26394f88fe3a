import { toNodeId } from '../src/domain/node-id.ts';
import { isPublic } from './data-class.ts';
import { NodeRef } from './node.ts';
import { OrganisationRef } from './refs.ts';

OrganisationRef.implement({
  description: 'An organisation in Ctrl Hub, to which a job role may belong.',
  interfaces: [NodeRef],
  directives: isPublic,
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Organisation', it.ctrlHubId) }),
    ctrlHubId: t.exposeString('ctrlHubId'),
    name: t.exposeString('name'),
    slug: t.exposeString('slug', { nullable: true }),
  }),
});
