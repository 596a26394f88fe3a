import type { JobRoleAssignment } from '../src/domain/organisation.ts';
import { isGranted } from '../src/domain/scopes.ts';
import { ConflictError, NotFoundError as NotFoundInput } from '../src/errors.ts';
import { type CheckedAssignment, type CreateAssignmentInput, checkAssignment } from './assignment-input.ts';
import type { Context } from './context.ts';
import { jobRoleAssignmentEntity } from './job-role-assignment.ts';
import {
  type AlreadyExistsError,
  alreadyExists,
  type CommonError,
  invalidInput,
  missingScope,
  type NotFoundError,
  notFound,
} from './mutation-results.ts';
import { perform, type Sent } from './write.ts';

export type CreateAssignmentSuccess = {
  __typename: 'CreateJobRoleAssignmentSuccess';
  assignment: JobRoleAssignment;
};

export type CreateAssignmentResult = CreateAssignmentSuccess | NotFoundError | AlreadyExistsError | CommonError;

const write = {
  action: 'createJobRoleAssignment',
  type: 'JobRoleAssignment',
  key: null,
  scope: 'job-role-assignments.readwrite',
  invalidates: [],
  mayChange: ['assignments'],
} as const;

export const createJobRoleAssignment = (
  _: unknown,
  { input }: { input: CreateAssignmentInput },
  context: Context,
): Promise<CreateAssignmentResult> =>
  perform(write, checkAssignment(input), context, async (checked) => {
    const { holder, role, type } = checked;
    // Whether a person with this id exists, and which Ctrl Hub user they are, is only for callers who may see people.
    if (holder.member === 'employeeId' && !isGranted(context.viewer.scopes, 'employees.readonly')) {
      return { result: missingScope('employees.readonly'), key: `${holder.key}/${role.key}` };
    }
    const ctrlHub = context.loaders.upstreams.client('CTRL_HUB');
    const userId = holder.member === 'ctrlHubUserId' ? holder.key : await userIdOf(holder.key, context);
    if (typeof userId !== 'string') return { result: userId, key: `${holder.key}/${role.key}` };
    const outcome = await ctrlHub.createAssignment({ userId, roleId: role.key, type });
    const sent = (result: CreateAssignmentResult): Sent<CreateAssignmentResult> => ({
      result,
      key: `${userId}/${role.key}`,
    });
    switch (outcome.outcome) {
      case 'DONE':
        await context.loaders.addAssignments(outcome.value.list);
        return {
          result: { __typename: 'CreateJobRoleAssignmentSuccess', assignment: outcome.value.assignment },
          traceId: outcome.traceId,
          key: jobRoleAssignmentEntity.keyOf(outcome.value.assignment),
        };
      case 'ALREADY_EXISTS':
        await context.loaders.addAssignments(outcome.list);
        return sent(
          alreadyExists(role.member, `${role.member}: the user already holds this job role, with the same type.`),
        );
      case 'NOT_FOUND':
        return sent(
          notFound(`${holder.member}, ${role.member}: Ctrl Hub has no such user, or no such job role (any more).`),
        );
      case 'FAULTY':
        return sent(invalidInput(faultsOf(outcome.faults, checked)));
    }
  });

/**
 * Ctrl Hub's user of a person, or the error for which nothing is written. An assignment can confer permissions and must
 * not go to the wrong user, so a person with a contested link gets none.
 */
async function userIdOf(personKey: string, { loaders }: Context): Promise<string | NotFoundError> {
  const view = await loaders.view();
  try {
    const employee = view.byIdentifier(personKey);
    if (employee === null) return notFound('employeeId: there is nobody with this id.');
    const link = view.linkOf(employee, 'CTRL_HUB');
    return link?.record.ctrlHubId ?? notFound('employeeId: no user of Ctrl Hub is linked to this person.');
  } catch (error) {
    if (error instanceof NotFoundInput) return notFound(`employeeId: ${error.message}`);
    if (error instanceof ConflictError) return notFound(`employeeId: ${error.message}`);
    throw error;
  }
}

function faultsOf(
  faults: readonly { member: 'user' | 'role' | 'type' | null; message: string }[],
  { holder, role }: CheckedAssignment,
) {
  const memberOf = { user: holder.member, role: role.member, type: 'type' } as const;
  return faults.map(({ member, message }) => ({ path: member === null ? [] : [memberOf[member]], message }));
}
