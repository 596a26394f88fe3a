import type { PersonRecordsFragment } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf, type NumberedRow } from '../identity/mapping-file.ts';

/** A message about a row. `isFault`: the row does not work as intended. The message names columns, never a value. */
export type Finding = { readonly number: number; readonly message: string; readonly isFault: boolean };

type Known = { readonly personId: string; readonly isByHand: boolean };
type ByKey = ReadonlyMap<string, Known>;

/** Compares the rows of a mapping with all people of a directory. */
export function checkMapping(rows: readonly NumberedRow[], people: readonly PersonRecordsFragment[]): Finding[] {
  const byKey = new Map<Upstream, Map<string, Known>>(upstreams.map((upstream) => [upstream, new Map()]));
  for (const { id, identities } of people) {
    for (const { upstream, matchedBy, mappingKey } of identities ?? []) {
      if (mappingKey != null)
        byKey.get(upstream)?.set(mappingKey, { personId: id, isByHand: matchedBy === 'MAPPING_FILE' });
    }
  }
  const keysOf = (upstream: Upstream): ByKey => byKey.get(upstream) ?? new Map();
  return rows.flatMap(({ number, row }) => {
    const cells = upstreams.flatMap((upstream) =>
      row[upstream] === undefined ? [] : [{ upstream, key: row[upstream] }],
    );
    const faults = cells
      .filter(({ upstream, key }) => !keysOf(upstream).has(key))
      .map((cell) => ({ number, message: whyUnknown(cell, keysOf), isFault: true }));
    if (faults.length > 0) return faults;
    const known = cells.flatMap(({ upstream, key }) => keysOf(upstream).get(key) ?? []);
    const isOnePerson = new Set(known.map(({ personId }) => personId)).size === 1;
    const message = 'has no effect: another rule links these records already';
    return isOnePerson && !known.some(({ isByHand }) => isByHand) ? [{ number, message, isFault: false }] : [];
  });
}

function whyUnknown(
  { upstream, key }: { upstream: Upstream; key: string },
  keysOf: (upstream: Upstream) => ByKey,
): string {
  const column = columnOf(upstream);
  // Ignores case, because the file's keys of Ctrl Hub are read in lower case.
  const isOf = (other: Upstream) =>
    [...keysOf(other).keys()].some((known) => known.toLowerCase() === key.toLowerCase());
  const others = upstreams.filter((other) => other !== upstream && isOf(other));
  if (others.length > 0) return `${column} holds a key of ${others.map(columnOf).join(' and ')}`;
  if (isOf(upstream)) return `${column} matches nobody, but would in another case`;
  const bare = key.replace(/^0+/, '');
  const isShortened = [...keysOf(upstream).keys()].some((known) => known.replace(/^0+/, '') === bare);
  return `${column} matches nobody${isShortened ? ', but would with other leading zeros, which spreadsheets drop' : ''}`;
}
