import type { Sharing } from '../../domain/text.ts';
import { parseJson } from '../../http/json.ts';
import { type ReadRows, type RowReader, readRows } from '../../http/rows.ts';
import type { RequestInfo } from './failure.ts';
import { type EmbeddedWire, listWire } from './wire.ts';

/** One parsed page: domain rows, and the link to the next page. */
type Listed<Row> = ReadRows<Row> & { nextHref: string | null; totalCount: number | null };

/** A collection of the API: its path below the base URL, the scope that it needs, and the parser of its pages. */
export type Resource<Row> = RequestInfo & { path: string; read: (text: string, shared: Sharing) => Listed<Row> };

/** Defines a resource. `path` and `scope` are the API's own (Lucca docs: OAuth scopes). */
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
        rows: read.rows.map((wire) => toRow(wire, embedded, shared)),
        nextHref: links?.next?.href ?? null,
        totalCount: totalCount ?? null,
      };
    },
  };
}
