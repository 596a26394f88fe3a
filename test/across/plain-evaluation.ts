import type { Company } from '../../src/sandbox/company/data.ts';
import { jobPositionOf, type LuccaRow, type NaverRow, statusOf, type UserRow } from '../helpers/truth.ts';

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
};

export type Order = 'FAMILY_NAME_ASC' | 'FAMILY_NAME_DESC' | 'CREATED_AT_ASC' | 'CREATED_AT_DESC';

/** A person of the lead directory as far as filters and orders go. */
export type Candidate = { id: string; givenName: string; familyName: string; email: string | null; createdAt: string };

type Traits = (string | null)[];

const blankIsMissing = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text);
export const fold = (email: string | null): string | null => blankIsMissing(email)?.trim().toLowerCase() ?? null;

/**
 * Pairs two systems' records by one trait after the other (the same place in both lists means the same rule). A value
 * that several records of either side have pairs nobody, and takes all of them out of what follows.
 */
export function pairs<L, R>(
  lefts: readonly L[],
  rights: readonly R[],
  traitsOfLeft: (row: L) => Traits,
  traitsOfRight: (row: R) => Traits,
): Map<R, L> {
  const pairOf = new Map<R, L>();
  const done = new Set<unknown>();
  for (const rule of [0, 1, 2]) {
    const openLefts = lefts.filter((it) => !done.has(it));
    const openRights = rights.filter((it) => !done.has(it));
    for (const value of new Set(openLefts.map((it) => traitsOfLeft(it)[rule] ?? null))) {
      if (value === null) continue;
      const l = openLefts.filter((it) => traitsOfLeft(it)[rule] === value);
      const r = openRights.filter((it) => traitsOfRight(it)[rule] === value);
      if (r.length === 0) continue;
      for (const it of [...l, ...r]) done.add(it);
      const [left, right] = [l[0], r[0]];
      if (l.length === 1 && r.length === 1 && left !== undefined && right !== undefined) pairOf.set(right, left);
    }
  }
  return pairOf;
}

export const pairNaver = ({ lucca, naver }: Company): Map<NaverRow, LuccaRow> =>
  pairs(
    lucca.employees,
    naver.employees,
    (it) => [fold(it.email), it.remoteId, it.employeeNumber],
    (it) => [fold(it.emailAddress), it.externalKey, it.empNo],
  );

export const pairUsers = ({ lucca }: Company, users: readonly UserRow[]): Map<UserRow, LuccaRow> =>
  pairs(
    lucca.employees,
    users,
    (it) => [fold(it.email)],
    (it) => [fold(it.email)],
  );

/** The users whom somebody sees who reads the members and every assignment. */
export function visibleUsers({ ctrlHub }: Company): UserRow[] {
  const [organisation] = ctrlHub.organisations;
  const holders = new Set(ctrlHub.assignments.map((it) => it.userId));
  return ctrlHub.users.filter((it) => holders.has(it.id) || it.organisationIds.includes(organisation?.id ?? ''));
}

/** Who holds such an assignment: one that fulfils both conditions at once. */
export function holdersMatching({ ctrlHub }: Company, { jobRoleIds, assignmentType }: PlainFilter): UserRow[] {
  const matching = ctrlHub.assignments.filter(
    (it) =>
      (jobRoleIds === undefined || jobRoleIds.includes(it.roleId)) &&
      (assignmentType === undefined || it.type === assignmentType),
  );
  return ctrlHub.users.filter((user) => matching.some((it) => it.userId === user.id));
}

export const asksNaver = ({ gradeKeys, positionKeys }: PlainFilter): boolean =>
  gradeKeys !== undefined || positionKeys !== undefined;

export const asksCtrlHub = ({ jobRoleIds, assignmentType }: PlainFilter): boolean =>
  jobRoleIds !== undefined || assignmentType !== undefined;

export const matchesNaver = (row: NaverRow, { gradeKeys, positionKeys }: PlainFilter): boolean =>
  (gradeKeys === undefined || gradeKeys.includes(row.gradeExternalKey ?? '')) &&
  (positionKeys === undefined || positionKeys.includes(row.jobExternalKey ?? ''));

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[ \-_,.]/)
    .filter((it) => it !== '');

