import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph | null = null;
afterEach(async () => {
  await graph?.stop();
  graph = null;
});

const lineShape = z.looseObject({ msg: z.string(), level: z.number() });
const remarks = ({ log }: TestGraph) =>
  log
    .map((line) => lineShape.parse(JSON.parse(line)))
    .filter(({ msg }) => msg === 'an upstream answers otherwise than expected')
    .map(({ level, upstream, kind, reason }) => ({ level, upstream, kind, reason }));

async function started(prepare: (sandbox: Sandbox) => unknown): Promise<TestGraph> {
  graph = await startGraph({ people: 150, prepare });
  for (let round = 0; round < 2; round += 1) {
    await graph.query('{ grades { totalCount } professions { totalCount } employees { totalCount } }', {}, noCache);
  }
  return graph;
}
const noCache = { 'cache-control': 'no-cache' };

describe('the log', () => {
  it('has nothing of an upstream that answers as expected', async () => {
    expect(remarks(await started(() => undefined))).toEqual([]);
  });

  it('tells once that pages are shorter than asked, and what to set', async () => {
    const running = await started(({ naver, ctrlHub, lucca }) => {
      naver.knobs.limitCap = 40;
      ctrlHub.knobs.maxLimit = 25;
      lucca.knobs.pageCap = 30;
    });
    const told = (upstream: string, reason: RegExp) => ({
      ...{ level: 40, upstream, kind: 'page cap', reason: expect.stringMatching(reason) },
    });
    expect(remarks(running).toSorted((a, b) => `${a.upstream}`.localeCompare(`${b.upstream}`))).toEqual([
      told('CTRL_HUB', /100 rows were asked for at once, 25 came\. Set CTRL_HUB_PAGE_SIZE to 25\.$/),
      told('LUCCA', /100 rows were asked for at once, 30 came/),
      told('NAVER', /the employee list: 100 rows were asked for at once, 40 came\. Set NAVER_PAGE_SIZE to 40\.$/),
    ]);
  });

  it('tells that a total counts a page alone', async () => {
    const running = await started(({ naver }) => {
      naver.knobs.variation = 'totalCount of the page alone';
    });
    expect(remarks(running)).toEqual([
      {
        level: 40,
        upstream: 'NAVER',
        kind: 'total',
        reason: expect.stringContaining('counts the rows of a page alone'),
      },
    ]);
  });

  it('tells that the clocks differ, where that does not matter as well', async () => {
    const running = await started(({ naver }) => {
      naver.clockSkewMs = -200_000;
    });
    expect(remarks(running)).toEqual([
      {
        level: 40,
        upstream: 'NAVER',
        kind: 'clock',
        reason: expect.stringMatching(/^This machine's clock is \d+ s ahead of the vendor's/),
      },
    ]);
  });
});
