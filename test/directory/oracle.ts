import type { IdentityRule } from '../../src/domain/identity-rule.ts';
import type { PeopleSource } from '../../src/domain/people-source.ts';
import { plainEmail, plainKey, plainNumber } from './oracle-normal-form.ts';

/** A source and its records. */
export type PlainSource<R extends object> = { source: PeopleSource<R>; records: readonly R[] };

/** Somebody's identifiers by the names of sources: a row of the mapping file. */
export type PlainRow = Record<string, string>;

export type PlainPerson<R> = {
  id: string;
  leads: string;
  /** By source. SOURCE: the leading record. */
  links: Map<string, { record: R; matchedBy: IdentityRule | 'SOURCE' }>;
  /** Sources that have a record which may be this person's. */
  contested: Set<string>;
};

type PlainConflict<R> = { rule: IdentityRule; source: string; people: PlainPerson<R>[]; records: R[] };

export type PlainDirectory<R> = { people: PlainPerson<R>[]; conflicts: PlainConflict<R>[] };

/**
 * Who is who, by definition: source by source, pass by pass, rule by rule, every member compared with every other. It
 * shares no code with the product and is as slow as the definition is long.
 */
export function whoIsWho<R extends object>(
  sources: readonly PlainSource<R>[],
  rules: readonly IdentityRule[],
  rows: readonly PlainRow[],
): PlainDirectory<R> {
  const people: PlainPerson<R>[] = [];
  const conflicts: PlainConflict<R>[] = [];
  for (const [place, { source, records }] of sources.entries()) {
    const linked = new Set<R>();
    const contested = new Set<R>();
    for (const earlier of sources.slice(0, place)) {
      const ofThisPass = people.filter((person) => person.leads === earlier.source.name);
      const openBefore = records.filter((record) => !linked.has(record) && !contested.has(record));
      const larger: Group<R>[] = [];
      for (const rule of rules) {
        const openPeople = ofThisPass.filter((person) => !person.links.has(source.name));
        const openRecords = openBefore.filter((record) => !linked.has(record));
        const members = [
          ...openPeople.map((person): Member<R> => ({ person, traits: traitsOfPerson(person, rule, sources, rows) })),
          ...openRecords.map((record): Member<R> => ({ record, traits: traitsOfRecord(record, rule, source, rows) })),
        ];
        for (const group of groupsOf(members, rule).map((it) => withoutFormer(it, earlier.source))) {
          const [person] = group.people;
          const [record] = group.records;
          if (person === undefined || record === undefined) continue;
          if (group.people.length > 1 || group.records.length > 1) {
            larger.push(group);
            continue;
          }
          person.links.set(source.name, { record, matchedBy: rule });
          linked.add(record);
        }
      }
      for (const group of larger) {
        const leftPeople = group.people.filter((person) => !person.links.has(source.name));
        const leftRecords = group.records.filter((record) => !linked.has(record));
        for (const person of leftPeople) person.contested.add(source.name);
        for (const record of leftRecords) contested.add(record);
        if (leftPeople.length + leftRecords.length > 0) conflicts.push({ ...group, source: source.name });
      }
    }
    for (const record of records.filter((it) => !linked.has(it))) {
      const id = identifiersOf(record, source)[0];
      if (id === undefined) continue;
      const links = new Map([[source.name, { record, matchedBy: 'SOURCE' as const }]]);
      people.push({ id, leads: source.name, links, contested: new Set() });
    }
  }
  return { people, conflicts };
}

type Member<R> = { person?: PlainPerson<R>; record?: R; traits: string[] };
type Group<R> = { rule: IdentityRule; people: PlainPerson<R>[]; records: R[] };

/** Members who share a trait, or are joined by others who do, are of one group. */
function groupsOf<R>(members: readonly Member<R>[], rule: IdentityRule): Group<R>[] {
  let groups = members.filter((it) => it.traits.length > 0).map((member) => [member]);
  for (const trait of new Set(members.flatMap((it) => it.traits))) {
    const having = groups.filter((group) => group.some((member) => member.traits.includes(trait)));
    groups = [...groups.filter((group) => !having.includes(group)), having.flat()];
  }
  return groups.map((group) => ({
    rule,
    people: group.flatMap((it) => (it.person === undefined ? [] : [it.person])),
    records: group.flatMap((it) => (it.record === undefined ? [] : [it.record])),
  }));
}

