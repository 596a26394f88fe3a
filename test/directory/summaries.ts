import { buildDirectory, type Directory } from '../../src/directory/directory.ts';
import type { DirectoryInput } from '../../src/directory/input.ts';
import type { Person } from '../../src/domain/person.ts';
import { IdentityMapping } from '../../src/identity/mapping.ts';
import { drained } from './drained.ts';
import { identifiersOf, leadingRecordOf, type PlainPerson, whoHas, whoIsWho } from './oracle.ts';
import { plainKey } from './oracle-normal-form.ts';
import type { DrawnCompany, PersonRecord } from './random-people.ts';

type AnyRecords = Record<string, PersonRecord>;

/** All that a directory tells, as texts and in an order of their own: of the product's, and of the plain one. */
export type Summary = {
  people: string[];
  conflicts: string[];
  personOf: Record<string, string | null>;
  byIdentifier: Record<string, string | null>;
  addressed: Record<string, { leading: string[]; linked: string[]; former: string[] }>;
  conflictsOf: Record<string, string[]>;
  /** How many records each rule linked, of each source. */
  links: Record<string, number>;
};

/** How a record is named in a summary. */
type NameOf = (record: PersonRecord) => string;
const byLabel: NameOf = ({ label }) => label;

export const inputOf = ({ sources, rules, rows }: DrawnCompany): DirectoryInput<AnyRecords> => ({
  sources,
  rules,
  mapping: new IdentityMapping(rows),
});

export const built = (company: DrawnCompany): Directory<AnyRecords> =>
  drained(buildDirectory<AnyRecords>(inputOf(company)));

const allRecords = ({ sources }: DrawnCompany) =>
  sources.flatMap(({ source, records }) => records.map((record) => ({ source, record })));

/** In normal form, and as the record spells them. */
const spelledIdentifiersOf = ({ source, record }: ReturnType<typeof allRecords>[number]): string[] => [
  ...identifiersOf(record, source),
  ...source.keys.flatMap(({ prefix, of }) => (plainKey(of(record)) === null ? [] : `${prefix}:${of(record)}`)),
];

const askedIdentifiers = (company: DrawnCompany): string[] => [
  ...new Set(['nothing', 'A:', 'A:nobody', ...allRecords(company).flatMap(spelledIdentifiersOf)]),
];

export const askedAddresses = (company: DrawnCompany): string[] => [
  ...new Set(['nobody@yard.example', '', ...allRecords(company).flatMap(({ record }) => record.email ?? [])]),
];

/** What the product tells of the company. */
export function summaryOf(company: DrawnCompany, directory = built(company), nameOf = byLabel): Summary {
  const nameOfPerson = (person: Person<AnyRecords> | null) => {
    const record = person?.links[person.leads]?.record;
    return record === undefined ? null : nameOf(record);
  };
  const names = (people: readonly Person<AnyRecords>[]) => people.map((it) => String(nameOfPerson(it)));
  const conflictLine = ({ rule, source, people, records }: Directory<AnyRecords>['conflicts'][number]) =>
    lineOfConflict(rule, source, names(people), records.map(nameOf));
  return {
    people: directory.people
      .map((person) => lineOfPerson(person.id, person.leads, Object.entries(person.links), person.contested, nameOf))
      .sort(),
    conflicts: directory.conflicts.map(conflictLine).sort(),
    personOf: Object.fromEntries(
      allRecords(company).map(({ source, record }) => [
        nameOf(record),
        nameOfPerson(directory.personOf(source.name, record)),
      ]),
    ),
    byIdentifier: Object.fromEntries(
      askedIdentifiers(company).map((id) => [id, nameOfPerson(directory.byIdentifier(id))]),
    ),
    addressed: Object.fromEntries(
      askedAddresses(company).map((address) => {
        const { leading, linked, former } = directory.addressed(address);
        return [
          address,
          { leading: names(leading).sort(), linked: names(linked).sort(), former: names(former).sort() },
        ];
      }),
    ),
    conflictsOf: Object.fromEntries(
      directory.people.map((it) => [nameOfPerson(it), directory.conflictsOf(it).map(conflictLine).sort()]),
    ),
    links: Object.fromEntries(directory.links.map(({ source, rule, count }) => [`${source} ${rule}`, count])),
  };
}

/** What the definition says of it. */
export function expectedOf(company: DrawnCompany): Summary {
  const { sources, rules, rows } = company;
  const { people, conflicts } = whoIsWho(sources, rules, rows);
  const nameOfPerson = ({ links, leads }: PlainPerson<PersonRecord>) => links.get(leads)?.record.label ?? '';
  const names = (some: readonly PlainPerson<PersonRecord>[]) => some.map(nameOfPerson).sort();
  const ownerOf = (record: PersonRecord) =>
    people.filter((it) => [...it.links.values()].some((link) => link.record === record)).map(nameOfPerson)[0] ?? null;
  const conflictLine = (it: (typeof conflicts)[number]) =>
    lineOfConflict(it.rule, it.source, names(it.people), it.records.map(byLabel));
  const owners = allRecords(company).flatMap((it) =>
    spelledIdentifiersOf(it).map((id) => [id, ownerOf(it.record)] as const),
  );
  const counts = sources.slice(1).flatMap(({ source }) =>
    rules.map((rule) => {
      const linked = people.filter((it) => it.links.get(source.name)?.matchedBy === rule);
      return [`${source.name} ${rule}`, linked.length] as const;
    }),
  );
  return {
    people: people
      .map((person) => lineOfPerson(person.id, person.leads, [...person.links], [...person.contested], byLabel))
      .sort(),
    conflicts: conflicts.map(conflictLine).sort(),
    personOf: Object.fromEntries(allRecords(company).map(({ record }) => [record.label, ownerOf(record)])),
    byIdentifier: Object.fromEntries([...askedIdentifiers(company).map((id) => [id, null] as const), ...owners]),
    addressed: Object.fromEntries(
      askedAddresses(company).map((address) => {
        const { leading, linked, former } = whoHas(address, sources, people);
        return [address, { leading: names(leading), linked: names(linked), former: names(former) }];
      }),
    ),
    conflictsOf: Object.fromEntries(
      people.map((person) => [
        nameOfPerson(person),
        conflicts
          .filter((it) => {
            const isLeft = it.people.includes(person) && person.contested.has(it.source);
            const record = person.leads === it.source ? leadingRecordOf(person) : null;
            return isLeft || it.records.some((other) => other === record);
          })
          .map(conflictLine)
          .sort(),
      ]),
    ),
    links: Object.fromEntries(counts),
  };
}

function lineOfPerson(
  id: string,
  leads: string,
  links: [string, { record: PersonRecord; matchedBy: string } | undefined][],
  contested: readonly string[],
  nameOf: NameOf,
): string {
  const parts = links.flatMap(([source, link]) =>
    link === undefined ? [] : [`${source} ${nameOf(link.record)} ${link.matchedBy}`],
  );
  return `${id} leads ${leads}: ${parts.sort().join(', ')}; contested: ${[...contested].sort().join(' ')}`;
}

const lineOfConflict = (rule: string, source: string, people: string[], records: string[]): string =>
  `${rule} ${source}: ${people.toSorted().join(' ')} | ${records.toSorted().join(' ')}`;
