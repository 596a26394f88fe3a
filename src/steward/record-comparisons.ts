import type { RecordComparisonsQuery } from '../client/client.ts';
import type { NumberedRow } from '../identity/mapping-file.ts';
import { type KnownRecord, type NamedRecord, namedIn } from './known-records.ts';

export type Pair = { readonly one: NamedRecord; readonly other: NamedRecord };
/** A record of whatever is known; one that no row can name was not compared. */
type Named = Pick<KnownRecord, 'upstream' | 'mappingKey'>;
export type Comparison = NonNullable<NonNullable<RecordComparisonsQuery['recordComparisons']>[number]>;

/** Every two records that one of the rows links. */
export const pairsIn = (rows: readonly NumberedRow[]): Pair[] =>
  rows
    .map(namedIn)
    .flatMap((named) => named.flatMap((one, place) => named.slice(place + 1).map((other) => ({ one, other }))));

/** What the records of each pair have in common. */
export class RecordComparisons {
  readonly #byPair = new Map<string, Comparison>();

  /** `compared`: in the order of the pairs. */
  constructor(pairs: readonly Pair[], compared: readonly (Comparison | null)[]) {
    for (const [place, { one, other }] of pairs.entries()) {
      const comparison = compared[place] ?? null;
      if (comparison === null) continue;
      this.#byPair.set(nameOf(one, other), comparison);
      this.#byPair.set(nameOf(other, one), comparison);
    }
  }

  /** Undefined for two that were not compared. */
  between(one: Named, other: Named): Comparison | undefined {
    return this.#byPair.get(nameOf(one, other));
  }

  /** True if the two were compared, and nothing was found. */
  areUnlike(one: NamedRecord, other: NamedRecord): boolean {
    const comparison = this.between(one, other);
    return comparison !== undefined && comparison.matchedBy.length + comparison.evidence.length === 0;
  }
}

const nameOf = (one: Named, other: Named): string =>
  JSON.stringify([one.upstream, one.mappingKey, other.upstream, other.mappingKey]);
