import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';
import { isPeopleList, type ListName, type Lists } from './list-names.ts';
import { withAssignments } from './with-assignments.ts';

/** Whom to erase: digests of their traces, which name nobody. */
export type Erasure = { salt: string; digests: readonly string[] };

/** What was done to the upstreams' data, or to what was read of it, for every process that holds any. */
export type WriteRecord =
  /** These lists may have changed. */
  | { kind: 'invalidate'; lists: readonly ListName[] }
  /** Assignments that were read back after a write. */
  | { kind: 'assignments'; list: AssignmentList }
  | ({ kind: 'erase' } & Erasure);

/** A list that was read before the write, as it is after it; null for one that has to be read anew. */
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
