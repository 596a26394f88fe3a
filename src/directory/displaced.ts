import { leadOf, type Records } from '../domain/person.ts';
import type { Directory } from './directory.ts';
import type { DirectoryInput } from './input.ts';

type Linked<R extends Records> = { readonly input: DirectoryInput<R>; readonly directory: Directory<R> };

/**
 * The number of records that a rule had linked to a person and that no longer belong to that person. Links by the mapping
 * file do not count, nor do records that changed in the meantime: records are compared by object identity.
 */
export function countDisplaced<R extends Records>(before: Directory<R>, after: Linked<R>): number {
  let count = 0;
  for (const person of before.people) {
    const present = after.directory.personOf(person.leads, leadOf(person));
    if (present === null) continue;
    for (const source of before.sources) {
      const link = person.links[source];
      if (link === undefined || link.matchedBy === 'SOURCE' || link.matchedBy === 'MAPPING_FILE') continue;
      if (present.links[source]?.record !== link.record && isThere(link.record, source, after)) count += 1;
    }
  }
  return count;
}

/** Whether the record is in the list still, with a person or, without a key, with nobody. */
const isThere = <R extends Records>(record: object, source: string, { input }: Linked<R>): boolean =>
  input.sources.some((other) => other.source.name === source && other.records.some((it) => it === record));
