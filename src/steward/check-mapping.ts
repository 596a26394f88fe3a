import type { PersonRecordsFragment } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf, type NumberedRow } from '../identity/mapping-file.ts';

/** What is to be said of a row. `isFault`: it does not do what its writer meant. It names columns and no value. */
export type Finding = { readonly number: number; readonly message: string; readonly isFault: boolean };

type Known = { readonly personId: string; readonly isByHand: boolean };
type ByKey = ReadonlyMap<string, Known>;

/** Compares the rows of a mapping with the people of a directory, whom all systems' keys name. */
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
    const named = upstreams.flatMap((upstream) =>
      row[upstream] === undefined ? [] : [{ upstream, key: row[upstream] }],
    );
    const faults = named
      .filter(({ upstream, key }) => !keysOf(upstream).has(key))
      .map((it) => ({ number, message: whyUnknown(it, keysOf), isFault: true }));
    if (faults.length > 0) return faults;
    const known = named.flatMap(({ upstream, key }) => keysOf(upstream).get(key) ?? []);
    const isOnePerson = new Set(known.map(({ personId }) => personId)).size === 1;
    const message = 'changes nothing: another rule links these already';
    return isOnePerson && !known.some(({ isByHand }) => isByHand) ? [{ number, message, isFault: false }] : [];
  });
}

function whyUnknown({ upstream, key }: { upstream: Upstream; key: string }, keysOf: (it: Upstream) => ByKey): string {
  const column = columnOf(upstream);
  // In any case: Ctrl Hub's are read in lower case.
  const isOf = (other: Upstream) => [...keysOf(other).keys()].some((it) => it.toLowerCase() === key.toLowerCase());
  const others = upstreams.filter((it) => it !== upstream && isOf(it));
  if (others.length > 0) return `${column} holds a key of ${others.map(columnOf).join(' and ')}`;
  if (isOf(upstream)) return `${column} names nobody; it would in another case`;
  const bare = key.replace(/^0+/, '');
  const isShortened = [...keysOf(upstream).keys()].some((it) => it.replace(/^0+/, '') === bare);
  return `${column} names nobody${isShortened ? '; it would with other zeros in front, which spreadsheets drop' : ''}`;
}
