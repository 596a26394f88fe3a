import { leadOf, type Person, type Records } from '../domain/person.ts';
import { toText } from '../domain/text.ts';
import type { Source } from './entry.ts';
import { normalEmail } from './normal-form.ts';
import { inSlices } from './slices.ts';
import { sorted } from './sorted.ts';

/** Unicode's root collation, independent of the machine's locale. */
const collator = new Intl.Collator('en', { usage: 'sort' });

/** Compares by Unicode's root collation. Zero for texts that differ only in their encoding. */
export const compareText = (a: string, b: string): number => collator.compare(a, b);

/** Shorter ids first, which sorts numeric ids by value. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The leading record's family name, else its whole name, else its address as spelled, else its key. */
export function sortKeyOf<R extends Records>(person: Person<R>, source: Source<R>): string {
  const record = leadOf(person);
  const { given, family, full } = source.namesOf(record);
  const name = toText(family) ?? toText(full) ?? toText(given);
  if (name !== null) return name;
  const { email } = source.traitsOf(record);
  const address = normalEmail(email) === null ? null : toText(email);
  return address ?? person.id.slice(person.id.indexOf(':') + 1);
}

/**
 * Sorts people by sort key, ties by id. Collation is expensive and names repeat, so distinct names are sorted once and
 * people are sorted by the rank of their name.
 */
export function* inOrder<R extends Records>(
  people: readonly Person<R>[],
  keyOf: (person: Person<R>) => string,
): Generator<void, Person<R>[]> {
  const ranks = new Map<string, number>();
  const rows: { readonly key: string; readonly person: Person<R> }[] = [];
  yield* inSlices(people, (person) => {
    const key = keyOf(person);
    ranks.set(key, 0);
    rows.push({ key, person });
  });
  let rank = 0;
  let previous: string | null = null;
  yield* inSlices(yield* sorted([...ranks.keys()], compareText), (key) => {
    // Two spellings can compare as equal, such as an accented letter in composed and decomposed form.
    if (previous !== null && compareText(previous, key) !== 0) rank += 1;
    ranks.set(key, rank);
    previous = key;
  });
  const rankOf = (key: string): number => ranks.get(key) ?? 0;
  const inRank = yield* sorted(rows, (a, b) => rankOf(a.key) - rankOf(b.key) || compareIds(a.person.id, b.person.id));
  return inRank.map(({ person }) => person);
}
