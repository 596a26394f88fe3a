import { builder } from './builder.ts';
import './scalars.ts';
import './upstream.ts';
import './node.ts';
import './employee.ts';
import './employee-queries.ts';
import './job-qualification.ts';
import './profession.ts';
import './job-role.ts';
import './job-role-assignment.ts';
import './organisation.ts';
import './grade.ts';
import './position.ts';
import './grade-mutations.ts';
import './position-mutations.ts';
import './job-role-assignment-mutations.ts';

export const schema = builder.toSchema();
