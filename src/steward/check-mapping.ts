import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf, type NumberedRow } from '../identity/mapping-file.ts';
import { type KnownRecords, type NamedRecord, namedIn } from './known-records.ts';
import type { RecordComparisons } from './record-comparisons.ts';
import { takenBy } from './taken-records.ts';

/**
 * FAULT: the row does not do what its writer meant. TAKES: it parts records that another rule links. UNLIKE: a record of it
 * has nothing in common with the others. NEEDLESS: it changes nothing.
 */
export type FindingKind = 'FAULT' | 'TAKES' | 'UNLIKE' | 'NEEDLESS';

/** What is to be said of a row. The message may name keys: it is for the steward, not for a log. */
export type Finding = { readonly number: number; readonly kind: FindingKind; readonly message: string };

/** Whether each key of a row names somebody. */
export function faultsIn(row: NumberedRow, known: KnownRecords): Finding[] {
  return namedIn(row)
    .filter((named) => known.named(named) === undefined)
    .map((named) => ({ number: row.number, kind: 'FAULT', message: whyUnknown(named, known) }));
}

/** What a row without faults does to the people of a directory. */
export function effectsOf(row: NumberedRow, known: KnownRecords, comparisons: RecordComparisons): Finding[] {
  const { number } = row;
  const taken = takenBy(row, known, comparisons);
  const unlike = whyUnlike(namedIn(row), comparisons);
  return [
    ...(taken.length === 0 ? [] : [{ number, kind: 'TAKES' as const, message: taken.join('; ') }]),
    ...(unlike === null ? [] : [{ number, kind: 'UNLIKE' as const, message: unlike }]),
    ...(isNeedless(row, known)
      ? [{ number, kind: 'NEEDLESS' as const, message: 'changes nothing: another rule links these already' }]
      : []),
  ];
}

function isNeedless(row: NumberedRow, known: KnownRecords): boolean {
  const records = namedIn(row).flatMap((named) => known.named(named) ?? []);
  const isOnePerson = new Set(records.map(({ personId }) => personId)).size === 1;
  return isOnePerson && !records.some(({ matchedBy }) => matchedBy === 'MAPPING_FILE');
}

function whyUnlike(named: readonly NamedRecord[], comparisons: RecordComparisons): string | null {
  const unlike = named.filter((one) => named.every((other) => other === one || comparisons.areUnlike(one, other)));
  if (unlike.length === 0) return null;
  const columns = unlike.map(({ upstream }) => columnOf(upstream)).join(' and ');
  const what =
    unlike.length === 1 ? `${columns} has nothing in common with the others` : `${columns} have nothing in common`;
  return `${what}: no name, address, number or birthday`;
}

function whyUnknown({ upstream, mappingKey: key }: NamedRecord, known: KnownRecords): string {
  const column = columnOf(upstream);
  // In any case: Ctrl Hub's are read in lower case.
  const isOf = (other: Upstream) => known.keysOf(other).some((it) => it.toLowerCase() === key.toLowerCase());
  const others = upstreams.filter((it) => it !== upstream && isOf(it));
  if (others.length > 0) return `${column} holds a key of ${others.map(columnOf).join(' and ')}`;
  if (isOf(upstream)) return `${column} names nobody; it would in another case`;
  const bare = key.replace(/^0+/, '');
  const isShortened = known.keysOf(upstream).some((it) => it.replace(/^0+/, '') === bare);
  return `${column} names nobody${isShortened ? '; it would with other zeros in front, which spreadsheets drop' : ''}`;
}
