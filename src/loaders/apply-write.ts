import type { Upstream } from '../domain/upstream.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { CachedLists } from './cached-lists.ts';
import { eraseHere } from './erase-person.ts';
import { withAssignments } from './with-assignments.ts';
import type { WriteRecord } from './write-record.ts';

/** Applies a write to the lists. Resolves when every later read shows it. */
export async function applyWrite(
  lists: CachedLists,
  mapping: IdentityMapping<Upstream>,
  record: WriteRecord,
): Promise<void> {
  switch (record.kind) {
    case 'invalidate':
      for (const name of record.lists) lists[name]?.invalidate();
      return;
    case 'assignments':
      return lists.assignments?.amend((list) => withAssignments(list, record.list));
    case 'erase':
      return eraseHere(lists, mapping, record);
  }
}
