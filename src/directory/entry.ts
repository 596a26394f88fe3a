import { Groups } from '../domain/groups.ts';
import type { KeyKind, PeopleSource } from '../domain/people-source.ts';
import type { Link, Person, Records, SourceName } from '../domain/person.ts';
import { normalEmail, normalKey, normalNumber } from './normal-form.ts';
import { inSlices } from './slices.ts';

export type Source<R extends Records> = PeopleSource<R[SourceName<R>], SourceName<R>>;

/** A person while records are linked to them. */
export type Growing<R extends Records> = Omit<Person<R>, 'links' | 'contested'> & {
  links: { [S in SourceName<R>]?: Link<R[S]> };
  contested: readonly SourceName<R>[];
};

/** A record with what is compared of it, in normal form. It lives as long as the directory is being built. */
export type Entry<R extends Records> = {
  readonly source: Source<R>;
  readonly record: R[SourceName<R>];
  readonly isFormer: boolean;
  readonly email: string | null;
  readonly remoteId: string | null;
  readonly employeeNumber: string | null;
  /** The first kind of key that the record has to itself. */
  kind: KeyKind<R[SourceName<R>]> | null;
  /** Of that kind. */
  key: string | null;
  /** Rows of the mapping file that name the record or, where it leads, any record of its person. */
  rows: readonly number[];
  /** Whom it leads or is linked to. */
  person: Growing<R> | null;
  isContested: boolean;
};

const noRows: readonly number[] = [];

/** Reads of each record once what is compared, and which key names it. */
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
      // Compared between two sources, so in one form: exactly, even where a source ignores the case of its own keys.
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

/** A key that two records have names neither of them: they are as if they had none of this kind. */
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
