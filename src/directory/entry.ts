import { Groups } from '../domain/groups.ts';
import type { KeyKind, PeopleSource } from '../domain/people-source.ts';
import type { Link, Person, Records, SourceName } from '../domain/person.ts';
import { normalEmail, normalKey, normalNumber } from './normal-form.ts';
import { inSlices } from './slices.ts';

export type Source<R extends Records> = PeopleSource<R[SourceName<R>], SourceName<R>>;

/** A person while the directory is being built: records can still be linked. */
export type Growing<R extends Records> = Omit<Person<R>, 'links' | 'contested'> & {
  links: { [S in SourceName<R>]?: Link<R[S]> };
  contested: readonly SourceName<R>[];
};

/** A record with its traits in normal form. It exists only while the directory is being built. */
export type Entry<R extends Records> = {
  readonly source: Source<R>;
  readonly record: R[SourceName<R>];
  readonly isFormer: boolean;
  readonly email: string | null;
  readonly remoteId: string | null;
  readonly employeeNumber: string | null;
  /** The first kind of key that no other record shares. */
  kind: KeyKind<R[SourceName<R>]> | null;
  /** The key of that kind, in normal form. */
  key: string | null;
  /** Rows of the mapping file that name the record; for a leading record, those that name any record of its person. */
  rows: readonly number[];
  /** The person whom the record leads or is linked to. */
  person: Growing<R> | null;
  isContested: boolean;
};

const noRows: readonly number[] = [];

/** Reads each record's traits and identifying key once. */
export function* readEntries<R extends Records>(
  source: Source<R>,
  records: readonly R[SourceName<R>][],
): Generator<void, Entry<R>[]> {
  const entries: Entry<R>[] = [];
  yield* inSlices(records, (record) => {
    const { email, remoteId, employeeNumber } = source.traitsOf(record);
    entries.push({
      source,
      record,
      isFormer: source.isFormer(record),
      email: normalEmail(email),
      // Compared exactly, even if a source ignores the case of its own keys: both sources need the same form.
      remoteId: normalKey(remoteId),
      employeeNumber: normalNumber(employeeNumber),
      kind: null,
      key: null,
      rows: noRows,
      person: null,
      isContested: false,
    });
  });
  yield* giveKeys(source, entries);
  return entries;
}

/** A key that two records share identifies neither of them, so both count as having no key of this kind. */
function* giveKeys<R extends Records>(source: Source<R>, entries: Entry<R>[]): Generator<void, void> {
  let open: readonly Entry<R>[] = entries;
  for (const kind of source.keys) {
    const byKey = new Groups<Entry<R>>();
    yield* inSlices(open, (entry) => {
      entry.key = normalKey(kind.of(entry.record), source.ignoresCaseOfKeys);
      entry.kind = entry.key === null ? null : kind;
      byKey.add(entry.key, entry);
    });
    for (const key of byKey.shared()) {
      yield* inSlices(byKey.get(key) ?? [], (entry) => {
        entry.key = null;
        entry.kind = null;
      });
    }
    open = open.filter((entry) => entry.key === null);
  }
}