/** The conditions on a name and an address, which every directory has. */
export function matchesDirectory(person: Candidate, { search, emails }: PlainFilter): boolean {
  if (emails !== undefined && !emails.some((it) => fold(it) === (fold(person.email) ?? 'none'))) return false;
  const words = wordsOf(`${person.givenName} ${person.familyName}`);
  return wordsOf(search ?? '').every((start) => words.some((word) => word.startsWith(start)));
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

/**
 * Those of Lucca's people whom the graph gets to see. An address is asked for as it is spelled and in lower case; only if
 * that finds nobody under one of the addresses, all people are read, and a second spelling is seen.
 */
function seenInLucca({ lucca }: Company, filter: PlainFilter): LuccaRow[] {
  const { emails } = filter;
  if (emails === undefined || asksNaver(filter) || asksCtrlHub(filter)) return lucca.employees;
  const spellings = [...emails, ...emails.map((it) => it.toLowerCase())];
  const found = lucca.employees.filter((it) => spellings.includes(it.email ?? ''));
  return emails.every((email) => found.some((it) => fold(it.email) === fold(email))) ? found : lucca.employees;
}

/**
 * Lucca's ids of the people whom the filter matches, in order. `knownUsers` are those whom the graph gets to see of
 * Ctrl Hub: users who share an address are one too many for a link only where both are seen.
 */
export function evaluate(
  company: Company,
  filter: PlainFilter,
  order: Order,
  knownUsers: readonly UserRow[],
): string[] {
  const naverOwners = pairNaver(company);
  const userOwners = pairUsers(company, knownUsers);
  const holders = holdersMatching(company, filter);
  const qualifications = wantedQualifications(company, filter);

  const people = seenInLucca(company, filter).filter((row) => {
    const naver = company.naver.employees.filter((it) => naverOwners.get(it) === row);
    const users = holders.filter((it) => userOwners.get(it) === row);
    const qualification = jobPositionOf(company, row)?.jobQualificationId ?? null;
    return (
      matchesDirectory(row, filter) &&
      (filter.status === undefined || filter.status.includes(statusOf(company, row))) &&
      (!asksNaver(filter) || naver.some((it) => matchesNaver(it, filter))) &&
      (!asksCtrlHub(filter) || users.length > 0) &&
      (qualifications === null || (qualification !== null && qualifications.includes(qualification)))
    );
  });
  const isLuccasAlone =
    filter.emails === undefined &&
    !asksNaver(filter) &&
    !asksCtrlHub(filter) &&
    // As many as one of Lucca's filters takes.
    (qualifications?.length ?? 0) <= 100;
  return (isLuccasAlone ? inLuccasOrder : inOrder)(people, order, (a, b) => Number(a) - Number(b)).map((it) => it.id);
}

/** NAVER's rows that the filter matches where NAVER leads: a row and a user are one person by an address of their own. */
export function evaluateNaver(company: Company, filter: PlainFilter): Candidate[] {
  const rows = company.naver.employees;
  const holders = holdersMatching(company, filter);
  const sharing = (email: string, all: readonly (string | null)[]) => all.filter((it) => fold(it) === email).length;
  return rows.flatMap((row) => {
    const email = fold(row.emailAddress);
    const isOwn =
      email !== null &&
      sharing(
        email,
        rows.map((it) => it.emailAddress),
      ) === 1;
    const key = row.externalKey ?? row.empId;
    // Neither a key nor an address of its own: such a row names nobody.
    if (!isOwn && key === null) return [];
    const emails = holders.map((it) => it.email);
    const person = { id: key ?? row.loginId, givenName: '', familyName: row.name, email, createdAt: '' };
    const isHolder = isOwn && sharing(email, emails) === 1;
    const matches = matchesDirectory(person, filter) && matchesNaver(row, filter) && (!asksCtrlHub(filter) || isHolder);
    return matches ? person : [];
  });
}

/** The users whom the filter matches where there is no other system than Ctrl Hub; all users are members. */
export function evaluateUsers(company: Company, filter: PlainFilter): Candidate[] {
  const holders = holdersMatching(company, filter);
  return (
    company.ctrlHub.users
      .filter((it) => !asksCtrlHub(filter) || holders.includes(it))
      .map(({ id, firstName, lastName, email }) => ({
        id,
        givenName: firstName,
        familyName: lastName,
        email,
        createdAt: '',
      }))
      .filter((it) => matchesDirectory(it, filter))
      // Whoever has no name stands where the address would, or the id.
      .map((it) => ({ ...it, familyName: it.familyName || it.email.trim() || it.id }))
  );
}

type CompareIds = (a: string, b: string) => number;

/** The order of a list that is put together: by Unicode, ties by id, and the other way round for the opposite order. */
export function inOrder<P extends Candidate>(people: readonly P[], order: Order, compareIds: CompareIds): P[] {
  const { compare } = new Intl.Collator('en');
  const byName = (a: P, b: P) => compare(a.familyName, b.familyName) || compareIds(a.id, b.id);
  const byCreation = (a: P, b: P) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || compareIds(a.id, b.id);
  const ascending = people.toSorted(order.startsWith('FAMILY_NAME') ? byName : byCreation);
  return order.endsWith('DESC') ? ascending.reverse() : ascending;
}

/** The order of the emulated Lucca: by lower-case letters as they are coded, ties by id, also in descending order. */
function inLuccasOrder<P extends Candidate>(people: readonly P[], order: Order, compareIds: CompareIds): P[] {
  const keyOf = (it: P) => (order.startsWith('FAMILY_NAME') ? it.familyName.toLowerCase() : it.createdAt);
  const direction = order.endsWith('DESC') ? -1 : 1;
  return people.toSorted((a, b) => {
    if (keyOf(a) !== keyOf(b)) return keyOf(a) < keyOf(b) ? -direction : direction;
    return compareIds(a.id, b.id);
  });
}
