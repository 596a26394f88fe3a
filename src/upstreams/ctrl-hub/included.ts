import type { SkippedRow } from '../../domain/list-reading.ts';
import { type RowReader, readRows } from '../../http/rows.ts';
import { type ResourceIdentifier, resourceIdentifier } from './wire.ts';

/**
 * The `included` member of a compound document: a flat list of resources of all types, found by type and id (JSON:API,
 * compound documents). A linkage can name a resource that is not included, for example because we lack the permission.
 */
export class Included {
  /** Requested resources that could not be used, by type and id. */
  readonly skipped = new Map<string, readonly SkippedRow[]>();
  readonly #entries = new Map<string, unknown>();

  constructor(entries: readonly unknown[] | null | undefined) {
    for (const entry of entries ?? []) {
      const { data: identifier } = resourceIdentifier.safeParse(entry);
      if (identifier === undefined) continue;
      const key = keyOf(identifier);
      const other = this.#entries.get(key);
      if (other === undefined || isFuller(entry, other)) this.#entries.set(key, entry);
    }
  }

  /** Null for a resource that is not included or cannot be read. Each resource can be found once. */
  find<T>(identifier: ResourceIdentifier, reader: RowReader<T>): T | null {
    const key = keyOf(identifier);
    if (!this.#entries.has(key)) return null;
    const { rows, skipped } = readRows([this.#entries.get(key)], reader);
    this.#entries.delete(key);
    if (skipped.length > 0) this.skipped.set(key, skipped);
    return rows[0] ?? null;
  }
}

const keyOf = ({ type, id }: ResourceIdentifier): string => `${type}/${id}`;

/** Of two copies, one may hold nothing but its id. */
const isFuller = (entry: unknown, other: unknown): boolean =>
  JSON.stringify(entry).length > JSON.stringify(other).length;
