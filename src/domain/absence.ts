import type { IdentityRule } from './identity-rule.ts';
import type { Person, Records, SourceName } from './person.ts';

/** Why a person has no record of a source. The reasons are checked in this order. */
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

/** The reasons of conflicts: which side had several members. */
export type ConflictReason = Extract<AbsenceReason, `SEVERAL_${string}`>;

/** A record that might be the missing one. `person` is whom the record leads or is linked to; null if nobody. */
export type Candidate<R extends Records> = {
  readonly source: SourceName<R>;
  readonly record: R[SourceName<R>];
  readonly person: Person<R> | null;
};

export type Absence<R extends Records> = {
  /** The source in which the person has no record. */
  readonly source: SourceName<R>;
  readonly reason: AbsenceReason;
  /** The rule that found the candidates; null without candidates. */
  readonly rule: IdentityRule | null;
  readonly candidates: readonly Candidate<R>[];
};

export function conflictReason({ people, records }: { people: readonly object[]; records: readonly object[] }) {
  if (people.length > 1) return records.length > 1 ? 'SEVERAL_OF_BOTH' : 'SEVERAL_PEOPLE';
  return 'SEVERAL_RECORDS' satisfies ConflictReason;
}
