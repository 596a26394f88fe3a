import type { Company } from '../../src/sandbox/company/data.ts';

/**
 * What is true of a company, worked out from its rows alone by plain loops over everything: slow, obvious, and without
 * a line of the product's own reasoning. Tests compare the graph's answers with it.
 */
export type LuccaRow = Company['lucca']['employees'][number];
export type NaverRow = Company['naver']['employees'][number];
export type UserRow = Company['ctrlHub']['users'][number];
export type AssignmentRow = Company['ctrlHub']['assignments'][number];

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

export const naverKeyOf = ({ externalKey, empId }: NaverRow): string | null => externalKey ?? empId;

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

/** The assignments of a user, the oldest first. */
export function assignmentsOf({ ctrlHub }: Company, userId: string): AssignmentRow[] {
  return ctrlHub.assignments
    .filter((it) => it.userId === userId)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id.localeCompare(b.id));
}

/** As names are compared: by Unicode's root collation. */
export const compareNames = new Intl.Collator('en').compare;

/** Lucca's people in the order of their family names, ties by id. */
export const luccaInOrder = ({ lucca }: Company): LuccaRow[] =>
  lucca.employees.toSorted((a, b) => compareNames(a.familyName, b.familyName) || Number(a.id) - Number(b.id));
