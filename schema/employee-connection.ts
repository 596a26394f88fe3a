import { connectionOf } from './connection.ts';
import { isPersonal } from './data-class.ts';
import { EmployeeRef } from './refs.ts';

export const EmployeeConnection = connectionOf('Employee', EmployeeRef, isPersonal);
