import { expect } from 'vitest';
import { z } from 'zod';
import type { TestGraph } from '../helpers/graph.ts';
import type { Order, PlainFilter } from './plain-evaluation.ts';

const nodeId = (type: string) => (key: string) => Buffer.from(`${type}:${key}`).toString('base64url');

/** The filter as clients write it: with the graph's own ids in the place of the upstreams'. */
export const toInput = ({ jobQualificationIds, professionIds, jobRoleIds, ...rest }: PlainFilter): object => ({
  ...rest,
  ...(jobQualificationIds && { jobQualificationIds: jobQualificationIds.map(nodeId('JobQualification')) }),
  ...(professionIds && { professionIds: professionIds.map(nodeId('Profession')) }),
  ...(jobRoleIds && { jobRoleIds: jobRoleIds.map(nodeId('JobRole')) }),
});

export type Question = {
  filter: PlainFilter;
  order: Order;
  /** Of one page after the other, beginning again when they are used up. */
  pageSizes: readonly number[];
  /** The system whose identifiers are asked for. */
  lead: 'LUCCA' | 'NAVER' | 'CTRL_HUB';
  /** Further fields of each person, which decide what is read besides. */
  fields?: string;
};

const pageShape = z.object({
  employees: z.object({
    nodes: z.array(z.looseObject({ id: z.string(), identities: z.array(z.object({ upstreamId: z.string() })) })),
    edges: z.array(z.object({ cursor: z.string() })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
    totalCount: z.number(),
  }),
});

export type Found = {
  /** The lead's identifiers, in the order of the answers. */
  upstreamIds: string[];
  totalCount: number;
};

/** Follows the cursors to the end and holds every page to the rules that pages have. */
export async function walkEmployees(graph: TestGraph, question: Question): Promise<Found> {
  const { filter, order, pageSizes, lead, fields = '' } = question;
  const document = `query ($filter: EmployeeFilter, $orderBy: EmployeeOrder, $first: Int, $after: String) {
    employees(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes { id identities(upstreams: [${lead}]) { upstreamId } ${fields} }
      edges { cursor }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }`;
  const found: Found = { upstreamIds: [], totalCount: -1 };
  for (let [page, after]: [number, string | null] = [0, null]; ; page += 1) {
    const first = pageSizes[page % pageSizes.length] ?? 25;
    const { data, errors } = await graph.query(document, { filter: toInput(filter), orderBy: order, first, after });
    expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
    const { nodes, edges, pageInfo, totalCount } = pageShape.parse(data).employees;
    found.upstreamIds.push(...nodes.map(({ identities }) => identities[0]?.upstreamId ?? '(none)'));
    if (page > 0) expect(totalCount).toBe(found.totalCount);
    found.totalCount = totalCount;
    expect(edges).toHaveLength(nodes.length);
    expect(nodes).toHaveLength(pageInfo.hasNextPage ? first : Math.min(first, nodes.length));
    expect(pageInfo.hasPreviousPage).toBe(page > 0);
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}
