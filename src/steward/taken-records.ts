import type { NumberedRow } from '../identity/mapping-file.ts';
import { isByRule, type KnownRecord, type KnownRecords, labelOf, namedIn } from './known-records.ts';
import type { RecordComparisons } from './record-comparisons.ts';

/** The linked records that a row takes from other people, and the records that the row's own person loses. */
export function takenBy(row: NumberedRow, known: KnownRecords, comparisons: RecordComparisons): string[] {
  const records = namedIn(row).flatMap((named) => known.named(named) ?? []);
  const [first] = records;
  if (first === undefined) return [];
  const isInUse = records.every(({ personId }) => personId === first.personId);
  return isInUse ? takenInUse(records, first.personId, known, comparisons) : takenOnceUsed(records, first, known);
}

/** By a row that the server does not use yet. The person of its first record gets the others. */
function takenOnceUsed(records: readonly KnownRecord[], first: KnownRecord, known: KnownRecords): string[] {
  const receiver = known.leadOf(first.personId) ?? first;
  const joining = records.filter(({ personId }) => personId !== first.personId);
  return joining.flatMap((record) => {
    const loser = known.leadOf(record.personId);
    const losses = known
      .ofPerson(first.personId)
      .filter((other) => other.upstream === record.upstream && isByRule(other))
      .map((other) => lost(receiver, other, other.matchedBy));
    if (loser !== undefined && isByRule(record) && !records.includes(loser))
      return [taken(record, loser, record.matchedBy), ...losses];
    if (record !== loser) return losses;
    // Others of this person were compared with this record alone: they do not follow it.
    const left = known.ofPerson(record.personId).filter((other) => isByRule(other) && !records.includes(other));
    return [...left.map((other) => taken(record, other, other.matchedBy)), ...losses];
  });
}

/**
 * By a row that is in use: what a rule would link to somebody else. If the rule matches the row's own record as well, it
 * would link none of them, so that the row takes nothing and settles a conflict.
 */
function takenInUse(
  records: readonly KnownRecord[],
  personId: string,
  known: KnownRecords,
  comparisons: RecordComparisons,
): string[] {
  const byRow = records.filter(({ matchedBy }) => matchedBy === 'MAPPING_FILE');
  const receiver = known.leadOf(personId);
  if (receiver === undefined || byRow.length === 0) return [];
  const settles = (record: KnownRecord, rule: string) =>
    comparisons.between(record, receiver)?.matchedBy.some((it) => it === rule) ?? false;
  return known.linkedElsewhere.flatMap(({ personId: loserId, rule, candidates }) => {
    const loser = known.leadOf(loserId);
    if (loser === undefined) return [];
    return candidates.flatMap(({ upstream, upstreamId }) => {
      const candidate = known.withId(upstream, upstreamId);
      if (candidate === undefined || candidate.personId !== personId) return [];
      if (byRow.includes(candidate)) return settles(candidate, rule) ? [] : [taken(candidate, loser, rule)];
      const inItsPlace = byRow.find((record) => record.upstream === loser.upstream);
      // People are compared by the record that leads them.
      if (candidate !== receiver || inItsPlace === undefined || settles(inItsPlace, rule)) return [];
      return [lost(receiver, loser, rule)];
    });
  });
}

const taken = (record: KnownRecord, from: KnownRecord, rule: string): string =>
  `takes ${labelOf(record)} from ${labelOf(from)} (linked by ${nameOf(rule)})`;

const lost = (receiver: KnownRecord, record: KnownRecord, rule: string): string =>
  `${labelOf(receiver)} loses ${labelOf(record)} (linked by ${nameOf(rule)})`;

/** As IDENTITY_RULES has it. */
const nameOf = (rule: string): string => rule.toLowerCase().replaceAll('_', '-');
