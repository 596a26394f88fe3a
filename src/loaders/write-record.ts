import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';
import { isPeopleList, type ListName, type Lists } from './list-names.ts';
import { withAssignments } from './with-assignments.ts';

/** The person to erase, as salted digests of their identifiers, so that the record identifies nobody. */
export type Erasure = { salt: string; digests: readonly string[] };

/** A change of the upstreams' data, or of the cached lists, sent to every process. */
export type WriteRecord =
  /** These lists may have changed. */
  | { kind: 'invalidate'; lists: readonly ListName[] }
  /** Assignments that were read back after a write. */
  | { kind: 'assignments'; list: AssignmentList }
  | ({ kind: 'erase' } & Erasure);

/** Applies a write to a list that was read before it; null if the list has to be read again. */
export function replayed<N extends ListName>(name: N, list: Lists[N], record: WriteRecord): Lists[N] | null {
  switch (record.kind) {
    case 'invalidate':
      return record.lists.includes(name) ? null : list;
    case 'assignments':
      return isAssignments(list) ? (withAssignments(list, record.list) as typeof list) : list;
    case 'erase':
      return isPeopleList(name) ? null : list;
  }
}

const isAssignments = (list: object): list is AssignmentList => 'organisations' in list;
