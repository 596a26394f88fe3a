import { createHash } from 'node:crypto';
import type { LuccaData } from '../company/data.ts';
import { embed, type Related } from './embeds.ts';
import type { Filter } from './filters.ts';
import { cutPage, type Page } from './paging.ts';
import { Problem } from './problems.ts';
import { listOf, refuseUnknownParameters } from './query.ts';
import { unknownMembers } from './representations.ts';
import type { ScopeFamily } from './scopes.ts';
import { readOrder, type Sorts } from './sorting.ts';
import { luccaVariations, pageQueryOf, writtenCursor } from './variations.ts';
import type { Json, View } from './view.ts';

type Definition<Row> = {
  /** The path segment and plural type. */
  collection: string;
  scope: ScopeFamily;
  rows: (data: LuccaData) => Row[];
  represent: (row: Row, view: View) => Json;
  related: (row: Row, view: View) => Related;
  filters: Record<string, Filter<Row>>;
  /** In addition to id. A resource without sorts has no `sort` parameter. */
  sorts: Sorts<Row>;
};

/** A collection and its members as the API shows them. `search` is the raw query string. */
export type Resource = {
  collection: string;
  scope: ScopeFamily;
  /** Throws 400 for a query that the documents do not allow. */
  list(query: URLSearchParams, search: string, view: View): Json;
  /** Throws the same 400, and 404 for an unknown id. */
  get(id: string, query: URLSearchParams, view: View): Json;
};

export function defineResource<Row extends { id: string }>(definition: Definition<Row>): Resource {
  const { collection, scope, rows, represent, related, filters, sorts } = definition;
  const sortParameters = Object.keys(sorts).length > 0 ? ['sort'] : [];
  const parameters = ['include', 'page', 'limit', ...sortParameters, ...Object.keys(filters)];

  function filterRows(query: URLSearchParams, { data, timeline, knobs }: View): Row[] {
    const sentFilters = Object.entries(filters).filter(([name]) => query.has(name));
    const tests = sentFilters.map(([name, filter]) => ({ name, passes: filter(query, name) }));
    const applied = tests.filter(({ name }) => !knobs.ignoredFilters.includes(name));
    return rows(data).filter((row) => applied.every(({ passes }) => passes(row, timeline)));
  }

  /** Identifies the listing that a cursor belongs to. The order of a filter's values does not matter. */
  function listingOf(query: URLSearchParams, instructions: string[]): string {
    const conditions = Object.keys(filters).map((name) => [name, ...listOf(query, name).sort()]);
    const listing = JSON.stringify([collection, instructions, conditions]);
    return createHash('sha256').update(listing).digest('base64url').slice(0, 12);
  }

  function list(query: URLSearchParams, search: string, view: View): Json {
    const { baseUrl, knobs, timeline } = view;
    refuseUnknownParameters(query, parameters, knobs);
    const matching = filterRows(query, view);
    const order = readOrder(sortParameters.length > 0 ? query : new URLSearchParams(), sorts, timeline);
    const pageQuery = pageQueryOf(query, search, knobs.variation);
    const page = cutPage(matching, order, pageQuery, listingOf(query, order.instructions), knobs);
    const neighbours = () => page.items.flatMap((row) => related(row, view));
    const url = `${baseUrl}/${collection}`;
    const shown = {
      type: collection,
      url: search === '' ? url : `${url}?${search}`,
      ...optional('totalCount', () => matching.length, view),
      items: page.items.map((row) => represent(row, view)),
      ...optional('links', () => linksOf(page, url, query, knobs), view),
      ...optional('embedded', () => embed(neighbours(), view), view),
      ...unknownMembers(knobs.unknownMembers),
    };
    if (knobs.variation === null) return shown;
    return luccaVariations[knobs.variation](shown, { collection, isFirstPage: !query.has('page') });
  }

  function get(id: string, query: URLSearchParams, view: View): Json {
    refuseUnknownParameters(query, ['include'], view.knobs);
    const row = rows(view.data).find((candidate) => candidate.id === id);
    if (row === undefined) throw new Problem(404, 'The resource does not exist, or is not visible to you.');
    return { ...represent(row, view), ...optional('embedded', () => embed(related(row, view), view), view) };
  }

  return { collection, scope, list, get };
}

/** A member that is sent if `include` names it. */
function optional(name: string, compute: () => unknown, { includes, knobs }: View): Json {
  if (includes.has(name)) return { [name]: compute() };
  return knobs.unaskedIncludes === 'null' ? { [name]: null } : {};
}

/** `prev` and `next` are always present, and null on the first and the last page (Lucca, Paging). */
function linksOf<Row>(page: Page<Row>, url: string, query: URLSearchParams, knobs: View['knobs']): Json {
  const hrefTo = (cursor: string | null) => {
    if (cursor === null) return null;
    const keepsAll = knobs.linksKeep === 'all-parameters';
    const parameters = new URLSearchParams(keepsAll ? query : { limit: String(page.limit) });
    parameters.delete('page');
    return {
      href: `${url}?${parameters}${parameters.size > 0 ? '&' : ''}page=${writtenCursor(cursor, knobs.variation)}`,
    };
  };
  return { prev: hrefTo(page.prev), next: hrefTo(page.next) };
}
