import type { LocalizedText } from './locale.ts';

export type EmployeeStatus = 'ACTIVE' | 'UPCOMING' | 'DEACTIVATED';

/** Lucca's record of a person. `jobPosition` and `employment` are the applicable ones: current, next, or last. */
export type LuccaEmployee = {
  luccaId: string;
  remoteId: string | null;
  givenName: string | null;
  familyName: string | null;
  /** Spelled as in Lucca, trimmed. */
  email: string | null;
  employeeNumber: string | null;
  /** `--MM-DD`: Lucca stores no year. Only compared for link suggestions, never shown. */
  birthday: string | null;
  /** Null for a status that this client does not know. */
  status: EmployeeStatus | null;
  createdAt: string | null;
  jobPosition: Related<JobPosition> | null;
  employment: Related<Employment> | null;
};

/** A reference to another row. `value` is null if the row was not embedded and has to be fetched by id. */
export type Related<T> = { id: string; value: T | null };

export type JobPosition = { luccaId: string; jobTitle: string | null; jobQualificationId: string | null };

export type Employment = { luccaId: string; startsOn: string | null };

/** NAVER WORKPLACE's record of a person. Rows created in its own screens may lack `externalKey`, `empId` or both. */
export type NaverPerson = {
  externalKey: string | null;
  empId: string | null;
  loginId: string | null;
  email: string | null;
  name: string | null;
  names: LocalizedText[];
  hiredOn: string | null;
  employeeNumber: string | null;
  /** `--MM-DD`, as in Lucca. */
  birthday: string | null;
  gradeKey: string | null;
  positionKey: string | null;
};

/** Ctrl Hub's record of a person: a member of the organisation, or a user included with an assignment. */
export type CtrlHubUser = {
  ctrlHubId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
};

/** The key of a NAVER row: its external key, else WORKPLACE's own employee key, else null. */
export const naverKeyOf = (person: NaverPerson): string | null => person.externalKey ?? person.empId;
