import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf, type NumberedRow } from '../identity/mapping-file.ts';
import { type KnownRecords, type NamedRecord, namedIn } from './known-records.ts';
import type { RecordComparisons } from './record-comparisons.ts';
import { takenBy } from './taken-records.ts';

/**
 * FAULT: the row does not work as intended. TAKES: it separates records that another rule links. UNLIKE: one of its records
 * has nothing in common with the others. NO_EFFECT: it changes nothing.
 */
export type FindingKind = 'FAULT' | 'TAKES' | 'UNLIKE' | 'NO_EFFECT';

/** A message about a row. It may contain keys, because it is for the steward and never logged. */
export type Finding = { readonly number: number; readonly kind: FindingKind; readonly message: string };

/** One fault for each key of the row that matches nobody. */
export function faultsIn(row: NumberedRow, known: KnownRecords): Finding[] {
  return namedIn(row)
    .filter((named) => known.named(named) === undefined)
    .map((named) => ({ number: row.number, kind: 'FAULT', message: whyUnknown(named, known) }));
}

/** The effects of a row without faults on the people of a directory. */
export function effectsOf(row: NumberedRow, known: KnownRecords, comparisons: RecordComparisons): Finding[] {
  const { number } = row;
  const taken = takenBy(row, known, comparisons);
  const unlike = whyUnlike(namedIn(row), comparisons);
  return [
    ...(taken.length === 0 ? [] : [{ number, kind: 'TAKES' as const, message: taken.join('; ') }]),
    ...(unlike === null ? [] : [{ number, kind: 'UNLIKE' as const, message: unlike }]),
    ...(hasNoEffect(row, known)
      ? [{ number, kind: 'NO_EFFECT' as const, message: 'has no effect: another rule links these records already' }]
      : []),
  ];
}

function hasNoEffect(row: NumberedRow, known: KnownRecords): boolean {
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
  // Ignores case, because the file's keys of Ctrl Hub are read in lower case.
  const isOf = (other: Upstream) => known.keysOf(other).some((it) => it.toLowerCase() === key.toLowerCase());
  const others = upstreams.filter((it) => it !== upstream && isOf(it));
  if (others.length > 0) return `${column} holds a key of ${others.map(columnOf).join(' and ')}`;
  if (isOf(upstream)) return `${column} matches nobody, but would in another case`;
  const bare = key.replace(/^0+/, '');
  const isShortened = known.keysOf(upstream).some((it) => it.replace(/^0+/, '') === bare);
  return `${column} matches nobody${isShortened ? ', but would with other leading zeros, which spreadsheets drop' : ''}`;
}
