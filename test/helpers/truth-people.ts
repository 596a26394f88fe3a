import type { Company } from '../../src/sandbox/company/data.ts';
import { compareNames, foldEmail, type LuccaRow, type NaverRow, naverKeyOf, statusOf, type UserRow } from './truth.ts';

type Rule = 'MAPPING_FILE' | 'EMAIL' | 'REMOTE_ID' | 'EMPLOYEE_NUMBER';

/** A row of a mapping file. No two rows name one record, in any test. */
export type Mapped = { lucca?: string; ctrlHub?: string; naver?: string };

/** How a deployment links people; unless given, by all four rules and without a mapping file. */
export type Linking = { mapping?: Mapped[]; rules?: readonly Rule[] };

/** The rows of one human being. */
export type Rows = { lucca: LuccaRow | null; naver: NaverRow | null; user: UserRow | null };

/** One human being as the three systems know them. */
export type Person = Rows & {
  /** Why the rows of the two later systems are thought to be theirs; absent where they lead, or there is none. */
  matchedBy: { naver?: Rule; user?: Rule };
  /** Systems with a row that may be theirs or somebody else's. They have none of its rows. */
  contested: Later[];
};

/** Rows of the later system and people of whom nobody can tell who belongs to whom, by their identifiers. */
export type Conflict = { rule: Rule; system: Later; people: string[]; rows: string[] };

type Later = 'naver' | 'user';
type Row = NaverRow | UserRow;
type Traits = Partial<Record<Rule, string | null>>;

const allRules: Rule[] = ['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'];

/** Everybody, each once: Lucca's people first, then those whom only the other two know. */
export const peopleOf = (company: Company, linking: Linking = {}): Person[] => linkAll(company, linking).people;

export const conflictsOf = (company: Company, linking: Linking = {}): Conflict[] => linkAll(company, linking).conflicts;

/**
 * Who is who, by definition: NAVER's rows against Lucca's people; users against Lucca's people, and those who are left
 * against the people whom NAVER leads. A row that is left begins a person of its own, if it has a key.
 */
function linkAll(company: Company, { mapping = [], rules = allRules }: Linking) {
  const isFormer = ({ lucca }: Person) => lucca !== null && statusOf(company, lucca) === 'DEACTIVATED';
  const conflicts: Conflict[] = [];

  /** Returns the rows that may yet be those of other people. */
  function pass(system: Later, rows: readonly Row[], people: readonly Person[]): Row[] {
    const linked = new Set<Row>();
    const contested = new Set<Row>();
    const larger: { rule: Rule; people: Person[]; rows: Row[] }[] = [];
    for (const rule of rules) {
      const openPeople = people.filter((it) => it[system] === null);
      const openRows = rows.filter((it) => !linked.has(it));
      for (const value of new Set(openRows.map((it) => traitsOfRow(it, mapping)[rule] ?? null))) {
        const all = openPeople.filter((it) => value !== null && traitsOfPerson(it, mapping)[rule] === value);
        const present = all.filter((it) => !isFormer(it));
        const group = {
          rule,
          people: present.length === 1 ? present : all,
          rows: openRows.filter((it) => traitsOfRow(it, mapping)[rule] === value),
        };
        const [person, row] = [group.people[0], group.rows[0]];
        if (person === undefined || row === undefined) continue;
        if (group.people.length > 1 || group.rows.length > 1) {
          larger.push(group);
          continue;
        }
        Object.assign(person, { [system]: row });
        person.matchedBy[system] = rule;
        linked.add(row);
      }
    }
    for (const group of larger) {
      const peopleLeft = group.people.filter((it) => it[system] === null);
      const rowsLeft = group.rows.filter((it) => !linked.has(it));
      for (const it of peopleLeft) if (!it.contested.includes(system)) it.contested.push(system);
      for (const it of rowsLeft) contested.add(it);
      if (peopleLeft.length + rowsLeft.length === 0) continue;
      conflicts.push({ rule: group.rule, system, people: group.people.map(leadingId), rows: group.rows.map(idOfRow) });
    }
    return rows.filter((it) => !linked.has(it) && !contested.has(it));
  }

  const { lucca, naver } = company;
  const users = visibleUsers(company);
  const ofLucca = lucca.employees.map((row) => person({ lucca: row }));
  pass('naver', naver.employees, ofLucca);
  const ofNaver = naver.employees
    .filter((row) => naverKeyOf(row) !== null && !ofLucca.some((it) => it.naver === row))
    .map((row) => person({ naver: row }));
  const left = pass('user', users, ofLucca);
  pass('user', left, ofNaver);
  const known = [...ofLucca, ...ofNaver];
  const ofCtrlHub = users.filter((row) => !known.some((it) => it.user === row)).map((row) => person({ user: row }));
  return { people: [...known, ...ofCtrlHub], conflicts };
}

