import type { OnProgress, Reading } from '../../domain/list-reading.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { createSharing, type Sharing } from '../../domain/text.ts';
import type { UpstreamError } from '../../errors.ts';
import { invalidResponse } from '../../http/json.ts';
import type { OnRemark } from '../../http/remark.ts';
import { tokenRoute } from './access-tokens.ts';
import { type LuccaApi, routeOf } from './api.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import { pageTokenIn } from './page-token.ts';
import type { Resource } from './resource.ts';
import { type Identified, isShort, type LuccaList, type Page, Walk } from './walk.ts';

/** A query parameter with an encoded value. */
type Parameter = readonly [name: string, value: string];

export type ListQuery = {
  filters: readonly Parameter[];
  sort?: string | undefined;
  /** In addition to `links`, without which Lucca returns no link to the next page. */
  include: readonly ('embedded' | 'totalCount')[];
};

export type Lists = {
  /**
   * Reads all pages one after the other, because each page holds the cursor of the next. Each row occurs once. Pages
   * unchanged since `previous` come without a body (Lucca docs: cache), and unchanged rows are shared. A list that ends
   * before its total is read once more, and then reported as incomplete: rows can be deleted meanwhile. Throws
   * UPSTREAM_INVALID_RESPONSE if pages repeat, expire or lead nowhere, and if no row can be read.
   */
  reading<Row extends Identified>(
    resource: Resource<Row>,
    query: ListQuery,
    previous?: LuccaList<Row> | null,
  ): Reading<LuccaList<Row>>;
};

/** The largest page size that Lucca documents. */
export const pageSize = 100;

/**
 * Reads lists by cursor (Lucca docs: paging). Only the page token of `links.next.href` is used. Our own request target
 * has the filters, which the href in samples lacks, and the base path, which a proxy may have changed.
 */
export function createLists(api: LuccaApi, onRemark?: OnRemark): Lists {
  async function readPage<Row>(
    resource: Resource<Row>,
    query: ListQuery,
    token: string | null,
    shared: Sharing,
    earlier: Page<Row> | undefined,
  ): Promise<Page<Row>> {
    const response = await api.get({
      subject: resource.subject,
      scope: resource.scope,
      path: pathOf(resource, query, token),
      isLaterPage: token !== null,
      etag: earlier?.etag ?? null,
      read: (text) => resource.read(text, shared),
    });
    if (response === 'not modified') {
      if (earlier !== undefined) return earlier;
      throw invalid(resource, 'got HTTP 304 (not modified) without having sent an ETag.');
    }
    const { nextHref, ...listed } = response.value;
    const next = nextHref === null ? null : pageTokenIn(nextHref);
    if (nextHref !== null && next === null) throw invalid(resource, 'its next page has no page token.');
    return { ...listed, token, etag: response.etag, next };
  }

  function reading<Row extends Identified>(
    resource: Resource<Row>,
    query: ListQuery,
    previous: LuccaList<Row> | null = null,
  ): Reading<LuccaList<Row>> {
    const shared = createSharing();
    const shareRow = createRowSharing<Row>(previous?.rows, (row) => row.luccaId);
    let pages: Page<Row>[] = [];
    let earlier = previous;

    function restart(): void {
      pages = [];
      earlier = null;
    }

    async function attempt(onProgress: OnProgress): Promise<LuccaList<Row>> {
      const list = await readAll(onProgress);
      if (list === previous || !isShort(list)) return list;
      restart();
      return readAll(onProgress);
    }

    async function readAll(onProgress: OnProgress): Promise<LuccaList<Row>> {
      try {
        return await resume(onProgress);
      } catch (error) {
        if (!(error instanceof ExpiredPageError)) throw error;
        // The cursor came from an old page: an unchanged one, or one read before a failure.
        restart();
        return resume(onProgress).catch((again: unknown) => {
          throw again instanceof ExpiredPageError ? expired(resource) : again;
        });
      }
    }

    async function resume(onProgress: OnProgress): Promise<LuccaList<Row>> {
      const walk = new Walk<Row>(resource);
      for (const page of pages) walk.add(page);
      while (!walk.isComplete) {
        const { token } = walk;
        const earlierPage = earlier?.read[pages.length];
        const page = await readPage(
          resource,
          token === null ? query : withoutTotal(query),
          token,
          shared,
          earlierPage?.token === token ? earlierPage : undefined,
        );
        const stored =
          page === earlierPage ? page : { ...page, rows: sharedList(earlierPage?.rows, page.rows.map(shareRow)) };
        if (stored.received > 0 && stored.received < pageSize && stored.next !== null)
          remarkOnCap(resource, stored.received);
        pages.push(stored);
        orRestart(() => walk.add(stored));
        onProgress(walk.size, walk.expected);
      }
      return orRestart(() => walk.toList(pages, previous));
    }

    /** Starts again after an error: the pages so far do not make a valid list. */
    function orRestart<T>(use: () => T): T {
      try {
        return use();
      } catch (error) {
        restart();
        throw error;
      }
    }

    const asks = { method: 'GET', path: routeOf(resource.path), rows: pageSize, before: `POST ${tokenRoute}` } as const;
    return { attempt, asks };
  }

  function remarkOnCap({ subject }: Resource<unknown>, received: number): void {
    const message = `${subject}: ${pageSize} rows were asked for at once, ${received} came. Each list costs more requests.`;
    onRemark?.({ upstream: 'LUCCA', kind: 'page cap', message });
  }

  return { reading };
}

/** The encoded target of a page below the base URL; `token` is null for the first page. */
export const pathOf = ({ path }: Resource<unknown>, query: ListQuery, token: string | null): string =>
  `${path}?${toQueryString(query, token)}`;

const withoutTotal = (query: ListQuery): ListQuery => ({
  ...query,
  include: query.include.filter((member) => member !== 'totalCount'),
});

function toQueryString({ filters, sort, include }: ListQuery, token: string | null): string {
  const parameters: Parameter[] = [...filters];
  if (sort !== undefined) parameters.push(['sort', sort]);
  parameters.push(['limit', String(pageSize)], ['include', [...include, 'links'].join(',')]);
  if (token !== null) parameters.push(['page', token]);
  return parameters.map(([name, value]) => `${name}=${value}`).join('&');
}

const expired = (resource: Resource<unknown>) => invalid(resource, 'its next page expired while the list was read.');

const invalid = ({ subject }: Resource<unknown>, message: string): UpstreamError =>
  invalidResponse({ upstream: 'LUCCA', subject }, `${subject}: ${message}`);
