import { z } from 'zod';
import { type Connection, type Edge, edgeOf, type PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeOrder } from '../src/domain/filters.ts';
import { InputError } from '../src/errors.ts';
import type { LuccaEmployeesFilter, LuccaEmployeesQuery } from '../src/upstreams/lucca/client.ts';
import { ExpiredPageError } from '../src/upstreams/lucca/expired-page-error.ts';
import type { Context } from './context.ts';
import { pageSizeOf } from './paging.ts';

export type LuccaPageRequest = {
  args: PageArgs;
  filter: LuccaEmployeesFilter;
  order: EmployeeOrder;
  scope: string;
  wantsTotal: boolean;
  /** Nothing but the total is selected. */
  onlyCount: boolean;
};

/**
 * Where a row is in Lucca's own paging: the page token (none for the first page), the limit that the token was made
 * with, and the rows of that page that lie before. The last row of a page points to the start of the next one, so that
 * paging on costs one request a page.
 */
const position = z.object({
  page: z.string().nullable(),
  limit: z.number().int().min(1).max(100),
  at: z.number().int().min(0),
});

const sorts: Record<EmployeeOrder, NonNullable<LuccaEmployeesQuery['order']>> = {
  FAMILY_NAME_ASC: 'familyName',
  FAMILY_NAME_DESC: '-familyName',
  CREATED_AT_ASC: 'createdAt',
  CREATED_AT_DESC: '-createdAt',
};

type Position = z.infer<typeof position>;

/** As many as Lucca gives at once: a request counts the same however many it brings, and the next page may be among them. */
const rowsOfOneRequest = 100;

/** A page of Lucca's directory, in Lucca's order. Throws InputError for a cursor whose page Lucca no longer knows. */
export async function luccaPage(
  request: LuccaPageRequest,
  { loaders, cursors }: Context,
): Promise<Connection<Employee>> {
  const { args, filter, order, scope, wantsTotal, onlyCount } = request;
  const size = onlyCount ? 1 : pageSizeOf(args);
  const client = loaders.upstreams.client('LUCCA');
  const start = { page: null, limit: onlyCount ? 1 : rowsOfOneRequest, at: 0 };
  let { page, limit, at } = args.after == null ? start : cursors.decode(scope, args.after, position);

  const edges: Edge<Employee>[] = [];
  let totalCount: number | null = null;
  for (;;) {
    const query: LuccaEmployeesQuery = {
      filter,
      order: sorts[order],
      limit,
      embedded: loaders.plan.luccaEmbedded,
      totalCount: wantsTotal && totalCount === null,
    };
    const answer = await client.employees(page === null ? query : { ...query, page }).catch(explainExpiry);
    totalCount ??= answer.totalCount;
    const here: Position = { page, limit, at };
    const rows = loaders.lucca.remember(answer.employees).slice(at, at + size - edges.length);
    for (const [index, record] of rows.entries()) {
      const isLast = at + index + 1 === answer.employees.length && answer.next !== null;
      const next = isLast ? { page: answer.next, limit, at: 0 } : { ...here, at: at + index + 1 };
      edges.push(edgeOf(loaders.naming.ofLucca(record), () => cursors.encode(scope, next)));
    }
    const hasMoreHere = at + rows.length < answer.employees.length;
    if (edges.length === size || answer.next === null) {
      const hasNextPage = hasMoreHere || answer.next !== null;
      return { edges, hasNextPage, hasPreviousPage: args.after != null, totalCount };
    }
    page = answer.next;
    at = 0;
  }
}

function explainExpiry(error: unknown): never {
  if (!(error instanceof ExpiredPageError)) throw error;
  throw new InputError(
    'after: Lucca no longer knows the page that this cursor points to. Start again without `after`.',
  );
}
