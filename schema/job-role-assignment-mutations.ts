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
      'The person and the job role to assign: exactly one of `employeeId` and `ctrlHubUserId`, and exactly one of `jobRoleId` and `ctrlHubRoleId`; else InvalidInputError.',
    fields: (t) => ({
      employeeId: t.id({ description: 'A person with a user in Ctrl Hub; NotFoundError for any other.' }),
      ctrlHubUserId: t.string({ description: "The user's id in Ctrl Hub." }),
      jobRoleId: t.id({ description: 'A job role that somebody already holds.' }),
      ctrlHubRoleId: t.string({ description: 'Any job role, including one that nobody holds yet.' }),
      type: t.string({ description: "Ctrl Hub's meta.type, such as `main_layer`; 1 to 100 characters." }),
    }),
  });

const CreateJobRoleAssignmentSuccessRef = builder
  .objectRef<CreateAssignmentSuccess>('CreateJobRoleAssignmentSuccess')
  .implement({
    description: 'The new assignment, as stored by Ctrl Hub.',
    scope: open,
    dataClass: 'PERSONAL',
    fields: (t) => ({ assignment: t.field({ type: 'JobRoleAssignment', resolve: ({ assignment }) => assignment }) }),
  });

const CreateJobRoleAssignmentResult = builder.unionType('CreateJobRoleAssignmentResult', {
  description: 'The new assignment, or the reason why none was created.',
  types: [CreateJobRoleAssignmentSuccessRef, NotFoundErrorRef, AlreadyExistsErrorRef, ...commonErrorRefs],
});

builder.mutationField('createJobRoleAssignment', (t) =>
  t.field({
    type: CreateJobRoleAssignmentResult,
    description:
      'Assigns a job role to a person in Ctrl Hub. Caution: Ctrl Hub can grant permissions to a job role, which the assignment then confers on the user. Ctrl Hub documents no way to remove an assignment.',
    dataClass: 'PERSONAL',
    args: { input: t.arg({ type: CreateJobRoleAssignmentInputRef, required: true }) },
    // The Ctrl Hub user of a person is known once all people are linked.
    reads: ({ args }) => (args.input.employeeId == null ? [] : peopleListNames),
    resolve: createJobRoleAssignment,
  }),
);
