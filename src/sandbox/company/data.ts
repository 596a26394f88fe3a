/**
 * The stored data of each emulator: its resources without URLs, envelopes and computed members, which the emulator adds to
 * replies. Plain mutable data, so that a test may change the company while an emulator runs.
 */
export type LuccaData = {
  employees: LuccaEmployeeRow[];
  employments: { id: string; employeeId: string; startsOn: string; endsOn: string | null }[];
  jobPositions: LuccaJobPositionRow[];
  jobQualifications: LuccaJobQualificationRow[];
  professions: { id: string; title: string; isArchived: boolean; titles: Record<string, string> }[];
};

export type LuccaEmployeeRow = {
  id: string;
  remoteId: string | null;
  givenName: string;
  familyName: string;
  email: string | null;
  employeeNumber: string | null;
  /** Default: none. */
  birthDay?: { day: number; month: number };
  createdAt: string;
  lastUpdatedAt: string;
};

export type LuccaJobPositionRow = {
  id: string;
  employeeId: string;
  employmentId: string;
  startsOn: string;
  jobTitle: string | null;
  jobQualificationId: string | null;
  departmentId: string;
};

export type LuccaJobQualificationRow = {
  id: string;
  title: string;
  professionId: string;
  rank: number;
  /** Language tag in Lucca's form (fr-FR, or a bare fr) to translated title. */
  titles: Record<string, string>;
  createdAt: string;
  lastUpdatedAt: string;
};

export type CtrlHubData = {
  organisations: { id: string; name: string; slug: string; description: string }[];
  users: { id: string; email: string; firstName: string; lastName: string; organisationIds: string[] }[];
  jobRoles: CtrlHubJobRoleRow[];
  assignments: { id: string; userId: string; roleId: string; type: string | null; createdAt: string }[];
};

export type CtrlHubJobRoleRow = {
  id: string;
  name: string;
  description: string;
  jobRoleType: string;
  required: string[];
  optional: string[];
  organisationId: string | null;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
};

export type NaverData = {
  companyId: string;
  grades: NaverItemRow[];
  jobs: NaverItemRow[];
  employees: NaverEmployeeRow[];
};

/** A grade or a job, which have the same shape. */
export type NaverItemRow = {
  externalKey: string | null;
  name: string;
  i18nNames: Record<string, string>;
  sortOrder: number;
  itemUsed: boolean;
};

export type NaverEmployeeRow = {
  externalKey: string | null;
  empId: string | null;
  loginId: string;
  emailAddress: string | null;
  name: string;
  i18nNames: Record<string, string>;
  /** Hire date, yyyy-MM-dd; real rows may hold '' or null. */
  employYmd: string | null;
  empNo: string | null;
  /** `yyyy-MM-dd`; default: none. */
  birthYmd?: string;
  gradeExternalKey: string | null;
  jobExternalKey: string | null;
  deptExternalKey: string;
};

export type Company = { lucca: LuccaData; ctrlHub: CtrlHubData; naver: NaverData };
