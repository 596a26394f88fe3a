import type { Company } from '../../src/sandbox/company/data.ts';
import { compareNames, employmentOf, foldEmail, jobPositionOf, statusOf } from '../helpers/truth.ts';
import { keyOf, leadingId, type Person, peopleOf, sortNameOf } from '../helpers/truth-people.ts';

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
  hiredFrom?: string;
  hiredUntil?: string;
};

export type Property = 'FAMILY_NAME' | 'CREATED_AT' | 'HIRED_ON' | 'GRADE' | 'POSITION';
export type Order = `${Property}_${'ASC' | 'DESC'}`;

/** The system that leads; those before it are not there at all. */
export type Lead = 'LUCCA' | 'NAVER' | 'CTRL_HUB';

/** The leading identifiers of the people whom the filter matches, in order. */
export function evaluate(
  whole: Company,
  filter: PlainFilter,
  order: Order = 'FAMILY_NAME_ASC',
  lead: Lead = 'LUCCA',
): string[] {
  const company = withLead(whole, lead);
  const isLed = ({ lucca, naver }: Person) => (lead === 'LUCCA' ? lucca : lead === 'NAVER' ? naver : true);
  const qualifications = wantedQualifications(company, filter);
  const holders = holdersMatching(company, filter);
  const people = peopleOf(company).filter((person) => {
    const { lucca, naver, user } = person;
    const qualification = lucca && jobPositionOf(company, lucca)?.jobQualificationId;
    return (
      isLed(person) &&
      matchesName(person, filter) &&
      matchesAddress(person, filter) &&
      (filter.status === undefined || (lucca !== null && filter.status.includes(statusOf(company, lucca)))) &&
      isAmong(filter.gradeKeys, naver?.gradeExternalKey) &&
      isAmong(filter.positionKeys, naver?.jobExternalKey) &&
      (holders === null || (user !== null && holders.has(user.id))) &&
      (qualifications === null || (qualification != null && qualifications.includes(qualification))) &&
      matchesHireDate(hireDateOf(company, person), filter)
    );
  });
  return inOrder(company, people, order).map(leadingId);
}

const isAmong = (wanted: string[] | undefined, key: string | null | undefined): boolean =>
  wanted === undefined || wanted.some((it) => it === key);

function withLead(company: Company, lead: Lead): Company {
  const lucca = { ...company.lucca, employees: lead === 'LUCCA' ? company.lucca.employees : [] };
  const naver = { ...company.naver, employees: lead === 'CTRL_HUB' ? [] : company.naver.employees };
  return { ...company, lucca, naver };
}

/** Who holds such an assignment, one that fulfils both conditions at once; null where no condition is about them. */
function holdersMatching(
  { ctrlHub }: Company,
  { jobRoleIds, assignmentType }: PlainFilter,
): ReadonlySet<string> | null {
  if (jobRoleIds === undefined && assignmentType === undefined) return null;
  const matching = ctrlHub.assignments.filter(
    (it) =>
      (jobRoleIds === undefined || jobRoleIds.includes(it.roleId)) &&
      (assignmentType === undefined || it.type === assignmentType),
  );
  return new Set(matching.map((it) => it.userId));
}

/** Words as they are searched: without accents and case. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .split(/[ \-_,.]/)
    .filter((it) => it !== '');

/** Of the leading record. */
function matchesName({ lucca, naver, user }: Person, { search = '' }: PlainFilter): boolean {
  const { givenName, familyName } = lucca ?? { givenName: user?.firstName, familyName: user?.lastName };
  const words = wordsOf(lucca === null && naver !== null ? naver.name : `${givenName} ${familyName}`);
  return wordsOf(search).every((start) => words.some((word) => word.startsWith(start)));
}

/** Of the leading record, former or not, shared or not. */
function matchesAddress({ lucca, naver, user }: Person, { emails }: PlainFilter): boolean {
  const address = lucca ? lucca.email : naver ? naver.emailAddress : (user?.email ?? null);
  const folded = foldEmail(address ?? '');
  return emails === undefined || (folded !== '' && emails.some((it) => foldEmail(it) === folded));
}

/** The ids of the qualifications that the filter asks for; null where it does not ask for any. */
function wantedQualifications({ lucca }: Company, filter: PlainFilter): string[] | null {
  const { jobQualificationIds, professionIds, minRank } = filter;
  if (professionIds === undefined && minRank === undefined) return jobQualificationIds ?? null;
  return lucca.jobQualifications
    .filter((it) => jobQualificationIds === undefined || jobQualificationIds.includes(it.id))
    .filter((it) => professionIds === undefined || professionIds.includes(it.professionId))
    .filter((it) => minRank === undefined || it.rank >= minRank)
    .map((it) => it.id);
}

/** NAVER's date, else when the employment began in Lucca; unknown where NAVER may have one. */
function hireDateOf(company: Company, { lucca, naver, contested }: Person): string | null {
  if (contested.includes('naver')) return null;
  return (naver?.employYmd || (lucca && employmentOf(company, lucca)?.startsOn)) ?? null;
}

function matchesHireDate(date: string | null, { hiredFrom, hiredUntil }: PlainFilter): boolean {
  if (hiredFrom === undefined && hiredUntil === undefined) return true;
  return date !== null && date >= (hiredFrom ?? date) && date <= (hiredUntil ?? date);
}

type Key = string | number | null;

function keyIn(company: Company, property: Property, person: Person): Key {
  const { lucca, naver } = person;
  const { grades, jobs } = company.naver;
  switch (property) {
    case 'FAMILY_NAME':
      return sortNameOf(person);
    case 'CREATED_AT':
      return lucca && Date.parse(lucca.createdAt);
    case 'HIRED_ON':
      return hireDateOf(company, person);
    case 'GRADE':
      return grades.find((it) => naver !== null && it.externalKey === naver.gradeExternalKey)?.sortOrder ?? null;
    case 'POSITION':
      return jobs.find((it) => naver !== null && it.externalKey === naver.jobExternalKey)?.sortOrder ?? null;
  }
}

/** Ties by id, and all the other way round for the opposite order; but who has no key comes last in both. */
function inOrder(company: Company, people: readonly Person[], order: Order): Person[] {
  const [, property, direction] = /^(.+)_(ASC|DESC)$/.exec(order) ?? [];
  const compareKeys = (a: Key, b: Key): number =>
    property === 'FAMILY_NAME'
      ? compareNames(String(a), String(b))
      : Number(a === b ? 0 : (a ?? 0) < (b ?? 0) ? -1 : 1);
  const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));
  const rows = people.map((person) => ({ person, key: keyIn(company, property as Property, person) }));
  const sign = direction === 'DESC' ? -1 : 1;
  const sorted = (some: typeof rows) =>
    some.sort((a, b) => sign * (compareKeys(a.key, b.key) || compareIds(keyOf(a.person), keyOf(b.person))));
  const [known, unknown] = [rows.filter((it) => it.key !== null), rows.filter((it) => it.key === null)];
  return [...sorted(known), ...sorted(unknown)].map(({ person }) => person);
}
