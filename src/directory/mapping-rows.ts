import { Groups } from '../domain/groups.ts';
import type { Records, SourceName } from '../domain/person.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { Entry, Source } from './entry.ts';
import { normalKey } from './normal-form.ts';
import { inSlices } from './slices.ts';

/** Sets on each entry the rows of the mapping file that name its record by its first key. */
export function* giveRows<R extends Records>(
  { name, ignoresCaseOfKeys }: Source<R>,
  entries: readonly Entry<R>[],
  mapping: IdentityMapping<SourceName<R>>,
): Generator<void, void> {
  if (mapping.size === 0) return;
  const byKey = new Groups<number>();
  let index = 0;
  yield* inSlices(mapping.rows, (row) => {
    byKey.add(normalKey(row[name] ?? null, ignoresCaseOfKeys), index);
    index += 1;
  });
  yield* inSlices(entries, (entry) => {
    const rows = entry.key === null ? undefined : byKey.get(entry.key);
    if (rows !== undefined) entry.rows = rows;
  });
}

type TraitOf<R extends Records> = (entry: Entry<R>) => string | null;

/** The trait of the mapping file: the row that names an entry. Rows that name a common entry count as one row. */
export function* mappingTrait<R extends Records>(entries: readonly Entry<R>[]): Generator<void, TraitOf<R>> {
  const joinedTo = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let next = joinedTo.get(root); next !== undefined; next = joinedTo.get(root)) root = next;
    return root;
  };
  yield* inSlices(entries, ({ rows }) => {
    const [first, ...others] = rows;
    if (first === undefined) return;
    for (const row of others) {
      const [one, other] = [rootOf(first), rootOf(row)];
      if (one !== other) joinedTo.set(Math.max(one, other), Math.min(one, other));
    }
  });
  return ({ rows: [first] }) => (first === undefined ? null : String(rootOf(first)));
}
