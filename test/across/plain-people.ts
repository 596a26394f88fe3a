import type { Company } from '../../src/sandbox/company/data.ts';
import type { LuccaRow, NaverRow, UserRow } from '../helpers/truth.ts';
import { fold, pairNaver, pairUsers } from './plain-evaluation.ts';

/** One human being by the identifiers that the three systems have for them. */
export type PlainPerson = {
  LUCCA?: string;
  NAVER?: string;
  CTRL_HUB?: string;
  /** What lists of people are sorted by. */
  sortName: string;
  /** Each as `rule: identifiers`, of the records of one system that compete for one of another. */
  conflicts: string[];
};

const naverIdOf = ({ externalKey, empId, loginId }: NaverRow): string => externalKey ?? empId ?? loginId;

/** The members of the organisation: the directory of Ctrl Hub. */
export const membersOf = ({ ctrlHub }: Company): UserRow[] =>
  ctrlHub.users.filter((it) => it.organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''));

/** Everybody whom a directory holds, each once. A row of NAVER without a key or an address of its own is nobody. */
export function everybody(company: Company): PlainPerson[] {
  const { lucca, naver } = company;
  const users = membersOf(company);
  const [naverOwners, userOwners] = [pairNaver(company), pairUsers(company, users)];
  const strangers = naver.employees.filter((it) => !naverOwners.has(it));
  const strangeUsers = users.filter((it) => !userOwners.has(it));
  const rowsAt = (email: string) => naver.employees.filter((it) => fold(it.emailAddress) === email);
  const usersAt = (email: string) => users.filter((it) => fold(it.email) === email);
  const isOwn = (email: string | null, all: readonly unknown[]) => email !== null && all.length === 1;

  const people: PlainPerson[] = lucca.employees.map((row) => {
    const [linked] = naver.employees.filter((it) => naverOwners.get(it) === row);
    const [user] = users.filter((it) => userOwners.get(it) === row);
    return {
      LUCCA: row.id,
      ...(linked && { NAVER: naverIdOf(linked) }),
      ...(user && { CTRL_HUB: user.id }),
      sortName: row.familyName,
      conflicts: [...rivalries(company, row), ...userRivalries(company, users, row)],
    };
  });

  const met = new Set<UserRow>();
  for (const row of strangers) {
    const email = fold(row.emailAddress);
    const isNamedByAddress = isOwn(email, rowsAt(email ?? ''));
    if (!isNamedByAddress && row.externalKey === null && row.empId === null) continue;
    const namesakes = usersAt(email ?? '');
    const user =
      isNamedByAddress && namesakes.length === 1 ? strangeUsers.find((it) => it === namesakes[0]) : undefined;
    if (user !== undefined) met.add(user);
    const withLucca = rivalries(company, row);
    people.push({
      NAVER: naverIdOf(row),
      ...(user && { CTRL_HUB: user.id }),
      sortName: row.name,
      conflicts: withLucca.length > 0 ? withLucca : amongStrangers(rowsAt(email ?? ''), namesakes),
    });
  }
  for (const user of strangeUsers.filter((it) => !met.has(it))) {
    const email = fold(user.email);
    const withLucca = userRivalries(company, users, user);
    people.push({
      CTRL_HUB: user.id,
      sortName: user.lastName || displayNameOf(user),
      conflicts: withLucca.length > 0 ? withLucca : amongStrangers(rowsAt(email ?? ''), usersAt(email ?? '')),
    });
  }
  return people;
}

const displayNameOf = ({ id, email }: UserRow): string => email.trim() || id;

export const line = (rule: string, records: readonly string[]): string => `${rule}: ${[...records].sort().join(' ')}`;

const luccaTraits = (it: LuccaRow) => ({
  EMAIL: fold(it.email),
  REMOTE_ID: it.remoteId,
  EMPLOYEE_NUMBER: it.employeeNumber,
});
const naverTraits = (it: NaverRow) => ({
  EMAIL: fold(it.emailAddress),
  REMOTE_ID: it.externalKey,
  EMPLOYEE_NUMBER: it.empNo,
});

/** The first rule under which the row met more than one candidate, or a rival, which ends its search for a partner. */
function rivalries({ lucca, naver }: Company, row: LuccaRow | NaverRow): string[] {
  const open = { lucca: [...lucca.employees], naver: [...naver.employees] };
  for (const rule of ['EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'] as const) {
    const settled = new Set<unknown>();
    for (const value of new Set(open.lucca.map((it) => luccaTraits(it)[rule]))) {
      if (value === null) continue;
      const lefts = open.lucca.filter((it) => luccaTraits(it)[rule] === value);
      const rights = open.naver.filter((it) => naverTraits(it)[rule] === value);
      if (rights.length === 0) continue;
      for (const it of [...lefts, ...rights]) settled.add(it);
      if (settled.has(row) && [...lefts, ...rights].some((it) => it === row)) {
        return lefts.length === 1 && rights.length === 1
          ? []
          : [line(rule, [...lefts.map((it) => it.id), ...rights.map(naverIdOf)])];
      }
    }
    open.lucca = open.lucca.filter((it) => !settled.has(it));
    open.naver = open.naver.filter((it) => !settled.has(it));
  }
  return [];
}

/** Users have an address and nothing else to be linked by. */
function userRivalries({ lucca }: Company, users: readonly UserRow[], row: LuccaRow | UserRow): string[] {
  const email = fold(row.email);
  const lefts = lucca.employees.filter((it) => email !== null && fold(it.email) === email);
  const rights = users.filter((it) => email !== null && fold(it.email) === email);
  const isClear = lefts.length === 0 || rights.length === 0 || (lefts.length === 1 && rights.length === 1);
  return isClear
    ? []
    : [
        line(
          'EMAIL',
          [...lefts, ...rights].map((it) => it.id),
        ),
      ];
}

/** People whom Lucca does not know can be linked by an address alone. */
function amongStrangers(rows: readonly NaverRow[], users: readonly UserRow[]): string[] {
  const isClear = rows.length === 0 || users.length === 0 || (rows.length === 1 && users.length === 1);
  return isClear ? [] : [line('EMAIL', [...rows.map(naverIdOf), ...users.map((it) => it.id)])];
}
