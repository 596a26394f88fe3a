import { resource } from './resource.ts';
import { toEmployee, toEmployment, toJobPosition, toJobQualification, toProfession } from './to-domain.ts';
import {
  employeeReader,
  employmentReader,
  jobPositionReader,
  jobQualificationReader,
  professionReader,
} from './wire.ts';

export const employees = resource('employees', 'employees.readonly', employeeReader, toEmployee);
export const jobPositions = resource('job-positions', 'job-positions.readonly', jobPositionReader, (wire, _, shared) =>
  toJobPosition(wire, shared),
);
export const employments = resource('employments', 'employments.readonly', employmentReader, (wire, _, shared) =>
  toEmployment(wire, shared),
);
export const jobQualifications = resource(
  'job-qualifications',
  'job-qualifications.readonly',
  jobQualificationReader,
  toJobQualification,
);
export const professions = resource('professions', 'job-qualifications.readonly', professionReader, toProfession);