/** The members of the organisation, and whoever holds an assignment. */
export function visibleUsers({ ctrlHub }: Company): UserRow[] {
  const [organisation] = ctrlHub.organisations;
  const holders = new Set(ctrlHub.assignments.map((it) => it.userId));
  return ctrlHub.users.filter((it) => holders.has(it.id) || it.organisationIds.includes(organisation?.id ?? ''));
}

const person = (rows: Partial<Rows>): Person => ({
  lucca: null,
  naver: null,
  user: null,
  matchedBy: {},
  contested: [],
  ...rows,
});

const idOfRow = (row: Row): string => ('loginId' in row ? (naverKeyOf(row) ?? row.loginId) : row.id);

/** The identifier of the record that leads. */
const leadingId = ({ lucca, naver, user }: Rows): string => lucca?.id ?? (naver && naverKeyOf(naver)) ?? user?.id ?? '';

/** What the person's id holds in the graph. */
export function keyOf({ lucca, naver, user }: Rows): string {
  if (lucca) return `L:${lucca.id}`;
  if (naver) return naver.externalKey === null ? `W:${naver.empId}` : `N:${naver.externalKey}`;
  return `C:${user?.id}`;
}

/** As lists of people come: by family name, or by the whole name where a system keeps no other; ties by id. */
export const inNameOrder = <P extends Rows>(people: readonly P[]): P[] =>
  people.toSorted(
    (a, b) =>
      compareNames(sortNameOf(a), sortNameOf(b)) || keyOf(a).length - keyOf(b).length || (keyOf(a) < keyOf(b) ? -1 : 1),
  );

/** What lists of people are in order of. */
function sortNameOf({ lucca, naver, user }: Rows): string {
  if (lucca) return lucca.familyName;
  if (naver) return naver.name;
  return user?.lastName || user?.firstName || user?.email.trim() || (user?.id ?? '');
}

/** The name that the leading record gives: half a name of Ctrl Hub's is none, as in Ctrl Hub itself. */
export function nameOf({ lucca, naver, user }: Rows): string {
  if (lucca) return `${lucca.givenName} ${lucca.familyName}`;
  if (naver) return naver.name;
  const hasName = user !== null && user.firstName !== '' && user.lastName !== '';
  return hasName ? `${user.firstName} ${user.lastName}` : (user?.email ?? '');
}

/** Null for a blank one, by which nobody is found. */
const addressOf = (email: string | null): string | null => foldEmail(email ?? '') || null;

const traitsOfRow = (row: Row, mapping: Mapped[]): Traits =>
  'loginId' in row
    ? {
        MAPPING_FILE: mappedBy(mapping, { naver: naverKeyOf(row) }),
        EMAIL: addressOf(row.emailAddress),
        REMOTE_ID: row.externalKey,
        EMPLOYEE_NUMBER: row.empNo,
      }
    : { MAPPING_FILE: mappedBy(mapping, { ctrlHub: row.id }), EMAIL: addressOf(row.email) };

/** Of the record that leads, but for the mapping file: there, whichever record of theirs a row names. */
function traitsOfPerson({ lucca, naver, user }: Rows, mapping: Mapped[]): Traits {
  const MAPPING_FILE = mappedBy(mapping, {
    lucca: lucca?.id ?? null,
    naver: naver && naverKeyOf(naver),
    ctrlHub: user?.id ?? null,
  });
  if (lucca === null) return naver === null ? {} : { ...traitsOfRow(naver, mapping), MAPPING_FILE };
  const { email, remoteId, employeeNumber } = lucca;
  return { MAPPING_FILE, EMAIL: addressOf(email), REMOTE_ID: remoteId, EMPLOYEE_NUMBER: employeeNumber };
}

/** The row that names one of these identifiers; null for none. */
function mappedBy(mapping: Mapped[], ids: { [S in keyof Mapped]?: string | null }): string | null {
  const systems = ['lucca', 'naver', 'ctrlHub'] as const;
  const index = mapping.findIndex((row) => systems.some((it) => row[it] !== undefined && row[it] === ids[it]));
  return index === -1 ? null : String(index);
}
