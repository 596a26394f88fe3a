import type { Evidence } from '../domain/likely-pair.ts';
import type { PeopleSource } from '../domain/people-source.ts';
import { evidenceOf, type Features, featuresOf } from './likeness.ts';
import { readTraits, type TraitRule, traitRules } from './traits.ts';

/** What two records have in common. */
export type RecordComparison = {
  /** The rules by whose trait they are equal, whether or not these are in use. */
  readonly matchedBy: readonly TraitRule[];
  readonly evidence: readonly Evidence[];
};

export type ComparedRecord = { readonly traits: ReadonlyMap<TraitRule, string>; readonly features: Features };

export const comparedRecord = <Rec extends object>(source: PeopleSource<Rec>, record: Rec): ComparedRecord => ({
  traits: readTraits(source.traitsOf(record), traitRules),
  features: featuresOf(source, record),
});

export const compareRecords = (a: ComparedRecord, b: ComparedRecord): RecordComparison => ({
  matchedBy: traitRules.filter((rule) => a.traits.has(rule) && a.traits.get(rule) === b.traits.get(rule)),
  evidence: evidenceOf(a.features, b.features),
});
