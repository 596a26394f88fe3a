import { type Absence, type Candidate, conflictReason } from '../domain/absence.ts';
import { Groups } from '../domain/groups.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import { leadOf, type Person, type Records, type SourceName } from '../domain/person.ts';
import type { Directory } from './directory.ts';
import type { DirectoryInput } from './input.ts';
import { compareIds } from './order.ts';
import { inSlices } from './slices.ts';
import { readTraits, type TraitRule, traitRules } from './traits.ts';

/** Of each person whom some source does not know: why, for each of those sources, in lead order. */
export type Absences<R extends Records> = ReadonlyMap<Person<R>, readonly Absence<R>[]>;

/** By source and rule: its records by their trait. */
type ByTrait<R extends Records> = ReadonlyMap<string, Groups<Candidate<R>>>;

/**
 * Explains each link that is missing. Pure, and in slices like the directory that it is of. A row of the mapping file that
 * links nobody is no reason: `mapping:check` tells of those.
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
  const absences = new Map<Person<R>, readonly Absence<R>[]>();
  yield* inSlices(directory.people, (person) => {
    const missing = directory.sources.filter((source) => person.links[source] === undefined);
    if (missing.length > 0)
      absences.set(
        person,
        missing.map((source) => explain(person, source)),
      );
  });
  return absences;
}

const nameOf = (source: string, rule: TraitRule): string => `${source} ${rule}`;

const byOrderIn = (rules: readonly IdentityRule[]) => (a: IdentityRule, b: IdentityRule) =>
  rules.indexOf(a) - rules.indexOf(b);

type Known<R extends Records> = {
  directory: Directory<R>;
  rules: readonly TraitRule[];
  byTrait: ByTrait<R>;
  traits: ReadonlyMap<object, ReadonlyMap<TraitRule, string>>;
  isFormer: ReadonlySet<object>;
};

function explainer<R extends Records>({ directory, rules, byTrait, traits, isFormer }: Known<R>) {
  const { sources } = directory;
  const isBefore = (other: Person<R> | undefined, source: SourceName<R>) =>
    other !== undefined && sources.indexOf(other.leads) < sources.indexOf(source);
  const personOf = (source: SourceName<R>, record: R[SourceName<R>]) => directory.personOf(source, record);

  return (person: Person<R>, source: SourceName<R>): Absence<R> => {
    const lead = leadOf(person);
    const isLater = sources.indexOf(source) > sources.indexOf(person.leads);
    const conflicts = directory.conflictsOf(person);
    const [conflict] = conflicts.filter((it) =>
      isLater
        ? it.source === source && it.people.includes(person)
        : it.source === person.leads && it.people[0]?.leads === source,
    );
    if (conflict !== undefined) {
      const { rule, people, records } = conflict;
      const candidates = isLater
        ? records.map((record) => ({ source, record, person: personOf(source, record) }))
        : people.map((it) => ({ source, record: leadOf(it), person: it }));
      return { source, reason: conflictReason({ people, records }), rule, candidates };
    }
    const match = matchOf(person, source, isLater);
    // Contested with people of an earlier source, it was compared with nobody of this one.
    const isHeldBack = !isLater && conflicts.some((it) => it.source === person.leads && isBefore(it.people[0], source));
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
    const isLinked = match.candidates.some((it) => it.person !== null && (!isLater || it.person.leads !== source));
    return { source, reason: isLinked ? 'LINKED_ELSEWHERE' : 'HELD_BACK', ...match };
  };

  /** Records of equal trait, by the first rule that finds any: of later sources all, of earlier ones those that lead. */
  function matchOf(person: Person<R>, source: SourceName<R>, isLater: boolean) {
    for (const rule of rules) {
      const trait = traits.get(leadOf(person))?.get(rule);
      const equal = trait === undefined ? [] : (byTrait.get(nameOf(source, rule))?.get(trait) ?? []);
      const candidates = equal.filter((it) => isLater || it.person?.leads === source);
      if (candidates.length > 0) return { rule, candidates: candidates.toSorted(byPerson) };
    }
    return null;
  }

  /** A rehire: somebody of the same source has the same trait, and has not left. */
  function hasGivenWay(person: Person<R>, rule: TraitRule): boolean {
    if (!isFormer.has(leadOf(person))) return false;
    const trait = traits.get(leadOf(person))?.get(rule) ?? '';
    const same = byTrait.get(nameOf(person.leads, rule))?.get(trait) ?? [];
    return same.some((it) => it.person?.leads === person.leads && it.person !== person && !isFormer.has(it.record));
  }

  /** Whether the record has anything that records of the source have; all that a record can have, where it has none. */
  function isComparable(record: object, source: string): boolean {
    const had = rules.filter((rule) => byTrait.get(nameOf(source, rule))?.isEmpty === false);
    return (had.length === 0 ? rules : had).some((rule) => traits.get(record)?.has(rule));
  }
}

/** Nobody's come last, in order of their content: nothing else tells them apart. */
function byPerson<R extends Records>(a: Candidate<R>, b: Candidate<R>): number {
  if (a.person !== null && b.person !== null) return compareIds(a.person.id, b.person.id);
  const isNobodys = Number(a.person === null) - Number(b.person === null);
  return isNobodys || compareIds(JSON.stringify(a.record), JSON.stringify(b.record));
}
