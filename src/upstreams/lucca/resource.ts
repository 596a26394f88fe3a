import type { Sharing } from '../../domain/text.ts';
import { parseJson } from '../../http/json.ts';
import { type ReadRows, type RowReader, readRows } from '../../http/rows.ts';
import type { Asked } from './failure.ts';
import { type EmbeddedWire, listWire } from './wire.ts';

/** One page as it came: rows in our terms, and the link to the page after it. */
type Listed<Row> = ReadRows<Row> & { nextHref: string | null; totalCount: number | null };

/** A collection of the API: its path below the base URL, the scope that it takes, and how a page of it is read. */
export type Resource<Row> = Asked & { path: string; read: (text: string, shared: Sharing) => Listed<Row> };

/** Of the API's own path and scope (Lucca docs: OAuth scopes). */
export function resource<Wire, Row>(
  path: string,
  scope: string,
  reader: RowReader<Wire>,
  toRow: (wire: Wire, embedded: EmbeddedWire, shared: Sharing) => Row,
): Resource<Row> {
  const subject = `The list of ${path}`;
  return {
    path,
    scope,
    subject,
    read: (text, shared) => {
      const { items, embedded, links, totalCount } = parseJson(text, listWire, { upstream: 'LUCCA', subject });
      const read = readRows(items, reader);
      return {
        ...read,
        rows: read.rows.map((it) => toRow(it, embedded, shared)),
        nextHref: links?.next?.href ?? null,
        totalCount: totalCount ?? null,
      };
    },
  };
}
