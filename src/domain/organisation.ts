import type { LocalizedText } from './locale.ts';

/** Lucca: a profession at a rank. */
export type JobQualification = {
  luccaId: string;
  title: string;
  titles: LocalizedText[];
  rank: number;
  professionId: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  version: string;
};

/** Lucca. */
export type Profession = { luccaId: string; title: string; titles: LocalizedText[]; isArchived: boolean };

/** Ctrl Hub. The qualifications are opaque texts: identifiers, codes or titles. */
export type JobRole = {
  ctrlHubId: string;
  name: string;
  description: string | null;
  type: string | null;
  requiredQualifications: string[];
  optionalQualifications: string[];
  organisationId: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  deletedAt: string | null;
};

/** Ctrl Hub: a user holds a role. */
export type JobRoleAssignment = {
  ctrlHubId: string;
  type: string | null;
  createdAt: string | null;
  userId: string;
  roleId: string;
};

/** Ctrl Hub. */
export type Organisation = { ctrlHubId: string; name: string; slug: string | null };

/** NAVER WORKPLACE grade (직급) or job position (직책): the two share their shape. */
export type NaverItem = {
  externalKey: string;
  name: string;
  names: LocalizedText[];
  sortOrder: number | null;
  isActive: boolean;
  version: string;
};
