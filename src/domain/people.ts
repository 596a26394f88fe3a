import type { LocalizedText } from './locale.ts';

export type EmployeeStatus = 'ACTIVE' | 'UPCOMING' | 'DEACTIVATED';

/** What Lucca knows of a person. `jobPosition` and `employment` are the applicable ones: current, else next, else last. */
export type LuccaEmployee = {
  luccaId: string;
  remoteId: string | null;
  givenName: string | null;
  familyName: string | null;
  /** As Lucca spells it, trimmed. */
  email: string | null;
  employeeNumber: string | null;
  /** `--MM-DD`: Lucca keeps no year. Compared for suggestions, and never shown. */
  birthday: string | null;
  /** Null for a status that this client does not know. */
  status: EmployeeStatus | null;
  createdAt: string | null;
  jobPosition: Related<JobPosition> | null;
  employment: Related<Employment> | null;
};

/** A reference whose target came with it (embedded) or did not, and is then to be asked for by its id. */
export type Related<T> = { id: string; value: T | null };

export type JobPosition = { luccaId: string; jobTitle: string | null; jobQualificationId: string | null };

export type Employment = { luccaId: string; startsOn: string | null };

/** What NAVER WORKPLACE knows of a person. Rows made in its own screens may lack `externalKey`, `empId` or both. */
export type NaverPerson = {
  externalKey: string | null;
  empId: string | null;
  loginId: string | null;
  email: string | null;
  name: string | null;
  names: LocalizedText[];
  hiredOn: string | null;
  employeeNumber: string | null;
  /** `--MM-DD`, as Lucca's. */
  birthday: string | null;
  gradeKey: string | null;
  positionKey: string | null;
};

/** What Ctrl Hub knows of a person: a member of the organisation, or a user included with an assignment. */
export type CtrlHubUser = {
  ctrlHubId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
};

/** The identifier that names a NAVER row: its external key, else WORKPLACE's own employee key, else none. */
export const naverKeyOf = (person: NaverPerson): string | null => person.externalKey ?? person.empId;
