import { connectionOf } from './connection.ts';
import { isPersonal } from './data-class.ts';
import { JobRoleAssignmentRef } from './refs.ts';

export const JobRoleAssignmentConnection = connectionOf('JobRoleAssignment', JobRoleAssignmentRef, isPersonal);