/** The former ones give way to the only one who is not. */
function withoutFormer<R extends object>(group: Group<R>, leading: PeopleSource<R>): Group<R> {
  const current = group.people.filter((person) => !leading.isFormer(leadingRecordOf(person)));
  return current.length === 1 ? { ...group, people: current } : group;
}

export function leadingRecordOf<R>(person: PlainPerson<R>): R {
  const link = person.links.get(person.leads);
  if (link === undefined) throw new Error('a person has a leading record');
  return link.record;
}

function traitsOfRecord<R extends object>(
  record: R,
  rule: IdentityRule,
  source: PeopleSource<R>,
  rows: readonly PlainRow[],
): string[] {
  const { email, remoteId, employeeNumber } = source.traitsOf(record);
  if (rule === 'MAPPING_FILE') return rowsThatName(record, source, rows);
  if (rule === 'EMAIL') return present(plainEmail(email));
  if (rule === 'REMOTE_ID') return present(plainKey(remoteId));
  return present(plainNumber(employeeNumber));
}

/** Those of the leading record alone, but for the mapping file: a person has the rows that name any of their records. */
function traitsOfPerson<R extends object>(
  person: PlainPerson<R>,
  rule: IdentityRule,
  sources: readonly PlainSource<R>[],
  rows: readonly PlainRow[],
): string[] {
  return sources.flatMap(({ source }) => {
    const link = person.links.get(source.name);
    if (link === undefined) return [];
    if (rule !== 'MAPPING_FILE' && source.name !== person.leads) return [];
    return traitsOfRecord(link.record, rule, source, rows);
  });
}

function rowsThatName<R extends object>(record: R, source: PeopleSource<R>, rows: readonly PlainRow[]): string[] {
  const [key] = keysOf(record, source);
  return rows.flatMap((row, index) => {
    const named = plainKey(row[source.name] ?? null, source.ignoresCaseOfKeys);
    return named !== null && named === key?.text ? [String(index)] : [];
  });
}

function keysOf<R extends object>(record: R, source: PeopleSource<R>): { prefix: string; text: string }[] {
  return source.keys.flatMap(({ prefix, of }) => {
    const text = plainKey(of(record), source.ignoresCaseOfKeys);
    return text === null ? [] : [{ prefix, text }];
  });
}

/** The first is the id of a person whom the record leads. */
export const identifiersOf = <R extends object>(record: R, source: PeopleSource<R>): string[] =>
  keysOf(record, source).map(({ prefix, text }) => `${prefix}:${text}`);

const present = (trait: string | null): string[] => (trait === null ? [] : [trait]);

export type PlainAddressed<R> = { leading: PlainPerson<R>[]; linked: PlainPerson<R>[]; former: PlainPerson<R>[] };

/** Who has an address: by a leading record that is not former, by a linked one, by a leading one that is former. */
export function whoHas<R extends object>(
  address: string,
  sources: readonly PlainSource<R>[],
  people: readonly PlainPerson<R>[],
): PlainAddressed<R> {
  const asked = plainEmail(address);
  const has = (person: PlainPerson<R>, source: PeopleSource<R>): boolean => {
    const record = person.links.get(source.name)?.record;
    return record !== undefined && asked !== null && plainEmail(source.traitsOf(record).email) === asked;
  };
  const leadsWithIt = (person: PlainPerson<R>) =>
    sources.some(({ source }) => source.name === person.leads && has(person, source));
  const isFormer = (person: PlainPerson<R>) =>
    sources.some(({ source }) => source.name === person.leads && source.isFormer(leadingRecordOf(person)));
  return {
    leading: people.filter((person) => leadsWithIt(person) && !isFormer(person)),
    linked: people.filter((person) =>
      sources.some(({ source }) => source.name !== person.leads && has(person, source)),
    ),
    former: people.filter((person) => leadsWithIt(person) && isFormer(person)),
  };
}
