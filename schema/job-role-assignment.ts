import { assignmentKey, employeeOf, jobRoleAssignments, roleOf } from '../resolvers/job-role-assignment.ts';
import { everybody, readsOfAssignments } from '../resolvers/reads.ts';
import type { JobRoleAssignmentFilter } from '../src/domain/filters.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { pageArgs } from './connection.ts';
import { isPersonal } from './data-class.ts';
import { JobRoleAssignmentConnection } from './job-role-assignment-connection.ts';
import { NodeRef } from './node.ts';
import { reading, readingBy } from './reading.ts';
import { EmployeeRef, JobRoleAssignmentRef, JobRoleRef } from './refs.ts';

JobRoleAssignmentRef.implement({
  description: 'Somebody holds a job role. Owned by Ctrl Hub.',
  interfaces: [NodeRef],
  directives: isPersonal,
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('JobRoleAssignment', assignmentKey(it)) }),
    ctrlHubId: t.exposeString('ctrlHubId'),
    type: t.exposeString('type', { nullable: true, description: "Ctrl Hub's meta.type, such as `main_layer`." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    employee: t.field({
      type: EmployeeRef,
      nullable: true,
      description: 'Who holds the role; to name them, Lucca is asked where it is configured.',
      extensions: reading(...everybody),
      resolve: employeeOf,
    }),
    role: t.field({
      type: JobRoleRef,
      nullable: true,
      description: 'Null when Ctrl Hub does not show the role.',
      extensions: reading('assignments'),
      resolve: roleOf,
    }),
  }),
});

const JobRoleAssignmentFilterInput = builder.inputRef<JobRoleAssignmentFilter>('JobRoleAssignmentFilter').implement({
  description: 'Conditions are ANDed, values of one condition are ORed; an empty list matches nothing.',
  fields: (t) => ({
    employeeIds: t.idList({ description: 'Ids of employees.' }),
    jobRoleIds: t.idList({ description: 'Ids of job roles.' }),
    type: t.string({ description: 'The type of the assignment, such as `main_layer`.' }),
  }),
});

builder.queryField('jobRoleAssignments', (t) =>
  t.field({
    type: JobRoleAssignmentConnection,
    nullable: true,
    description: 'The visible assignments of Ctrl Hub, in its own order.',
    directives: isPersonal,
    args: { ...pageArgs(t.arg), filter: t.arg({ type: JobRoleAssignmentFilterInput }) },
    extensions: readingBy(readsOfAssignments),
    resolve: jobRoleAssignments,
  }),
);
