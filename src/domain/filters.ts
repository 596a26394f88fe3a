import type { EmployeeStatus } from './people.ts';
import type { Upstream } from './upstream.ts';

/** Conditions are ANDed, values of one condition are ORed; absent and null mean "no condition". */
export type EmployeeFilter = {
  search?: string | null | undefined;
  emails?: readonly string[] | null | undefined;
  status?: readonly EmployeeStatus[] | null | undefined;
  gradeKeys?: readonly string[] | null | undefined;
  positionKeys?: readonly string[] | null | undefined;
  jobQualificationIds?: readonly string[] | null | undefined;
  professionIds?: readonly string[] | null | undefined;
  minRank?: number | null | undefined;
  jobRoleIds?: readonly string[] | null | undefined;
  assignmentType?: string | null | undefined;
  /** Dates; the range includes both. */
  hiredFrom?: string | null | undefined;
  hiredUntil?: string | null | undefined;
  /** True: has any. False: has none. */
  hasGrade?: boolean | null | undefined;
  hasPosition?: boolean | null | undefined;
  hasJobQualification?: boolean | null | undefined;
  hasJobRole?: boolean | null | undefined;
};

export type EmployeeSortKey = 'FAMILY_NAME' | 'CREATED_AT' | 'GRADE' | 'POSITION' | 'HIRED_ON';
export type EmployeeOrder = `${EmployeeSortKey}_${'ASC' | 'DESC'}`;

/** Exactly one member is set. */
export type EmployeeBy = {
  id?: string | null | undefined;
  email?: string | null | undefined;
  luccaId?: string | null | undefined;
  ctrlHubId?: string | null | undefined;
  naverExternalKey?: string | null | undefined;
};

/** A record as a row of the mapping file names it. */
export type RecordKey = { upstream: Upstream; mappingKey: string };
export type RecordPair = { one: RecordKey; other: RecordKey };

export type JobQualificationFilter = {
  ranks?: readonly number[] | null | undefined;
  professionIds?: readonly string[] | null | undefined;
};

export type JobRoleAssignmentFilter = {
  employeeIds?: readonly string[] | null | undefined;
  jobRoleIds?: readonly string[] | null | undefined;
  type?: string | null | undefined;
};
