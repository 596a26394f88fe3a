import { type ComparedRecord, compareRecords, type RecordComparison } from '../src/directory/record-comparison.ts';
import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { PeopleRecords } from '../src/domain/employee.ts';
import type { RecordKey, RecordPair } from '../src/domain/filters.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import { comparedRecordOf, identifiersOfMappingKey } from '../src/loaders/people-sources.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { mappingKeyOf } from './employee.ts';

export type { RecordComparison };

/** In the order of the pairs; null for a pair with a key that no record has. */
export const recordComparisons = (
  _: unknown,
  { pairs }: { pairs: readonly RecordPair[] },
  { loaders }: Context,
): Awaitable<(RecordComparison | null)[]> =>
  whenLoaded(loaders.view(), (view) => {
    view.requireEverybody();
    return pairs.map(({ one, other }) => {
      const [a, b] = [recordAt(one, view), recordAt(other, view)];
      return a === null || b === null ? null : compareRecords(a, b);
    });
  });

function recordAt({ upstream, mappingKey }: RecordKey, view: View): ComparedRecord | null {
  for (const id of identifiersOfMappingKey(upstream, mappingKey)) {
    const person = view.snapshot.directory.byIdentifier(id);
    if (person === null) continue;
    const links: { readonly [U in Upstream]?: { readonly record: PeopleRecords[U] } } = person.links;
    const record = links[upstream]?.record;
    // An identifier finds a person by all of their records' keys; a row names a record by its first one.
    if (record !== undefined && id.endsWith(`:${mappingKeyOf(person, upstream, record, view)}`)) {
      return comparedRecordOf(upstream, record);
    }
  }
  return null;
}
