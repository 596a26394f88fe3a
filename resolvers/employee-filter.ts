import { searchWords } from '../src/directory/search.ts';
import type { EmployeeFilter } from '../src/domain/filters.ts';
import type { EmployeeStatus } from '../src/domain/people.ts';
import { InputError } from '../src/errors.ts';
import type { Needs } from './needs.ts';
import { keyOfNode } from './node.ts';

export const conditionNeeds: Record<keyof EmployeeFilter, Needs> = {
  search: { requires: [], reads: [] },
  emails: { requires: [], reads: [] },
  status: { requires: [], reads: [] },
  gradeKeys: { requires: ['grades.readonly'], reads: ['people'] },
  positionKeys: { requires: ['positions.readonly'], reads: ['people'] },
  jobQualificationIds: { requires: ['job-qualifications.readonly'], reads: [] },
  professionIds: { requires: ['job-qualifications.readonly'], reads: ['jobQualifications'] },
  minRank: { requires: ['job-qualifications.readonly'], reads: ['jobQualifications'] },
  jobRoleIds: { requires: ['job-role-assignments.readonly', 'job-roles.readonly'], reads: ['members', 'assignments'] },
  assignmentType: { requires: ['job-role-assignments.readonly'], reads: ['members', 'assignments'] },
  hiredFrom: { requires: [], reads: ['people'] },
  hiredUntil: { requires: [], reads: ['people'] },
  hasGrade: { requires: ['grades.readonly'], reads: ['people'] },
  hasPosition: { requires: ['positions.readonly'], reads: ['people'] },
  hasJobQualification: { requires: ['job-qualifications.readonly'], reads: [] },
  hasJobRole: { requires: ['job-role-assignments.readonly'], reads: ['members', 'assignments'] },
};

/** A checked filter. Its values are keys of the upstreams, sorted and distinct. A missing member is no condition. */
export type CheckedFilter = {
  /** Search words in normal form. */
  search?: readonly string[];
  emails?: readonly string[];
  status?: readonly EmployeeStatus[];
  gradeKeys?: readonly string[];
  positionKeys?: readonly string[];
  jobQualificationIds?: readonly string[];
  professionIds?: readonly string[];
  minRank?: number;
  jobRoleIds?: readonly string[];
  assignmentType?: string;
  hiredFrom?: string;
  hiredUntil?: string;
  hasGrade?: boolean;
  hasPosition?: boolean;
  hasJobQualification?: boolean;
  hasJobRole?: boolean;
};

/** Throws an InputError that names the member. */
export function checkEmployeeFilter(filter: EmployeeFilter | null | undefined): CheckedFilter {
  const checked: CheckedFilter = {};
  if (filter == null) return checked;
  const values = <T extends string>(given: readonly T[]): T[] => [...new Set(given)].sort();
  const keys = (type: Parameters<typeof keyOfNode>[0], given: readonly string[], member: string) =>
    values(given.map((id) => keyOfNode(type, id, `filter.${member}`)));

  const words = filter.search == null ? [] : searchWords(notEndless(filter.search, 'search'));
  if (words.length > 0) checked.search = words;
  if (filter.emails != null) checked.emails = values(filter.emails);
  if (filter.status != null) checked.status = values(filter.status);
  if (filter.gradeKeys != null) checked.gradeKeys = values(filter.gradeKeys);
  if (filter.positionKeys != null) checked.positionKeys = values(filter.positionKeys);
  if (filter.jobQualificationIds != null) {
    checked.jobQualificationIds = keys('JobQualification', filter.jobQualificationIds, 'jobQualificationIds');
  }
  if (filter.professionIds != null) checked.professionIds = keys('Profession', filter.professionIds, 'professionIds');
  if (filter.minRank != null) checked.minRank = filter.minRank;
  if (filter.jobRoleIds != null) checked.jobRoleIds = keys('JobRole', filter.jobRoleIds, 'jobRoleIds');
  if (filter.assignmentType != null) checked.assignmentType = notBlank(filter.assignmentType, 'assignmentType');
  if (filter.hiredFrom != null) checked.hiredFrom = filter.hiredFrom;
  if (filter.hiredUntil != null) checked.hiredUntil = filter.hiredUntil;
  if (filter.hasGrade != null) checked.hasGrade = filter.hasGrade;
  if (filter.hasPosition != null) checked.hasPosition = filter.hasPosition;
  if (filter.hasJobQualification != null) checked.hasJobQualification = filter.hasJobQualification;
  if (filter.hasJobRole != null) checked.hasJobRole = filter.hasJobRole;
  return checked;
}

function notBlank(text: string, member: string): string {
  if (text.trim() !== '') return text;
  throw new InputError(
    `filter.${member}: expected a text, got a blank one. Leave the member out to have no condition.`,
  );
}

const longestSearch = 400;

function notEndless(text: string, member: string): string {
  if (text.length <= longestSearch) return text;
  throw new InputError(`filter.${member}: expected at most ${longestSearch} characters, got ${text.length}.`);
}

/** True for a filter with an empty list: a condition that nobody matches, in contrast to a missing one. */
export const matchesNobody = ({ search: _, ...filter }: CheckedFilter): boolean =>
  Object.values(filter).some((value) => Array.isArray(value) && value.length === 0);
