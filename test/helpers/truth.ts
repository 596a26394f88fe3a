import type { Company } from '../../src/sandbox/company/data.ts';

/**
 * What is true of a company, worked out from its rows alone by plain loops over everything: slow, obvious, and without
 * a line of the product's own reasoning. Tests compare the graph's answers with it.
 */
export type LuccaRow = Company['lucca']['employees'][number];
export type NaverRow = Company['naver']['employees'][number];
export type UserRow = Company['ctrlHub']['users'][number];
export type AssignmentRow = Company['ctrlHub']['assignments'][number];

export type Rule = 'MAPPING_FILE' | 'EMAIL' | 'REMOTE_ID' | 'EMPLOYEE_NUMBER';

/** A row of a mapping file. */
export type Mapped = { lucca?: string; ctrlHub?: string; naver?: string };

/** How a deployment links people; unless given, by all four rules and without a mapping file. */
export type Linking = { mapping?: Mapped[]; rules?: readonly Rule[] };

export type Match<Row> = { row: Row; matchedBy: Rule };

/** One human being as the three systems know them. */
export type Person = { lucca: LuccaRow | null; naver: NaverRow | null; user: UserRow | null };

export const foldEmail = (email: string): string => email.trim().toLowerCase();

const today = new Date().toISOString().slice(0, 10);

/** The current period, else the next one, else the last one. */
function applicable<T extends { startsOn: string }>(periods: T[], isCurrent: (period: T) => boolean): T | null {
  const inOrder = periods.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
  return inOrder.find(isCurrent) ?? inOrder.find((it) => it.startsOn > today) ?? inOrder.at(-1) ?? null;
}

