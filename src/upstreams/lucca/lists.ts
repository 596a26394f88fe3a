import type { ListOf, OnProgress, Reading, SkippedRow } from '../../domain/list-reading.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { createSharing, type Sharing } from '../../domain/text.ts';
import type { UpstreamError } from '../../errors.ts';
import { invalidResponse } from '../../http/json.ts';
import type { LuccaApi } from './api.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import type { Resource } from './resources.ts';

/** A query parameter whose value is encoded already. */
export type Parameter = readonly [name: string, value: string];

export type ListQuery = {
  filters: readonly Parameter[];
  sort?: string | undefined;
  /** Beside `links`, without which Lucca names no next page. */
  include: readonly ('embedded' | 'totalCount')[];
};

export type Identified = { luccaId: string };

/** One page as it was read. Its ETag is good for this page of this list alone. */
export type Page<Row> = {
  /** Null for the first page. */
  readonly token: string | null;
  readonly etag: string | null;
  readonly rows: readonly Row[];
  readonly skipped: readonly SkippedRow[];
  readonly next: string | null;
  readonly totalCount: number | null;
};

/** A whole list, with the pages that it came in: the next reading asks whether they have changed. */
export type LuccaList<Row> = ListOf<Row> & { readonly read: readonly Page<Row>[] };

export type Lists = {
  /**
   * All pages, one after the other: a cursor is only known once the page before it has come. Each row once. Pages that
   * have not changed since `previous` are answered without a body (Lucca docs: cache), and rows that have not are shared.
   * Throws UPSTREAM_INVALID_RESPONSE for pages that repeat or expire.
   */
  reading<Row extends Identified>(
    resource: Resource<Row>,
    query: ListQuery,
    previous?: LuccaList<Row> | null,
  ): Reading<LuccaList<Row>>;
};

const pageSize = 100;

/**
 * Reads lists by cursor (Lucca docs: paging). What is followed of `links.next.href` is its page token alone: our own
 * target carries the filters, which samples leave out of the href, and the base path, which a proxy may have changed.
 */
export function createLists(api: LuccaApi, baseUrl: URL): Lists {
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
      path: `${resource.path}?${toQueryString(query, token)}`,
      isLaterPage: token !== null,
      etag: earlier?.etag ?? null,
      read: (text) => resource.read(text, shared),
    });
    if (answer === 'not modified') {
      if (earlier !== undefined) return earlier;
      throw invalid(resource.subject, 'got HTTP 304 (not modified) without having sent an ETag.');
    }
    const { rows, skipped, nextHref, totalCount } = answer.value;
    const next = nextHref === null ? null : tokenIn(nextHref, baseUrl, resource);
    if (next !== null && next === token) throw repeated(resource);
    return { token, etag: answer.etag, rows, skipped, next, totalCount };
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

    async function attempt(onProgress: OnProgress): Promise<LuccaList<Row>> {
      try {
        return await goOn(onProgress);
      } catch (error) {
        if (!(error instanceof ExpiredPageError)) throw error;
        // The cursor came from a page of long ago: one that has not changed, or one from before a failure.
        pages = [];
        earlier = null;
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
        walk.add(kept);
        pages.push(kept);
        onProgress(walk.size, walk.expected);
      }
      return toList(walk, pages, previous);
    }

    return { attempt };
  }

  return { reading };
}

/** The pages that have come, in order, and what follows from them. */
class Walk<Row extends Identified> {
  readonly #resource: Resource<Row>;
  readonly #rows = new Map<string, Row>();
  readonly #tokens = new Set<string>();
  token: string | null = null;
  expected: number | null = null;
  isComplete = false;

  constructor(resource: Resource<Row>) {
    this.#resource = resource;
  }

  get size(): number {
    return this.#rows.size;
  }

  get rows(): Row[] {
    return [...this.#rows.values()];
  }

  add({ rows, next, totalCount }: Page<Row>): void {
    const bringsNothingNew = rows.length > 0 && rows.every((row) => this.#rows.has(row.luccaId));
    for (const row of rows) this.#rows.set(row.luccaId, row);
    this.expected = totalCount ?? this.expected;
    this.token = next;
    this.isComplete = next === null;
    if (next === null) return;
    if (bringsNothingNew || this.#tokens.has(next)) throw repeated(this.#resource);
    this.#tokens.add(next);
  }
}

function toList<Row extends Identified>(
  walk: Walk<Row>,
  pages: readonly Page<Row>[],
  previous: LuccaList<Row> | null,
): LuccaList<Row> {
  const isSame = previous?.read.length === pages.length && pages.every((page, index) => page === previous.read[index]);
  if (isSame && previous !== null) return previous;
  const rows = sharedList(previous?.rows, walk.rows);
  return { rows, skipped: pages.flatMap((page) => page.skipped), pages: pages.length, read: pages };
}

const withoutTotal = (query: ListQuery): ListQuery => ({
  ...query,
  include: query.include.filter((it) => it !== 'totalCount'),
});

function toQueryString({ filters, sort, include }: ListQuery, token: string | null): string {
  const parameters: Parameter[] = [...filters];
  if (sort !== undefined) parameters.push(['sort', sort]);
  parameters.push(['limit', String(pageSize)], ['include', [...include, 'links'].join(',')]);
  if (token !== null) parameters.push(['page', encodeURIComponent(token)]);
  return parameters.map(([name, value]) => `${name}=${value}`).join('&');
}

function tokenIn(href: string, baseUrl: URL, { subject }: Resource<unknown>): string {
  const url = URL.parse(href, baseUrl.href);
  if (url?.origin !== baseUrl.origin) {
    throw invalid(subject, 'its next page lies on another host than LUCCA_BASE_URL, which is not followed.');
  }
  const token = url.searchParams.get('page');
  if (token === null || token === '') throw invalid(subject, 'its next page has no page token.');
  return token;
}

const repeated = ({ subject }: Resource<unknown>) => invalid(subject, 'its next page repeats what was read before.');
const expired = ({ subject }: Resource<unknown>) => invalid(subject, 'its next page expired while the list was read.');

const invalid = (subject: string, message: string): UpstreamError =>
  invalidResponse({ upstream: 'LUCCA', subject }, `${subject}: ${message}`);
