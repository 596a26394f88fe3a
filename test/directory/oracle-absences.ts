import type { IdentityRule } from '../../src/domain/identity-rule.ts';
import type { PeopleSource } from '../../src/domain/people-source.ts';
import { leadingRecordOf, type PlainDirectory, type PlainPerson, type PlainSource } from './oracle.ts';
import { plainEmail, plainKey, plainNumber } from './oracle-normal-form.ts';

/** Why a person has no record of a source, with the records that might be it. */
export type PlainAbsence<R> = {
  person: PlainPerson<R>;
  source: string;
  reason: string;
  rule: IdentityRule | null;
  candidates: R[];
};

/** Every link that is missing, by definition: each record compared with each, and no code of the product's. */
export function whyAbsent<R extends object>(
  sources: readonly PlainSource<R>[],
  rules: readonly IdentityRule[],
  { people, conflicts }: PlainDirectory<R>,
): PlainAbsence<R>[] {
  const place = (name: string) => sources.findIndex(({ source }) => source.name === name);
  const ofSource = (name: string): readonly R[] => sources[place(name)]?.records ?? [];
  const traitOf = (record: R, name: string, rule: IdentityRule) =>
    plainTrait(record, sources[place(name)]?.source, rule);
  const isFormer = (record: R, name: string) => sources[place(name)]?.source.isFormer(record) ?? false;
  const ownerOf = (record: R) => people.find((it) => [...it.links.values()].some((link) => link.record === record));
  const compared = rules.filter((rule) => rule !== 'MAPPING_FILE');

  return people.flatMap((person) =>
    sources
      .filter(({ source }) => !person.links.has(source.name))
      .map(({ source: { name } }) => ({ person, source: name, ...explain(person, name) })),
  );

  function explain(person: PlainPerson<R>, missing: string): Pick<PlainAbsence<R>, 'reason' | 'rule' | 'candidates'> {
    const record = leadingRecordOf(person);
    const claims = place(missing) > place(person.leads);
    const mine = conflicts.filter((it) => (claims ? it.people.includes(person) : it.records.includes(record)));
    const [conflict] = claims
      ? mine.filter((it) => it.source === missing)
      : mine.filter((it) => it.people.some((other) => other.leads === missing));
    if (conflict !== undefined) {
      const { rule, records, people: claiming } = conflict;
      const several = [claiming.length > 1 ? 'PEOPLE' : '', records.length > 1 ? 'RECORDS' : ''].join('');
      return {
        reason: several === 'PEOPLERECORDS' ? 'SEVERAL_OF_BOTH' : `SEVERAL_${several}`,
        rule,
        candidates: claims ? records : claiming.map(leadingRecordOf),
      };
    }
    const equal = (rule: IdentityRule) =>
      ofSource(missing).filter((other) => {
        const trait = traitOf(record, person.leads, rule);
        const isEqual = trait !== null && traitOf(other, missing, rule) === trait;
        return isEqual && (claims || ownerOf(other)?.leads === missing);
      });
    const rule = compared.find((it) => equal(it).length > 0) ?? null;
    const candidates = rule === null ? [] : equal(rule);
    const wasSettledBefore = mine.some((it) => it.people.every((other) => place(other.leads) < place(missing)));
    if (!claims && wasSettledBefore) return { reason: 'HELD_BACK', rule, candidates };
    if (rule === null) {
      const has = compared.filter((it) => ofSource(missing).some((other) => traitOf(other, missing, it) !== null));
      const comparable = (has.length === 0 ? compared : has).some((it) => traitOf(record, person.leads, it) !== null);
      return { reason: comparable ? 'NO_MATCH' : 'NOTHING_TO_COMPARE', rule, candidates };
    }
    const trait = traitOf(record, person.leads, rule);
    const successors = people.filter((other) => {
      if (other === person || other.leads !== person.leads || isFormer(leadingRecordOf(other), other.leads))
        return false;
      return traitOf(leadingRecordOf(other), other.leads, rule) === trait;
    });
    if (claims && isFormer(record, person.leads) && successors.length > 0)
      return { reason: 'GAVE_WAY', rule, candidates };
    const isTaken = !claims || candidates.some((other) => (ownerOf(other)?.leads ?? missing) !== missing);
    return { reason: isTaken ? 'LINKED_ELSEWHERE' : 'HELD_BACK', rule, candidates };
  }
}

function plainTrait<R extends object>(
  record: R,
  source: PeopleSource<R> | undefined,
  rule: IdentityRule,
): string | null {
  const traits = source?.traitsOf(record);
  if (traits === undefined) return null;
  if (rule === 'EMAIL') return plainEmail(traits.email);
  return rule === 'REMOTE_ID' ? plainKey(traits.remoteId) : plainNumber(traits.employeeNumber);
}
