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

/** A query parameter whose value is encoded already. */
type Parameter = readonly [name: string, value: string];

export type ListQuery = {
  filters: readonly Parameter[];
  sort?: string | undefined;
  /** Beside `links`, without which Lucca names no next page. */
  include: readonly ('embedded' | 'totalCount')[];
};

export type Lists = {
  /**
   * All pages, one after the other: a cursor is only known once the page before it has come. Each row once. Pages that
   * have not changed since `previous` are answered without a body (Lucca docs: cache), and rows that have not are shared.
   * A list that ends before its total is read once more, and then told to be incomplete: rows may vanish meanwhile.
   * Throws UPSTREAM_INVALID_RESPONSE for pages that repeat, expire or lead nowhere, and where no row can be read.
   */
  reading<Row extends Identified>(
    resource: Resource<Row>,
    query: ListQuery,
    previous?: LuccaList<Row> | null,
  ): Reading<LuccaList<Row>>;
};

/** The most that Lucca documents. */
export const pageSize = 100;

/**
 * Reads lists by cursor (Lucca docs: paging). What is followed of `links.next.href` is its page token alone: our own
 * target carries the filters, which samples leave out of the href, and the base path, which a proxy may have changed.
 */
export function createLists(api: LuccaApi, onRemark?: OnRemark): Lists {
  async function readPage<Row>(
    resource: Resource<Row>,
    query: ListQuery,
    token: string | null,
    shared: Sharing,
    earlier: Page<Row> | undefined,
  ): Promise<Page<Row>> {
    const answer = await api.get({
      subject: resource.subject,
      scope: resource.scope,
      path: pathOf(resource, query, token),
      isLaterPage: token !== null,
      etag: earlier?.etag ?? null,
      read: (text) => resource.read(text, shared),
    });
    if (answer === 'not modified') {
      if (earlier !== undefined) return earlier;
      throw invalid(resource, 'got HTTP 304 (not modified) without having sent an ETag.');
    }
    const { nextHref, ...listed } = answer.value;
    const next = nextHref === null ? null : pageTokenIn(nextHref);
    if (nextHref !== null && next === null) throw invalid(resource, 'its next page has no page token.');
    return { ...listed, token, etag: answer.etag, next };
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

    function beginAnew(): void {
      pages = [];
      earlier = null;
    }

    async function attempt(onProgress: OnProgress): Promise<LuccaList<Row>> {
      const list = await readAll(onProgress);
      if (list === previous || !isShort(list)) return list;
      beginAnew();
      return readAll(onProgress);
    }

    async function readAll(onProgress: OnProgress): Promise<LuccaList<Row>> {
      try {
        return await goOn(onProgress);
      } catch (error) {
        if (!(error instanceof ExpiredPageError)) throw error;
        // The cursor came from a page of long ago: one that has not changed, or one from before a failure.
        beginAnew();
        return goOn(onProgress).catch((again: unknown) => {
          throw again instanceof ExpiredPageError ? expired(resource) : again;
        });
      }
    }

    async function goOn(onProgress: OnProgress): Promise<LuccaList<Row>> {
      const walk = new Walk<Row>(resource);
      for (const page of pages) walk.add(page);
      while (!walk.isComplete) {
        const { token } = walk;
        const known = earlier?.read[pages.length];
        const page = await readPage(
          resource,
          token === null ? query : withoutTotal(query),
          token,
          shared,
          known?.token === token ? known : undefined,
        );
        const kept = page === known ? page : { ...page, rows: sharedList(known?.rows, page.rows.map(shareRow)) };
        if (kept.received > 0 && kept.received < pageSize && kept.next !== null) remarkOnCap(resource, kept.received);
        pages.push(kept);
        orBeginAnew(() => walk.add(kept));
        onProgress(walk.size, walk.expected);
      }
      return orBeginAnew(() => walk.toList(pages, previous));
    }

    /** Pages that make no list would make none the next time, either. */
    function orBeginAnew<T>(use: () => T): T {
      try {
        return use();
      } catch (error) {
        beginAnew();
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

/** Of a page, below the base URL; `token` is null for the first one. */
export const pathOf = ({ path }: Resource<unknown>, query: ListQuery, token: string | null): string =>
  `${path}?${toQueryString(query, token)}`;

const withoutTotal = (query: ListQuery): ListQuery => ({
  ...query,
  include: query.include.filter((it) => it !== 'totalCount'),
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
