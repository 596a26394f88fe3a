import { assignmentsOfRole, jobRole, jobRoles, organisationOf } from '../resolvers/job-role.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { isPersonal, isPublic } from './data-class.ts';
import { JobRoleAssignmentConnection } from './job-role-assignment-connection.ts';
import { NodeRef } from './node.ts';
import { reading } from './reading.ts';
import { JobRoleRef, OrganisationRef } from './refs.ts';

JobRoleRef.implement({
  description:
    'A job role of Ctrl Hub, with the qualifications that it asks for. Ctrl Hub publishes no list of roles: known here are those with at least one visible assignment.',
  interfaces: [NodeRef],
  directives: isPublic,
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('JobRole', it.ctrlHubId) }),
    ctrlHubId: t.exposeString('ctrlHubId'),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    type: t.exposeString('type', { nullable: true, description: "Ctrl Hub's job_role_type." }),
    requiredQualifications: t.exposeStringList('requiredQualifications', {
      description: 'As Ctrl Hub writes them: identifiers, codes or titles.',
    }),
    optionalQualifications: t.exposeStringList('optionalQualifications'),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      extensions: reading('assignments'),
      resolve: organisationOf,
    }),
    assignments: t.field({
      type: JobRoleAssignmentConnection,
      nullable: true,
      description: 'Who holds it, the oldest assignment first.',
      directives: isPersonal,
      args: {
        ...pageArgs(t.arg),
        type: t.arg.string({ description: 'Only assignments of this type, such as `main_layer`.' }),
      },
      extensions: reading('assignments'),
      resolve: assignmentsOfRole,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Set once the role is deleted in Ctrl Hub; assignments to it may stay visible.',
    }),
  }),
});

const JobRoleConnection = connectionOf('JobRole', JobRoleRef, isPublic);

builder.queryFields((t) => ({
  jobRole: t.field({
    type: JobRoleRef,
    nullable: true,
    description: 'A job role of Ctrl Hub. Null for a role without a visible assignment.',
    args: { id: t.arg.id({ required: true }) },
    extensions: reading('assignments'),
    resolve: jobRole,
  }),
  jobRoles: t.field({
    type: JobRoleConnection,
    nullable: true,
    description: 'The job roles of Ctrl Hub that somebody visible holds, by name.',
    args: pageArgs(t.arg),
    extensions: reading('assignments'),
    resolve: jobRoles,
  }),
}));
