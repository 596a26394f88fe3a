import type { ListOf, SkippedRow } from '../../domain/list-reading.ts';
import { sharedList } from '../../domain/row-sharing.ts';
import { invalidResponse, type JsonContext } from '../../http/json.ts';
import { type ReadRows, repeatedRow, requireReadable } from '../../http/rows.ts';
import type { Resource } from './resource.ts';

export type Identified = { luccaId: string };

/** One page as read. Its ETag is valid for this page of this list only. */
export type Page<Row> = ReadRows<Row> & {
  /** The page's own token, percent-encoded as received; null for the first page. */
  readonly token: string | null;
  readonly etag: string | null;
  /** The token of the next page; null on the last page. */
  readonly next: string | null;
  readonly totalCount: number | null;
};

/** A whole list with its pages, from which the next reading makes conditional requests. */
export type LuccaList<Row> = ListOf<Row> & { readonly read: readonly Page<Row>[] };

/** Most consecutive empty pages; a cursor can lead through some. */
const maxEmptyPages = 5;

const incomplete = 'it ended before its total';

/** Whether the list ended before its total. */
export const isShort = ({ skipped }: LuccaList<unknown>): boolean => skipped.some((row) => row.reason === incomplete);

/** The state of reading a list: the pages so far, and the token of the next one. */
export class Walk<Row extends Identified> {
  readonly #context: JsonContext;
  readonly #resource: string;
  readonly #rows = new Map<string, Row>();
  readonly #skipped: SkippedRow[] = [];
  readonly #tokens = new Set<string>();
  #received = 0;
  #malformed = 0;
  #emptyPages = 0;
  token: string | null = null;
  expected: number | null = null;
  isComplete = false;

  constructor({ path, subject }: Pick<Resource<Row>, 'path' | 'subject'>) {
    this.#context = { upstream: 'LUCCA', subject };
    this.#resource = path;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Throws UPSTREAM_INVALID_RESPONSE if pages repeat, or too many of them are empty. */
  add({ rows, skipped, received, malformed, next, totalCount }: Page<Row>): void {
    const { size } = this.#rows;
    for (const row of rows) {
      if (this.#rows.has(row.luccaId)) this.#skipped.push(repeatedRow(this.#resource));
      else this.#rows.set(row.luccaId, row);
    }
    this.#skipped.push(...skipped);
    this.#received += received;
    this.#malformed += malformed;
    this.#emptyPages = received === 0 ? this.#emptyPages + 1 : 0;
    this.expected = totalCount ?? this.expected;
    this.token = next;
    this.isComplete = next === null;
    const hasNoNewRow = rows.length > 0 && this.#rows.size === size;
    if (hasNoNewRow || (next !== null && this.#tokens.has(next))) throw this.#repeated();
    if (next !== null && this.#emptyPages > maxEmptyPages) throw this.#endless();
    if (next !== null) this.#tokens.add(next);
  }

  /** Throws UPSTREAM_INVALID_RESPONSE if no row can be read. */
  toList(pages: readonly Page<Row>[], previous: LuccaList<Row> | null): LuccaList<Row> {
    const isSame = previous?.read.length === pages.length && pages.every((page, at) => page === previous.read[at]);
    if (isSame && previous !== null) return previous;
    requireReadable({ received: this.#received, malformed: this.#malformed, skipped: this.#skipped }, this.#context);
    const isIncomplete = this.expected !== null && this.#received < this.expected;
    const missing = isIncomplete ? [{ resource: this.#resource, reason: incomplete, key: null }] : [];
    const rows = sharedList(previous?.rows, [...this.#rows.values()]);
    return { rows, skipped: [...this.#skipped, ...missing], pages: pages.length, read: pages };
  }

  #repeated() {
    return invalidResponse(this.#context, `${this.#context.subject}: its next page repeats what was read before.`);
  }

  #endless() {
    return invalidResponse(
      this.#context,
      `${this.#context.subject}: ${this.#emptyPages} empty pages in a row, and still a next one.`,
    );
  }
}
