import { expect } from 'vitest';
import { z } from 'zod';
import type { TestGraph } from './graph.ts';

export const connection = z.object({
  edges: z.array(z.object({ cursor: z.string(), node: z.looseObject({ id: z.string() }) })),
  pageInfo: z.object({
    hasNextPage: z.boolean(),
    hasPreviousPage: z.boolean(),
    startCursor: z.string().nullable(),
    endCursor: z.string().nullable(),
  }),
  totalCount: z.number().nullish(),
});

export type Page = z.infer<typeof connection>;

/** A list of the graph: `field(<args>)` of Query, whose rows have these fields besides their id. */
export type List = { field: string; args?: string; row?: string };

/** One page of a list. Throws where the answer has an error. */
export async function readPage(
  graph: TestGraph,
  { field, args = '', row = '' }: List,
  first: number,
  after: string | null,
): Promise<Page> {
  const { data, errors } = await graph.query(
    `query ($first: Int, $after: String) { ${field}(first: $first, after: $after ${args}) {
      edges { cursor node { id ${row} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }`,
    { first, after },
  );
  expect(errors).toEqual([]);
  return z.record(z.string(), connection).parse(data)[field] ?? expect.unreachable();
}

/** Every row of a list, page by page, the sizes taken in turn; what each page says of itself is checked on the way. */
export async function walkList(
  graph: TestGraph,
  list: List,
  sizes: number[],
): Promise<Page['edges'][number]['node'][]> {
  const rows: Page['edges'][number]['node'][] = [];
  let after: string | null = null;
  for (let step = 0; ; step += 1) {
    const first = sizes[step % sizes.length] ?? 1;
    const { edges, pageInfo } = await readPage(graph, list, first, after);
    rows.push(...edges.map((it) => it.node));
    expect(pageInfo.hasPreviousPage).toBe(step > 0);
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    if (!pageInfo.hasNextPage) return rows;
    expect(edges).toHaveLength(first);
    after = pageInfo.endCursor;
  }
}
