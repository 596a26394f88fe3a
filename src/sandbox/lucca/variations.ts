import { digitsAsNumbers, everyRow, isMembers, type Members, oneRow, without } from '../odd-rows.ts';

/** A page of the emulator, and its request. */
type ListRequest = { collection: string; isFirstPage: boolean };
type Variation = (page: Members, pageQuery: ListRequest) => Members;

const itemsOf = (page: Members): unknown[] => (Array.isArray(page.items) ? page.items : []);
const inItems =
  (change: (items: unknown[], pageQuery: ListRequest) => unknown): Variation =>
  (page, pageQuery) => ({ ...page, items: change(itemsOf(page), pageQuery) });
const inOneItem = (change: (item: Members) => unknown) => inItems((items) => oneRow(items, change));
const inEveryItem = (change: (item: Members) => unknown) => inItems((items) => everyRow(items, change));
const inOneOf = (collection: string, change: (item: Members) => unknown) =>
  inItems((items, pageQuery) => (pageQuery.collection === collection ? oneRow(items, change) : items));

/** Changes the address in `next`, if there is one. */
const nextHref =
  (change: (href: string) => string): Variation =>
  (page) => {
    const { links } = page;
    if (!isMembers(links) || !isMembers(links.next) || typeof links.next.href !== 'string') return page;
    return { ...page, links: { ...links, next: { href: change(links.next.href) } } };
  };

const firstPageAgain = { prev: null, next: { href: '?page=1' } };
const freshToken = () => ({ prev: null, next: { href: `?page=!${Math.random()}` } });

/**
 * Forms of a list that were seen at Lucca or elsewhere, and that differ from the plain reading of Lucca's documents. A
 * variation of rows changes one row of each page, unless its name says otherwise.
 */
export const luccaVariations = {
  'an item without id': inOneItem((item) => without(item, 'id')),
  'an item that is null': inOneItem(() => null),
  'an item that is text': inOneItem(() => 'odd'),
  'no item that is an object': inItems((items) => items.map(() => 'odd')),
  'ids as numbers': (page) => ({ ...page, items: digitsAsNumbers(page.items, ['id']) }),
  'an id that is no whole number': inOneItem((item) => ({ ...item, id: 1.5 })),
  'a profession without id': inOneOf('job-qualifications', (item) => ({ ...item, profession: { type: 'profession' } })),
  'embedded references without id': (page) => ({
    ...page,
    embedded: eachEmbedded(page.embedded, (resource) =>
      'jobQualification' in resource ? { ...resource, jobQualification: {} } : resource,
    ),
  }),
  'members that are hidden': inOneOf('employees', (item) =>
    without(item, 'givenName', 'familyName', 'email', 'employeeNumber', 'remoteId'),
  ),
  'employee numbers as numbers': (page) => ({ ...page, items: digitsAsNumbers(page.items, ['employeeNumber']) }),
  'rank null': inOneOf('job-qualifications', (item) => ({ ...item, rank: null })),
  'rank 0': inOneOf('job-qualifications', (item) => ({ ...item, rank: 0 })),
  'rank as text': inOneOf('job-qualifications', (item) => ({ ...item, rank: `${item.rank}.0` })),
  'rank above 32 bits': inOneOf('job-qualifications', (item) => ({ ...item, rank: 2 ** 31 })),
  'an empty title': inEveryItem((item) => ('title' in item ? { ...item, title: ' ' } : item)),
  'items null': (page) => ({ ...page, items: null }),
  'no items': (page) => without(page, 'items'),
  'totalCount null': (page) => ({ ...page, totalCount: null }),
  'totalCount as text': (page) => ('totalCount' in page ? { ...page, totalCount: `${page.totalCount}` } : page),
  'totalCount no number': (page) => ({ ...page, totalCount: 'many' }),
  'an empty first page': (page, { isFirstPage }) =>
    isFirstPage ? { ...page, items: [], links: firstPageAgain, embedded: {} } : page,
  'empty pages without end': (page) => ({ ...page, items: [], links: freshToken() }),
  'the end before totalCount': (page) => ({
    ...page,
    ...('totalCount' in page && { totalCount: Number(page.totalCount) + 1 }),
  }),
  'a next link on another host': nextHref((href) => href.replace(/^https?:\/\/[^/]+/, 'https://inner.example:8443')),
  'a next link that is relative': nextHref((href) => href.slice(href.indexOf('?'))),
  'a next link with a placeholder path': nextHref(
    (href) => `https://{tenant}/{resource}${href.slice(href.indexOf('?'))}`,
  ),
  /** `pageQueryOf` and `writtenCursor` change the cursor itself. */
  'a cursor with + / and = as they are': (page) => page,
  'a next link without page': nextHref((href) => href.replace(/page=/, 'cursor=')),
  'pages that repeat the first': (page) => ({ ...page, links: freshToken() }),
  'links {} on the last page': (page) =>
    isMembers(page.links) && page.links.next === null ? { ...page, links: {} } : page,
  'links null on the last page': (page) =>
    isMembers(page.links) && page.links.next === null ? { ...page, links: null } : page,
  'embedded null': (page) => ({ ...page, embedded: null }),
  'embedded under other keys': (page) => ({ ...page, embedded: { jobPosition: page.embedded, employment: [] } }),
  't9n null': inEveryItem((item) => ('t9n' in item ? { ...item, t9n: null } : item)),
  't9n without title': inEveryItem((item) => ('t9n' in item ? { ...item, t9n: { title: null } } : item)),
  't9n absent': inEveryItem((item) => without(item, 't9n')),
} satisfies Record<string, Variation>;

export type LuccaVariation = keyof typeof luccaVariations;

const opaque = '+/=';

/** The form of a cursor in the address of the next page. */
export const writtenCursor = (cursor: string, variation: LuccaVariation | null): string =>
  variation === 'a cursor with + / and = as they are'
    ? cursor + opaque
    : encodeURIComponent(cursor).replaceAll('!', '%21');

/** The query with its `page` removed, or required to be exactly the sent cursor. */
export function pageQueryOf(query: URLSearchParams, search: string, variation: LuccaVariation | null): URLSearchParams {
  const pageQuery = new URLSearchParams(query);
  if (variation === 'pages that repeat the first' || variation === 'empty pages without end') pageQuery.delete('page');
  if (variation === 'a cursor with + / and = as they are' && query.has('page')) {
    const [, token = ''] = /(?:^|&)page=([^&]*)/.exec(search) ?? [];
    const cursor = token.endsWith(opaque) ? token.slice(0, -opaque.length) : '!not the cursor';
    pageQuery.set('page', decodeURIComponent(cursor));
  }
  return pageQuery;
}

function eachEmbedded(embedded: unknown, change: (resource: Members) => unknown): unknown {
  if (!isMembers(embedded)) return embedded;
  const eachOf = (byId: unknown) =>
    isMembers(byId)
      ? Object.fromEntries(
          Object.entries(byId).map(([id, resource]) => [id, isMembers(resource) ? change(resource) : resource]),
        )
      : byId;
  return Object.fromEntries(Object.entries(embedded).map(([type, byId]) => [type, eachOf(byId)]));
}
