import { assignmentsOfRole, jobRole, jobRoleEntity, jobRoles, organisationOf } from '../resolvers/job-role.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { declaredBy } from './node.ts';

builder.objectType('JobRole', {
  description:
    'A job role with the qualifications that it requires. Owned by Ctrl Hub, which has no list of roles: only roles with at least one visible assignment are known here.',
  ...declaredBy(jobRoleEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('JobRole', jobRoleEntity.keyOf(row)) }),
    ctrlHubId: t.exposeString('ctrlHubId', { description: 'The id of the job role in Ctrl Hub.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    type: t.exposeString('type', { nullable: true, description: "Ctrl Hub's job_role_type." }),
    requiredQualifications: t.exposeStringList('requiredQualifications', {
      description: 'Texts from Ctrl Hub: identifiers, codes or titles.',
    }),
    optionalQualifications: t.exposeStringList('optionalQualifications'),
    organisation: t.field({
      type: 'Organisation',
      nullable: true,
      reads: ['assignments'],
      resolve: organisationOf,
    }),
    assignments: t.field({
      type: 'JobRoleAssignmentConnection',
      nullable: true,
      description: 'The assignments of this role, oldest first.',
      dataClass: 'PERSONAL',
      args: {
        ...pageArgs(t.arg),
        type: t.arg.string({ description: 'Only assignments of this type, such as `main_layer`.' }),
      },
      isPartition: true,
      reads: ['assignments'],
      resolve: assignmentsOfRole,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Set once the role is deleted in Ctrl Hub. Its assignments may stay visible.',
    }),
  }),
});

addConnection('JobRole');

builder.queryFields((t) => ({
  jobRole: t.field({
    type: 'JobRole',
    nullable: true,
    description: 'A job role of Ctrl Hub. Null for a role without a visible assignment.',
    args: { id: t.arg.id({ required: true }) },
    reads: ['assignments'],
    resolve: jobRole,
  }),
  jobRoles: t.field({
    type: 'JobRoleConnection',
    nullable: true,
    description: 'The job roles of Ctrl Hub with a visible assignment, by name.',
    args: pageArgs(t.arg),
    reads: ['assignments'],
    resolve: jobRoles,
  }),
}));
