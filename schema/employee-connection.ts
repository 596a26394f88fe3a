import { connectionOf } from './connection.ts';
import { EmployeeRef } from './refs.ts';

export const EmployeeConnection = connectionOf('Employee', EmployeeRef);
