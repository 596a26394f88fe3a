import { connectionOf } from './connection.ts';
import { JobRoleAssignmentRef } from './refs.ts';

export const JobRoleAssignmentConnection = connectionOf('JobRoleAssignment', JobRoleAssignmentRef);
