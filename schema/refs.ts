import type { Employee } from '../src/domain/employee.ts';
import type {
  JobQualification,
  JobRole,
  JobRoleAssignment,
  NaverItem,
  Organisation,
  Profession,
} from '../src/domain/organisation.ts';
import { builder } from './builder.ts';

/** Every entity's name and shape, so that the files that implement them never import each other. */
export const EmployeeRef = builder.objectRef<Employee>('Employee');
export const JobQualificationRef = builder.objectRef<JobQualification>('JobQualification');
export const ProfessionRef = builder.objectRef<Profession>('Profession');
export const JobRoleRef = builder.objectRef<JobRole>('JobRole');
export const JobRoleAssignmentRef = builder.objectRef<JobRoleAssignment>('JobRoleAssignment');
export const OrganisationRef = builder.objectRef<Organisation>('Organisation');
export const GradeRef = builder.objectRef<NaverItem>('Grade');
export const PositionRef = builder.objectRef<NaverItem>('Position');
