import { type Absence, type Candidate, conflictReason } from '../domain/absence.ts';
import { Groups } from '../domain/groups.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import { type Conflict, leadOf, type Person, type Records, type SourceName } from '../domain/person.ts';
import type { Directory } from './directory.ts';
import type { DirectoryInput } from './input.ts';
import { compareIds } from './order.ts';
import { inSlices } from './slices.ts';
import { readTraits, type TraitRule, traitRules } from './traits.ts';

/** For each person without a record of some source, by id: one absence per missing source, in lead order. */
export type Absences<R extends Records> = ReadonlyMap<string, readonly Absence<R>[]>;

/** Records grouped by trait, per source and rule. */
type ByTrait<R extends Records> = ReadonlyMap<string, Groups<Candidate<R>>>;

/**
 * Explains each missing link. Pure, and in slices like `buildDirectory`. A row of the mapping file that links nobody is
 * not a reason; `mapping:check` reports those rows.
 */
export function* explainAbsences<R extends Records>(
  input: DirectoryInput<R>,
  directory: Directory<R>,
): Generator<void, Absences<R>> {
  const rules = traitRules.filter((rule) => input.rules.includes(rule)).sort(byOrderIn(input.rules));
  const byTrait = new Map<string, Groups<Candidate<R>>>();
  const traits = new Map<object, ReadonlyMap<TraitRule, string>>();
  const isFormer = new Set<object>();
  for (const { source, records } of input.sources) {
    for (const rule of rules) byTrait.set(nameOf(source.name, rule), new Groups());
    yield* inSlices(records, (record) => {
      const read = readTraits(source.traitsOf(record), rules);
      traits.set(record, read);
      if (source.isFormer(record)) isFormer.add(record);
      const person = directory.personOf(source.name, record);
      for (const [rule, trait] of read)
        byTrait.get(nameOf(source.name, rule))?.add(trait, { source: source.name, record, person });
    });
  }
  const explain = explainer({ directory, rules, byTrait, traits, isFormer });
  const absences = new Map<string, readonly Absence<R>[]>();
  yield* inSlices(directory.people, (person) => {
    const missing = directory.sources.filter((source) => person.links[source] === undefined);
    if (missing.length > 0)
      absences.set(
        person.id,
        missing.map((source) => explain(person, source)),
      );
  });
  return absences;
}

const nameOf = (source: string, rule: TraitRule): string => `${source} ${rule}`;

const byOrderIn = (rules: readonly IdentityRule[]) => (a: IdentityRule, b: IdentityRule) =>
  rules.indexOf(a) - rules.indexOf(b);

type Index<R extends Records> = {
  directory: Directory<R>;
  rules: readonly TraitRule[];
  byTrait: ByTrait<R>;
  traits: ReadonlyMap<object, ReadonlyMap<TraitRule, string>>;
  isFormer: ReadonlySet<object>;
};

function explainer<R extends Records>({ directory, rules, byTrait, traits, isFormer }: Index<R>) {
  const { sources } = directory;
  const isBefore = (other: Person<R> | undefined, source: SourceName<R>) =>
    other !== undefined && sources.indexOf(other.leads) < sources.indexOf(source);
  const recordsIn = sharedBy(({ source, records }: Conflict<R>) =>
    records.map((record) => ({ source, record, person: directory.personOf(source, record) })),
  );
  const claimantsIn = sharedBy(({ people }: Conflict<R>) =>
    people.map((person) => ({ source: person.leads, record: leadOf(person), person })),
  );
  const sortedOf = sharedBy((group: readonly Candidate<R>[]) => group.toSorted(byPerson));
  const leadingOf = sharedBy((group: readonly Candidate<R>[]) =>
    group.filter(({ source, person }) => person?.leads === source).toSorted(byPerson),
  );

  return (person: Person<R>, source: SourceName<R>): Absence<R> => {
    const lead = leadOf(person);
    const isLater = sources.indexOf(source) > sources.indexOf(person.leads);
    const conflicts = directory.conflictsOf(person);
    const [conflict] = conflicts.filter((candidate) =>
      isLater
        ? candidate.source === source && candidate.people.includes(person)
        : candidate.source === person.leads && candidate.people[0]?.leads === source,
    );
    if (conflict !== undefined) {
      const { rule, people, records } = conflict;
      const candidates = isLater ? recordsIn(conflict) : claimantsIn(conflict);
      return { source, reason: conflictReason({ people, records }), rule, candidates };
    }
    const match = matchOf(person, source, isLater);
    // A record contested by people of an earlier source takes no part in the pass for this source.
    const isHeldBack =
      !isLater && conflicts.some(({ source: of, people }) => of === person.leads && isBefore(people[0], source));
    if (isHeldBack)
      return { source, reason: 'HELD_BACK', rule: match?.rule ?? null, candidates: match?.candidates ?? [] };
    if (match === null) {
      return {
        source,
        reason: isComparable(lead, source) ? 'NO_MATCH' : 'NOTHING_TO_COMPARE',
        rule: null,
        candidates: [],
      };
    }
    if (isLater && hasGivenWay(person, match.rule)) return { source, reason: 'GAVE_WAY', ...match };
    const isLinked = match.candidates.some(
      (candidate) => candidate.person !== null && (!isLater || candidate.person.leads !== source),
    );
    return { source, reason: isLinked ? 'LINKED_ELSEWHERE' : 'HELD_BACK', ...match };
  };

  /**
   * The records with an equal trait, by the first rule that finds any. Of a later source all records count; of an
   * earlier one only those that lead a person.
   */
  function matchOf(person: Person<R>, source: SourceName<R>, isLater: boolean) {
    for (const rule of rules) {
      const trait = traits.get(leadOf(person))?.get(rule);
      const equal = trait === undefined ? [] : (byTrait.get(nameOf(source, rule))?.get(trait) ?? []);
      const candidates = isLater ? sortedOf(equal) : leadingOf(equal);
      if (candidates.length > 0) return { rule, candidates };
    }
    return null;
  }

  /** True for a rehire: another person led by the same source has the same trait and has not left. */
  function hasGivenWay(person: Person<R>, rule: TraitRule): boolean {
    if (!isFormer.has(leadOf(person))) return false;
    const trait = traits.get(leadOf(person))?.get(rule) ?? '';
    const same = byTrait.get(nameOf(person.leads, rule))?.get(trait) ?? [];
    return same.some(
      (other) => other.person?.leads === person.leads && other.person !== person && !isFormer.has(other.record),
    );
  }

  /**
   * Whether the record has a trait that some record of the source has as well. If the source's records have no traits,
   * any trait of the record counts.
   */
  function isComparable(record: object, source: string): boolean {
    const had = rules.filter((rule) => byTrait.get(nameOf(source, rule))?.isEmpty === false);
    return (had.length === 0 ? rules : had).some((rule) => traits.get(record)?.has(rule));
  }
}

/** Makes a value once for each group: hundreds of people who share a trait have hundreds of candidates in common. */
function sharedBy<Group extends object, T>(make: (group: Group) => T): (group: Group) => T {
  const made = new WeakMap<Group, T>();
  return (group) => {
    const value = made.get(group) ?? make(group);
    made.set(group, value);
    return value;
  };
}

/** Records without a person come last, in order of their content, because nothing else tells them apart. */
function byPerson<R extends Records>(a: Candidate<R>, b: Candidate<R>): number {
  if (a.person !== null && b.person !== null) return compareIds(a.person.id, b.person.id);
  const byHavingPerson = Number(a.person === null) - Number(b.person === null);
  return byHavingPerson || compareIds(JSON.stringify(a.record), JSON.stringify(b.record));
}
