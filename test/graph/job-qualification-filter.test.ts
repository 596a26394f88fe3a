import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const page = z.object({
  jobQualifications: z.object({ totalCount: z.number(), nodes: z.array(z.object({ luccaId: z.string() })) }),
});

async function select(filter: unknown): Promise<string[]> {
  const { data, errors } = await graph.query(
    `query ($filter: JobQualificationFilter) { jobQualifications(first: 100, filter: $filter) { totalCount nodes { luccaId } } }`,
    { filter },
  );
  expect(errors).toEqual([]);
  const { totalCount, nodes } = page.parse(data).jobQualifications;
  expect(totalCount).toBe(nodes.length);
  return nodes.map((it) => it.luccaId);
}

type Row = TestGraph['company']['lucca']['jobQualifications'][number];
const expected = (holds: (row: Row) => boolean) =>
  graph.company.lucca.jobQualifications.filter(holds).map((it) => it.id);

/** The graph's own ids of professions, in Lucca's order. */
async function professionIds(): Promise<string[]> {
  const { data } = await graph.query('{ professions(first: 100) { nodes { id } } }');
  const ids = z.object({ professions: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
  return ids.parse(data).professions.nodes.map((it) => it.id);
}

describe('job-qualifications', () => {
  it.each([[[1]], [[5, 2]], [[3, 3]], [[99]], [[0, -1]]])('are selected by the ranks %j', async (ranks) => {
    expect(await select({ ranks })).toEqual(expected((it) => ranks.includes(it.rank)));
  });

  it('are selected by profession, and by profession and rank', async () => {
    const [first, second] = await professionIds();
    const keys = graph.company.lucca.professions.slice(0, 2).map((it) => it.id);
    expect(await select({ professionIds: [first, second] })).toEqual(expected((it) => keys.includes(it.professionId)));
    expect(await select({ professionIds: [second], ranks: [2, 3] })).toEqual(
      expected((it) => it.professionId === keys[1] && [2, 3].includes(it.rank)),
    );
  });

  it('are all there without a condition', async () => {
    for (const filter of [null, {}, { ranks: null, professionIds: null }]) {
      expect(await select(filter)).toEqual(expected(() => true));
    }
  });

  it('are none for an empty list, and nobody is asked', async () => {
    graph.forgetRequests();
    for (const filter of [{ ranks: [] }, { professionIds: [] }, { ranks: [], professionIds: null }]) {
      expect(await select(filter)).toEqual([]);
    }
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });
});
