import type { IdentityRule } from './identity-rule.ts';
import type { Person, Records, SourceName } from './person.ts';

/** Why a person has no record of a source. In the order in which they are looked for. */
export const absenceReasons = [
  'SEVERAL_OF_BOTH',
  'SEVERAL_PEOPLE',
  'SEVERAL_RECORDS',
  'HELD_BACK',
  'GAVE_WAY',
  'LINKED_ELSEWHERE',
  'NO_MATCH',
  'NOTHING_TO_COMPARE',
] as const;

export type AbsenceReason = (typeof absenceReasons)[number];

/** Those of conflicts: who claims whom. */
export type ConflictReason = Extract<AbsenceReason, `SEVERAL_${string}`>;

/** A record that might be the one that is missing, and the person whom it leads or belongs to, if it has one. */
export type Candidate<R extends Records> = {
  readonly source: SourceName<R>;
  readonly record: R[SourceName<R>];
  readonly person: Person<R> | null;
};

export type Absence<R extends Records> = {
  /** Of which the person has no record. */
  readonly source: SourceName<R>;
  readonly reason: AbsenceReason;
  /** By which the candidates were found; null where there are none. */
  readonly rule: IdentityRule | null;
  readonly candidates: readonly Candidate<R>[];
};

export function conflictReason({ people, records }: { people: readonly object[]; records: readonly object[] }) {
  if (people.length > 1) return records.length > 1 ? 'SEVERAL_OF_BOTH' : 'SEVERAL_PEOPLE';
  return 'SEVERAL_RECORDS' satisfies ConflictReason;
}
