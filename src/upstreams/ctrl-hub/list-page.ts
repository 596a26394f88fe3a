import type { ListOf, Reading } from '../../domain/list-reading.ts';
import type { OffsetPage } from '../../http/offset-pages.ts';
import { readingOfOffsets } from '../../http/offset-walk.ts';
import type { ReadRows } from '../../http/rows.ts';
import type { Resource, Session } from './session.ts';
import type { ListDocument, WirePagination } from './wire.ts';

type ListReader<Row> = {
  /** The vendor's name of the rows. */
  name: string;
  resource: Resource;
  pageSize: number;
  readPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>;
};

/** Reads all rows of a list, each once. */
export function readingOfList<Row extends { ctrlHubId: string }>(
  session: Session,
  { name, resource, pageSize, readPage }: ListReader<Row>,
): Reading<ListOf<Row>> {
  const asks = { method: 'GET', path: resource.route, rows: pageSize, before: null } as const;
  const reading = readingOfOffsets<Row>({
    upstream: 'CTRL_HUB',
    subject: resource.subject,
    resource: name,
    pageSize,
    readPage,
    keyOf: (row) => row.ctrlHubId,
    onRemark: session.onRemark,
  });
  return { ...reading, asks };
}

/** Reads one page of a list. `query` is percent-encoded, without limit and offset. */
export function readListPage<Row>(
  session: Session,
  resource: Resource,
  { offset, limit, query = '' }: { offset: number; limit: number; query?: string },
  toRows: (document: ListDocument) => ReadRows<Row>,
): Promise<OffsetPage<Row>> {
  return session.get(resource, `limit=${limit}&offset=${offset}${query}`, (document) => {
    const read = toRows(document);
    return { ...read, total: totalOf(document.meta?.pagination, { offset, limit, received: read.received }) };
  });
}

/**
 * The number of rows in the list; null if unknown (Ctrl Hub docs: Retrieve job role assignments, meta.pagination). Both
 * offsets.next and counts.resources are documented by example only. If either says that more rows follow, they are
 * read, so that no row is lost.
 */
export function totalOf(
  pagination: WirePagination | null | undefined,
  { offset, limit, received }: { offset: number; limit: number; received: number },
): number | null {
  const end = offset + received;
  const next = pagination?.offsets?.next;
  const counted = pagination?.counts?.resources ?? null;
  if (next != null && next > offset && (counted === null || counted <= end)) return null;
  if (counted !== null) return received === 0 ? counted : Math.max(counted, end);
  if (received === 0) return offset === 0 ? 0 : null;
  // The last page, or a page with more rows than requested: the list is not paged, like some older ones.
  return next === null || received > limit ? end : null;
}
