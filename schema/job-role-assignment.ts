import {
  employeeOf,
  jobRoleAssignmentEntity,
  jobRoleAssignments,
  readsOfAssignments,
  roleOf,
  scopesForAssignments,
} from '../resolvers/job-role-assignment.ts';
import type { JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { declaredBy } from './node.ts';

builder.objectType('JobRoleAssignment', {
  description: 'The assignment of a job role to a person. Owned by Ctrl Hub.',
  ...declaredBy(jobRoleAssignmentEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('JobRoleAssignment', jobRoleAssignmentEntity.keyOf(row)) }),
    ctrlHubId: t.exposeString('ctrlHubId', { description: 'The id of the assignment in Ctrl Hub.' }),
    type: t.exposeString('type', { nullable: true, description: "Ctrl Hub's meta.type, such as `main_layer`." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    employee: t.field({
      type: 'Employee',
      nullable: true,
      description: 'The person who holds the role. Reads Lucca too, if it is configured, because Lucca leads.',
      reads: peopleListNames,
      resolve: employeeOf,
    }),
    role: t.field({
      type: 'JobRole',
      nullable: true,
      description: 'Null if Ctrl Hub does not show the role.',
      reads: ['assignments'],
      resolve: roleOf,
    }),
  }),
});

addConnection('JobRoleAssignment');

const JobRoleAssignmentFilterInput = builder.inputRef<JobRoleAssignmentFilter>('JobRoleAssignmentFilter').implement({
  description: 'Conditions are ANDed. Values of one condition are ORed. An empty list matches nothing.',
  fields: (t) => ({
    employeeIds: t.idList({ description: 'Ids of employees.' }),
    jobRoleIds: t.idList({ description: 'Ids of job roles.' }),
    type: t.string({ description: 'The type of the assignment, such as `main_layer`.' }),
  }),
});

builder.queryField('jobRoleAssignments', (t) =>
  t.field({
    type: 'JobRoleAssignmentConnection',
    nullable: true,
    description: 'The visible assignments of Ctrl Hub, oldest first.',
    dataClass: 'PERSONAL',
    args: { ...pageArgs(t.arg), filter: t.arg({ type: JobRoleAssignmentFilterInput }) },
    requires: scopesForAssignments,
    reads: readsOfAssignments,
    resolve: jobRoleAssignments,
  }),
);