const isRunning = ({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): boolean =>
  startsOn <= today && (endsOn === null || endsOn >= today);

export function employmentOf({ lucca }: Company, { id }: LuccaRow): Company['lucca']['employments'][number] | null {
  return applicable(
    lucca.employments.filter((it) => it.employeeId === id),
    isRunning,
  );
}

/** A job-position runs until the next one of the same employment starts, or the employment ends. */
export function jobPositionOf({ lucca }: Company, { id }: LuccaRow): Company['lucca']['jobPositions'][number] | null {
  const positions = lucca.jobPositions.filter((it) => it.employeeId === id);
  return applicable(positions, (position) => {
    const employment = lucca.employments.find((it) => it.id === position.employmentId);
    const isFollowed = positions.some(
      (it) => it.employmentId === position.employmentId && it.startsOn > position.startsOn && it.startsOn <= today,
    );
    return position.startsOn <= today && !isFollowed && (employment?.endsOn == null || employment.endsOn >= today);
  });
}

export function statusOf(company: Company, row: LuccaRow): string {
  const employment = employmentOf(company, row);
  if (employment === null) return 'DEACTIVATED';
  if (employment.startsOn > today) return 'UPCOMING';
  return isRunning(employment) ? 'ACTIVE' : 'DEACTIVATED';
}

type Traits = Partial<Record<Rule, string | null>>;

const allRules: Rule[] = ['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'];

export const naverKeyOf = ({ externalKey, empId }: NaverRow): string | null => externalKey ?? empId;

const emailTrait = (email: string | null): string | null => (email === null ? null : foldEmail(email));

const mappedTrait = (mapping: Mapped[], system: keyof Mapped, id: string | null): string | null => {
  const index = mapping.findIndex((it) => it[system] !== undefined && it[system] === id);
  return index === -1 ? null : String(index);
};

const luccaTraits = (row: LuccaRow, mapping: Mapped[]): Traits => ({
  MAPPING_FILE: mappedTrait(mapping, 'lucca', row.id),
  EMAIL: emailTrait(row.email),
  REMOTE_ID: row.remoteId,
  EMPLOYEE_NUMBER: row.employeeNumber,
});

const naverTraits = (row: NaverRow, mapping: Mapped[]): Traits => ({
  MAPPING_FILE: mappedTrait(mapping, 'naver', naverKeyOf(row)),
  EMAIL: emailTrait(row.emailAddress),
  REMOTE_ID: row.externalKey,
  EMPLOYEE_NUMBER: row.empNo,
});

const userTraits = (row: UserRow, mapping: Mapped[]): Traits => ({
  MAPPING_FILE: mappedTrait(mapping, 'ctrlHub', row.id),
  EMAIL: emailTrait(row.email),
});

/** Rule by rule; whoever has a rival or more than one candidate under a rule stays alone for good. */
function pairUp<L, R>(
  lefts: readonly L[],
  rights: readonly R[],
  leftTraits: (row: L) => Traits,
  rightTraits: (row: R) => Traits,
  rules: readonly Rule[] = allRules,
): Map<L, Match<R>> {
  const matches = new Map<L, Match<R>>();
  let openLefts = [...lefts];
  let openRights = [...rights];
  for (const rule of rules) {
    const closed = new Set<unknown>();
    for (const left of openLefts) {
      const value = leftTraits(left)[rule] ?? null;
      if (value === null) continue;
      const rivals = openLefts.filter((it) => leftTraits(it)[rule] === value);
      const candidates = openRights.filter((it) => rightTraits(it)[rule] === value);
      const [only] = candidates;
      if (only === undefined) continue;
      for (const it of [...rivals, ...candidates]) closed.add(it);
      if (rivals.length === 1 && candidates.length === 1) matches.set(left, { row: only, matchedBy: rule });
    }
    openLefts = openLefts.filter((it) => !closed.has(it));
    openRights = openRights.filter((it) => !closed.has(it));
  }
  return matches;
}

export const naverMatches = (
  { lucca, naver }: Company,
  { mapping = [], rules }: Linking = {},
): Map<LuccaRow, Match<NaverRow>> =>
  pairUp(
    lucca.employees,
    naver.employees,
    (it) => luccaTraits(it, mapping),
    (it) => naverTraits(it, mapping),
    rules,
  );

export const userMatches = (
  { lucca, ctrlHub }: Company,
  { mapping = [], rules }: Linking = {},
): Map<LuccaRow, Match<UserRow>> =>
  pairUp(
    lucca.employees,
    ctrlHub.users,
    (it) => luccaTraits(it, mapping),
    (it) => userTraits(it, mapping),
    rules,
  );

/** How many of the addresses are this one, in any case. */
const timesIn = (addresses: (string | null)[], email: string): number =>
  addresses.filter((it) => it !== null && foldEmail(it) === foldEmail(email)).length;

/** Whether some system has the address, in whatever case, for more than one of its people. */
export function isTaken({ lucca, naver, ctrlHub }: Company, email: string): boolean {
  const lists = [lucca.employees, ctrlHub.users, naver.employees.map((it) => ({ email: it.emailAddress }))];
  return lists.some(
    (rows) =>
      timesIn(
        rows.map((it) => it.email),
        email,
      ) > 1,
  );
}

/** Everybody, each once: Lucca's people first, then those whom only the other two know. */
export function peopleOf(company: Company, linking: Linking = {}): Person[] {
  const { lucca, naver, ctrlHub } = company;
  const { mapping = [] } = linking;
  const naverOf = naverMatches(company, linking);
  const userOf = userMatches(company, linking);
  const people: Person[] = lucca.employees.map((row) => ({
    lucca: row,
    naver: naverOf.get(row)?.row ?? null,
    user: userOf.get(row)?.row ?? null,
  }));
  const naverAddresses = naver.employees.map((it) => it.emailAddress);
  const userAddresses = ctrlHub.users.map((it) => it.email);
  const restOfUsers = new Set(ctrlHub.users.filter((row) => !people.some((it) => it.user === row)));
  for (const row of naver.employees.filter((it) => !people.some(({ naver: known }) => known === it))) {
    const { MAPPING_FILE: mapped, EMAIL: email } = naverTraits(row, mapping);
    const isOwn = email != null && timesIn(naverAddresses, email) === 1 && timesIn(userAddresses, email) === 1;
    const user = [...restOfUsers].find((it) => {
      const traits = userTraits(it, mapping);
      return mapped != null ? traits.MAPPING_FILE === mapped : isOwn && traits.EMAIL === email;
    });
    if (user !== undefined) restOfUsers.delete(user);
    people.push({ lucca: null, naver: row, user: user ?? null });
  }
  for (const user of restOfUsers) people.push({ lucca: null, naver: null, user });
  return people;
}

/** The assignments of a user, the oldest first. */
export function assignmentsOf({ ctrlHub }: Company, userId: string): AssignmentRow[] {
  return ctrlHub.assignments
    .filter((it) => it.userId === userId)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id.localeCompare(b.id));
}

/** Lucca's people in the order of their family names as Lucca compares them, ties by id. */
export function luccaInOrder({ lucca }: Company): LuccaRow[] {
  const nameOf = (row: LuccaRow) => row.familyName.toLowerCase();
  return lucca.employees.toSorted((a, b) => {
    if (nameOf(a) !== nameOf(b)) return nameOf(a) < nameOf(b) ? -1 : 1;
    return Number(a.id) - Number(b.id);
  });
}
