import type { Company } from '../../src/sandbox/company/data.ts';
import { leadingRecordOf, type PlainRow, type PlainSource, whoIsWho } from '../directory/oracle.ts';
import { whyAbsent } from '../directory/oracle-absences.ts';
import { plainEmail } from '../directory/oracle-normal-form.ts';
import { type LuccaRow, type NaverRow, naverKeyOf, statusOf, type UserRow } from '../helpers/truth.ts';
import { visibleUsers } from '../helpers/truth-people.ts';

export const allSystems = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

export type System = (typeof allSystems)[number];

/** One human being by the identifiers that the three systems have for them. */
export type PlainPerson = {
  LUCCA?: string;
  NAVER?: string;
  CTRL_HUB?: string;
  /** What is inside the graph's own id. */
  id: string;
  leads: System;
  /** Of the leading record. */
  names: string[];
  email: string | null;
  /** What lists of people are sorted by. */
  sortName: string;
  rows: { lucca: LuccaRow | null; naver: NaverRow | null; user: UserRow | null };
  /** Systems with a record that may be theirs or somebody else's. They have none of its records. */
  contested: ReadonlySet<string>;
  /** Each as `rule: identifiers`, of the records of one system that compete for one of another. */
  conflicts: string[];
  /** Each system that does not know them, as `system reason rule: identifiers` of the records that might be theirs. */
  missing: string[];
};

/** A row of any system, by what people are linked by. */
type PlainRecord = {
  upstreamId: string;
  keys: Record<string, string | null>;
  email: string | null;
  remoteId: string | null;
  employeeNumber: string | null;
  given: string | null;
  family: string | null;
  full: string | null;
  isFormer: boolean;
  row: Partial<PlainPerson['rows']>;
};

const none = { remoteId: null, employeeNumber: null, given: null, family: null, full: null, isFormer: false };

const recordsOf: Record<System, (company: Company) => PlainRecord[]> = {
  LUCCA: (company) =>
    company.lucca.employees.map((row) => ({
      upstreamId: row.id,
      keys: { L: row.id },
      email: row.email,
      remoteId: row.remoteId,
      employeeNumber: row.employeeNumber,
      given: row.givenName,
      family: row.familyName,
      full: null,
      isFormer: statusOf(company, row) === 'DEACTIVATED',
      row: { lucca: row },
    })),
  NAVER: ({ naver }) =>
    naver.employees.map((row) => ({
      ...none,
      upstreamId: naverKeyOf(row) ?? row.loginId,
      keys: { N: row.externalKey, W: row.empId },
      email: row.emailAddress,
      remoteId: row.externalKey,
      employeeNumber: row.empNo,
      full: row.name,
      row: { naver: row },
    })),
  CTRL_HUB: (company) =>
    visibleUsers(company).map((row) => ({
      ...none,
      upstreamId: row.id,
      keys: { C: row.id },
      email: row.email,
      given: row.firstName,
      family: row.lastName,
      row: { user: row },
    })),
};

const prefixes: Record<System, string[]> = { LUCCA: ['L'], NAVER: ['N', 'W'], CTRL_HUB: ['C'] };

const sourceOf = (name: System, company: Company): PlainSource<PlainRecord> => ({
  source: {
    name,
    keys: prefixes[name].map((prefix) => ({ prefix, of: ({ keys }) => keys[prefix] ?? null })),
    ignoresCaseOfKeys: name === 'CTRL_HUB',
    traitsOf: ({ email, remoteId, employeeNumber }) => ({ email, remoteId, employeeNumber }),
    namesOf: ({ given, family, full }) => ({ given, family, full }),
    isFormer: ({ isFormer }) => isFormer,
  },
  records: recordsOf[name](company),
});

export const line = (rule: string, records: readonly string[]): string => `${rule}: ${[...records].sort().join(' ')}`;

/**
 * Everybody, each once, by the definition of who is who; `rows`: of a mapping file. A row without a key that is nobody
 * else's is nobody.
 */
export function everybody(
  company: Company,
  systems: readonly System[] = allSystems,
  rows: readonly PlainRow[] = [],
): PlainPerson[] {
  const rules = ['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'] as const;
  const sources = systems.map((it) => sourceOf(it, company));
  const directory = whoIsWho(sources, rules, rows);
  const { people, conflicts } = directory;
  const absences = whyAbsent(sources, rules, directory);
  return people.map((person) => {
    const leading = leadingRecordOf(person);
    const linked = (system: System) => person.links.get(system)?.record;
    const ids = systems.flatMap((it) => {
      const record = linked(it);
      return record === undefined ? [] : [[it, record.upstreamId]];
    });
    const told = conflicts.filter(
      ({ source, people, records }) =>
        (people.includes(person) && person.contested.has(source)) ||
        (person.leads === source && records.includes(leading)),
    );
    return {
      ...Object.fromEntries(ids),
      id: person.id,
      leads: systems.find((it) => it === person.leads) ?? 'LUCCA',
      names: [leading.given, leading.family, leading.full].filter((it) => it !== null),
      email: leading.email,
      sortName: sortNameOf(leading),
      rows: {
        lucca: linked('LUCCA')?.row.lucca ?? null,
        naver: linked('NAVER')?.row.naver ?? null,
        user: linked('CTRL_HUB')?.row.user ?? null,
      },
      contested: person.contested,
      conflicts: told.map((it) =>
        line(
          it.rule,
          [...it.people.map(leadingRecordOf), ...it.records].map(({ upstreamId }) => upstreamId),
        ),
      ),
      missing: absences
        .filter((it) => it.person === person)
        .map(({ source, reason, rule, candidates }) =>
          line(
            `${source} ${reason} ${rule}`,
            candidates.map(({ upstreamId }) => upstreamId),
          ),
        ),
    };
  });
}

/** The family name, or the whole name of a system that keeps no other; else the address, or the identifier. */
function sortNameOf({ given, family, full, email, upstreamId }: PlainRecord): string {
  const name = [family, full, given].find((it) => it !== null && it.trim() !== '');
  if (name !== undefined && name !== null) return name.trim();
  return email !== null && plainEmail(email) !== null ? email.trim() : upstreamId;
}

const { compare } = new Intl.Collator('en');

/** By name as Unicode orders them, ties by the graph's own ids, of which the shorter comes first. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));
export const byName = (a: PlainPerson, b: PlainPerson): number =>
  compare(a.sortName, b.sortName) || compareIds(a.id, b.id);
