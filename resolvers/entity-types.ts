import type { NodeType } from '../src/domain/node-id.ts';
import type { Entity } from './entity.ts';
import { employeeEntity } from './find-employee.ts';
import { jobQualificationEntity } from './job-qualification.ts';
import { jobRoleEntity } from './job-role.ts';
import { jobRoleAssignmentEntity } from './job-role-assignment.ts';
import { gradeEntity, positionEntity } from './naver-item.ts';
import { organisationEntity } from './organisation.ts';
import { professionEntity } from './profession.ts';

/** All types whose objects have an id, with their declarations. */
export const entityTypes = {
  Employee: employeeEntity,
  JobQualification: jobQualificationEntity,
  Profession: professionEntity,
  JobRole: jobRoleEntity,
  JobRoleAssignment: jobRoleAssignmentEntity,
  Organisation: organisationEntity,
  Grade: gradeEntity,
  Position: positionEntity,
} satisfies Record<NodeType, Entity<object>>;

/** The parent object of a type's resolvers. */
export type ObjectOf<Type extends NodeType> = (typeof entityTypes)[Type] extends Entity<infer Row> ? Row : never;
