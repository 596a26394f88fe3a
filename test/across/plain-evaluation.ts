import type { Company } from '../../src/sandbox/company/data.ts';
import { plainEmail } from '../directory/oracle-normal-form.ts';
import { employmentOf, jobPositionOf, statusOf } from '../helpers/truth.ts';
import { allSystems, byName, compareIds, everybody, type PlainPerson, type System } from './plain-people.ts';

/** A filter by the upstreams' own keys. A member that is missing is no condition; one without values matches nobody. */
export type PlainFilter = {
  search?: string;
  emails?: string[];
  status?: string[];
  gradeKeys?: string[];
  positionKeys?: string[];
  jobQualificationIds?: string[];
  professionIds?: string[];
  minRank?: number;
  jobRoleIds?: string[];
  assignmentType?: string;
  hasGrade?: boolean;
  hasPosition?: boolean;
  hasJobQualification?: boolean;
  hasJobRole?: boolean;
};

export type Order =
  | 'FAMILY_NAME_ASC'
  | 'FAMILY_NAME_DESC'
  | 'CREATED_AT_ASC'
  | 'CREATED_AT_DESC'
  | 'GRADE_ASC'
  | 'GRADE_DESC'
  | 'POSITION_ASC'
  | 'POSITION_DESC'
  | 'HIRED_ON_ASC'
  | 'HIRED_ON_DESC';

/** Lucca's ids, or the identifiers of whichever system leads, of the people whom the filter matches, in order. */
export const evaluate = (
  company: Company,
  filter: PlainFilter,
  order: Order,
  systems: readonly System[] = allSystems,
): string[] => {
  const people = everybody(company, systems).filter((it) => it.leads === systems[0] && matches(it, filter, company));
  return inOrder(people, order, company).map((it) => it[it.leads] ?? '(none)');
};

/** A contested record counts for nobody. */
function matches({ names, email, rows, contested }: PlainPerson, filter: PlainFilter, company: Company): boolean {
  const address = plainEmail(email);
  const isAsked = (emails: string[]) => address !== null && emails.some((it) => plainEmail(it) === address);
  const position = rows.lucca && jobPositionOf(company, rows.lucca);
  return (
    wordsOf(filter.search ?? '').every((start) => wordsOf(names.join(' ')).some((word) => word.startsWith(start))) &&
    (filter.emails === undefined || isAsked(filter.emails)) &&
    isAmong(filter.status, rows.lucca && statusOf(company, rows.lucca)) &&
    isAmong(filter.gradeKeys, rows.naver?.gradeExternalKey) &&
    isAmong(filter.positionKeys, rows.naver?.jobExternalKey) &&
    isAmong(wantedQualifications(company, filter), position?.jobQualificationId) &&
    isAmong(wantedHolders(company, filter), rows.user?.id) &&
    isAsWanted(filter.hasGrade, rows.naver?.gradeExternalKey, contested.has('NAVER')) &&
    isAsWanted(filter.hasPosition, rows.naver?.jobExternalKey, contested.has('NAVER')) &&
    isAsWanted(filter.hasJobQualification, position?.jobQualificationId, false) &&
    isAsWanted(
      filter.hasJobRole,
      company.ctrlHub.assignments.find((it) => it.userId === rows.user?.id),
      contested.has('CTRL_HUB'),
    )
  );
}

/** True without a condition; what somebody does not have is never wanted. */
const isAmong = (wanted: readonly string[] | undefined, value: string | null | undefined): boolean =>
  wanted === undefined || (value != null && wanted.includes(value));

/** True without a condition. Nobody knows whether there is any where the record is contested. */
const isAsWanted = (has: boolean | undefined, value: unknown, isUnknown: boolean): boolean =>
  has === undefined || (!isUnknown && (value != null) === has);

const wordsOf = (text: string): string[] =>
  withoutAccents(text)
    .toLowerCase()
    .split(/[ \-_,.]/)
    .filter((it) => it !== '');

const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

/** The ids of the qualifications that the filter asks for. */
function wantedQualifications({ lucca }: Company, filter: PlainFilter): string[] | undefined {
  const { jobQualificationIds, professionIds, minRank } = filter;
  if (professionIds === undefined && minRank === undefined) return jobQualificationIds;
  return lucca.jobQualifications
    .filter((it) => jobQualificationIds === undefined || jobQualificationIds.includes(it.id))
    .filter((it) => professionIds === undefined || professionIds.includes(it.professionId))
    .filter((it) => minRank === undefined || it.rank >= minRank)
    .map((it) => it.id);
}

/** Who holds such an assignment: one that fulfils both conditions at once. */
function wantedHolders({ ctrlHub }: Company, { jobRoleIds, assignmentType }: PlainFilter): string[] | undefined {
  if (jobRoleIds === undefined && assignmentType === undefined) return undefined;
  return ctrlHub.assignments
    .filter((it) => jobRoleIds === undefined || jobRoleIds.includes(it.roleId))
    .filter((it) => assignmentType === undefined || it.type === assignmentType)
    .map((it) => it.userId);
}

type SortKey = string | number | null | undefined;

/** Ties by id; descending is the other way round, but whoever has no sort key comes last in both. */
function inOrder(people: readonly PlainPerson[], order: Order, company: Company): PlainPerson[] {
  const isDescending = order.endsWith('DESC');
  const keyOf = sortKeys[order.replace(/_(ASC|DESC)$/, '')];
  if (keyOf === undefined) return isDescending ? people.toSorted(byName).reverse() : people.toSorted(byName);
  const rows = people.map((person) => ({ person, key: keyOf(person, company) ?? null }));
  const ascending = rows.toSorted(
    (a, b) =>
      Number((a.key ?? 0) > (b.key ?? 0)) - Number((a.key ?? 0) < (b.key ?? 0)) || compareIds(a.person.id, b.person.id),
  );
  const sorted = isDescending ? ascending.reverse() : ascending;
  return [...sorted.filter((it) => it.key !== null), ...sorted.filter((it) => it.key === null)].map((it) => it.person);
}

/** What each order but that by name compares. */
const sortKeys: Record<string, (person: PlainPerson, company: Company) => SortKey> = {
  CREATED_AT: ({ rows }) => rows.lucca && Date.parse(rows.lucca.createdAt),
  GRADE: ({ rows }, { naver }) => naver.grades.find((it) => it.externalKey === rows.naver?.gradeExternalKey)?.sortOrder,
  POSITION: ({ rows }, { naver }) => naver.jobs.find((it) => it.externalKey === rows.naver?.jobExternalKey)?.sortOrder,
  HIRED_ON: ({ rows, contested }, company) => {
    if (contested.has('NAVER')) return null;
    const hiredOn = rows.naver?.employYmd || (rows.lucca && employmentOf(company, rows.lucca)?.startsOn);
    return hiredOn == null ? null : Date.parse(hiredOn);
  },
};
