import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeFilter } from '../src/domain/filters.ts';
import type { EmployeeStatus } from '../src/domain/people.ts';
import { foldEmail, toText } from '../src/domain/text.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';
import { familyNameOf, givenNameOf } from './names.ts';
import { keyOfNode } from './node.ts';

/** A filter whose values are keys of the upstreams, sorted and each once. A member that is missing is no condition. */
export type CheckedFilter = {
  search?: string;
  /** As they were spelled: Lucca can be asked for an address in its own spelling only. */
  emails?: readonly string[];
  status?: readonly EmployeeStatus[];
  gradeKeys?: readonly string[];
  positionKeys?: readonly string[];
  jobQualificationIds?: readonly string[];
  professionIds?: readonly string[];
  minRank?: number;
  jobRoleIds?: readonly string[];
  assignmentType?: string;
};

/** Throws InputError that names the member. */
export function checkEmployeeFilter(filter: EmployeeFilter | null | undefined): CheckedFilter {
  const checked: CheckedFilter = {};
  if (filter == null) return checked;
  const values = <T extends string>(given: readonly T[]): T[] => [...new Set(given)].sort();
  const keys = (type: Parameters<typeof keyOfNode>[0], given: readonly string[], member: string) =>
    values(given.map((id) => keyOfNode(type, id, `filter.${member}`)));

  if (filter.search != null) checked.search = notEndless(notBlank(filter.search, 'search'), 'search');
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
  return checked;
}

function notBlank(text: string, member: string): string {
  if (toText(text) === null || (member === 'search' && wordsOf(text).length === 0)) {
    throw new InputError(
      `filter.${member}: expected at least one word, got none. Leave the member out to have no condition.`,
    );
  }
  return text;
}

/** Encoded it still fits one request beside the other conditions. */
const longestSearch = 400;

function notEndless(text: string, member: string): string {
  if (text.length <= longestSearch) return text;
  throw new InputError(`filter.${member}: expected at most ${longestSearch} characters, got ${text.length}.`);
}

/** A list of nothing is a condition that nobody fulfils, not a missing one. */
export const matchesNobody = (filter: CheckedFilter): boolean =>
  Object.values(filter).some((value) => Array.isArray(value) && value.length === 0);

export const asksNaver = ({ gradeKeys, positionKeys }: CheckedFilter): boolean =>
  gradeKeys !== undefined || positionKeys !== undefined;

export const asksCtrlHub = ({ jobRoleIds, assignmentType }: CheckedFilter): boolean =>
  jobRoleIds !== undefined || assignmentType !== undefined;

/** The conditions that the leading record alone decides. Throws UPSTREAM_NOT_CONFIGURED for a status without Lucca. */
export function matchesRecord(
  { emails, status, search }: CheckedFilter,
  { loaders }: Context,
): (employee: Employee) => boolean {
  if (status !== undefined) loaders.upstreams.client('LUCCA');
  const wanted = search === undefined ? [] : wordsOf(search);
  const addresses = emails && new Set(emails.map(foldEmail));
  return (employee) => {
    const { leads, record } = employee;
    if (addresses !== undefined && (record.email === null || !addresses.has(foldEmail(record.email)))) return false;
    if (status !== undefined && !(leads === 'LUCCA' && record.status !== null && status.includes(record.status))) {
      return false;
    }
    if (wanted.length === 0) return true;
    const words = wordsOf([givenNameOf(employee), familyNameOf(employee), unsplitNameOf(employee)].join(' '));
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
}

/** NAVER keeps one name, of given and family name in any order. */
const unsplitNameOf = ({ leads, record }: Employee): string | null => (leads === 'NAVER' ? record.name : null);

/** As Lucca divides names into words: at spaces, hyphens, underscores, commas and full stops. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\-_,.]+/u)
    .filter((it) => it !== '');
