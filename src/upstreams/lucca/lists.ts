import { createSharing } from '../../domain/text.ts';
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
  /** Rows per page, 1..100. */
  limit: number;
  /** Beside `links`, without which Lucca names no next page. */
  include: readonly ('embedded' | 'totalCount')[];
};

export type Identified = { luccaId: string };

export type Page<Row> = { rows: Row[]; next: string | null; totalCount: number | null };

/** Told after each page how many rows are there, and how many are expected where the query asks for the total. */
export type OnPage = (rows: number, expected: number | null, isComplete: boolean) => void;

export type Lists = {
  /** One page; `token` is an earlier page's `next`. Throws ExpiredPageError where Lucca does not know the token. */
  page<Row>(resource: Resource<Row>, query: ListQuery, token?: string): Promise<Page<Row>>;
  /** All pages, one after the other: a cursor is only known once the page before it has come. Each row once. */
  all<Row extends Identified>(resource: Resource<Row>, query: ListQuery, onPage?: OnPage): Promise<Row[]>;
};

export const maxPageSize = 100;

/** Whether a text from outside can be a page token at all: Lucca's are short, and an empty one means the first page. */
export const mayBeToken = (text: string): boolean => text !== '' && text.length <= 1_000 && text.isWellFormed();

/**
 * Reads lists by cursor (Lucca docs: paging). What is followed of `links.next.href` is its page token alone: our own
 * target carries the filters, which samples leave out of the href, and the base path, which a proxy may have changed.
 */
export function createLists(api: LuccaApi, baseUrl: URL): Lists {
  function page<Row>(
    resource: Resource<Row>,
    query: ListQuery,
    token?: string,
    shared = createSharing(),
  ): Promise<Page<Row>> {
    return api.get({
      subject: resource.subject,
      scope: resource.scope,
      path: `${resource.path}?${toQueryString(query, token)}`,
      isLaterPage: token !== undefined,
      read: (text) => {
        const { rows, nextHref, totalCount } = resource.read(text, shared);
        const next = nextHref === null ? null : tokenIn(nextHref, baseUrl, resource);
        if (next !== null && next === token) throw repeated(resource);
        return { rows, next, totalCount };
      },
    });
  }

  async function all<Row extends Identified>(
    resource: Resource<Row>,
    query: ListQuery,
    onPage?: OnPage,
  ): Promise<Row[]> {
    let expected: number | null = null;
    const shared = createSharing();
    const rows = new Map<string, Row>();
    const tokens = new Set<string>();
    for (let token: string | undefined; ; ) {
      const {
        rows: found,
        next,
        totalCount,
      } = await page(resource, isFirst(token) ? query : withoutTotal(query), token, shared).catch((error: unknown) => {
        throw error instanceof ExpiredPageError ? expired(resource) : error;
      });
      const bringsNothingNew = found.length > 0 && found.every((it) => rows.has(it.luccaId));
      for (const row of found) rows.set(row.luccaId, row);
      expected = totalCount ?? expected;
      onPage?.(rows.size, expected, next === null);
      if (next === null) return [...rows.values()];
      if (bringsNothingNew || tokens.has(next)) throw repeated(resource);
      tokens.add(next);
      token = next;
    }
  }

  return { page, all };
}

const isFirst = (token: string | undefined): boolean => token === undefined;
const withoutTotal = (query: ListQuery): ListQuery => ({
  ...query,
  include: query.include.filter((it) => it !== 'totalCount'),
});

function toQueryString({ filters, sort, limit, include }: ListQuery, token: string | undefined): string {
  const parameters: Parameter[] = [...filters];
  if (sort !== undefined) parameters.push(['sort', sort]);
  parameters.push(['limit', String(limit)], ['include', [...include, 'links'].join(',')]);
  if (token !== undefined) parameters.push(['page', encodeURIComponent(token)]);
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
