import type { CreateAssignmentInput } from '../resolvers/assignment-input.ts';
import { open } from '../resolvers/declarations.ts';
import { type CreateAssignmentSuccess, createJobRoleAssignment } from '../resolvers/write-assignment.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { AlreadyExistsErrorRef, commonErrorRefs, NotFoundErrorRef } from './mutation-results.ts';

const CreateJobRoleAssignmentInputRef = builder
  .inputRef<CreateAssignmentInput>('CreateJobRoleAssignmentInput')
  .implement({
    description:
      'Who is to hold which job role: exactly one of `employeeId` and `ctrlHubUserId`, exactly one of `jobRoleId` and `ctrlHubRoleId`, else InvalidInputError.',
    fields: (t) => ({
      employeeId: t.id({ description: 'Somebody whom Ctrl Hub knows as well; NotFoundError for anybody else.' }),
      ctrlHubUserId: t.string(),
      jobRoleId: t.id({ description: 'A job role that somebody holds.' }),
      ctrlHubRoleId: t.string({ description: 'Any job role, also one that nobody holds yet.' }),
      type: t.string({ description: "Ctrl Hub's meta.type, such as `main_layer`; 1 to 100 characters." }),
    }),
  });

const CreateJobRoleAssignmentSuccessRef = builder
  .objectRef<CreateAssignmentSuccess>('CreateJobRoleAssignmentSuccess')
  .implement({
    description: 'The new assignment, as Ctrl Hub now has it.',
    scope: open,
    dataClass: 'PERSONAL',
    fields: (t) => ({ assignment: t.field({ type: 'JobRoleAssignment', resolve: (it) => it.assignment }) }),
  });

const CreateJobRoleAssignmentResult = builder.unionType('CreateJobRoleAssignmentResult', {
  description: 'The new assignment, or why there is none.',
  types: [CreateJobRoleAssignmentSuccessRef, NotFoundErrorRef, AlreadyExistsErrorRef, ...commonErrorRefs],
});

builder.mutationField('createJobRoleAssignment', (t) =>
  t.field({
    type: CreateJobRoleAssignmentResult,
    description:
      'Gives somebody a job role in Ctrl Hub. Mind that grants of permissions in Ctrl Hub may go to a job role: an assignment to it may then confer them on the user. Ctrl Hub documents no way to take an assignment back.',
    dataClass: 'PERSONAL',
    args: { input: t.arg({ type: CreateJobRoleAssignmentInputRef, required: true }) },
    // Whom Ctrl Hub takes a person for is known when everybody is.
    reads: ({ args }) => (args.input.employeeId == null ? [] : peopleListNames),
    resolve: createJobRoleAssignment,
  }),
);
