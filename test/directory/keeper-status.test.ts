import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const shape = z.object({
  upstreams: z.array(
    z.object({
      upstream: z.string(),
      directory: z
        .object({
          people: z.number(),
          expected: z.number().nullable(),
          isComplete: z.boolean(),
          asOf: z.iso.datetime(),
          secondsToGo: z.number().nullable(),
          skippedRows: z.array(z.object({ resource: z.string(), reason: z.string(), count: z.number() })),
          links: z.array(z.object({ matchedBy: z.string(), count: z.number() })),
          conflicts: z.number(),
        })
        .nullable(),
    }),
  ),
});

async function statusOf(upstream: string) {
  const { data } = await graph.query(`{ upstreams { upstream directory {
    people expected isComplete asOf secondsToGo skippedRows { resource reason count } links { matchedBy count } conflicts
  } } }`);
  return shape.parse(data).upstreams.find((it) => it.upstream === upstream)?.directory ?? null;
}

/** Of everybody: by which rule their records of an upstream were linked to another one's. */
async function linksOf(upstream: string): Promise<Record<string, number>> {
  const people = 'nodes { identities { upstream matchedBy } } pageInfo { endCursor hasNextPage }';
  const page = z.object({
    page: z.object({
      nodes: z.array(
        z.object({ identities: z.array(z.object({ upstream: z.string(), matchedBy: z.string() })).nullable() }),
      ),
      pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
    }),
  });
  const counts: Record<string, number> = {};
  for (const list of [
    'employees(first: 100, after: $after)',
    'unlinkedPeople(missingFrom: LUCCA, first: 100, after: $after)',
  ]) {
    for (let after: string | null = null, hasNext = true; hasNext; ) {
      const { data } = await graph.query(`query ($after: String) { page: ${list} { ${people} } }`, { after });
      const { nodes, pageInfo } = page.parse(data).page;
      for (const identity of nodes.flatMap(({ identities }) => identities ?? [])) {
        if (identity.upstream !== upstream || identity.matchedBy === 'SOURCE') continue;
        counts[identity.matchedBy] = (counts[identity.matchedBy] ?? 0) + 1;
      }
      after = pageInfo.endCursor;
      hasNext = pageInfo.hasNextPage;
    }
  }
  return counts;
}

describe('upstreams { directory }', () => {
  it('tells of a directory that was read how many people it has, since when, and what became of their records', async () => {
    graph = await startGraph();
    const { lucca, naver } = graph.company;
    for (const [upstream, rows] of [
      ['LUCCA', lucca.employees],
      ['NAVER', naver.employees],
    ] as const) {
      const status = await statusOf(upstream);
      expect(status).toMatchObject({ people: rows.length, expected: rows.length, isComplete: true, secondsToGo: null });
      expect(Math.abs(Date.now() - Date.parse(status?.asOf ?? ''))).toBeLessThan(60_000);
    }
    expect((await statusOf('LUCCA'))?.links).toEqual([]);
    for (const upstream of ['NAVER', 'CTRL_HUB']) {
      const { links = [], conflicts } = (await statusOf(upstream)) ?? {};
      expect(links.map(({ matchedBy }) => matchedBy)).toEqual([
        'MAPPING_FILE',
        'EMAIL',
        'REMOTE_ID',
        'EMPLOYEE_NUMBER',
      ]);
      const counted = Object.fromEntries(links.filter(({ count }) => count > 0).map((it) => [it.matchedBy, it.count]));
      expect(counted).toEqual(await linksOf(upstream));
      expect(conflicts).toBeGreaterThan(0);
    }
  });

  it('tells how far a first reading is, and when it began', async () => {
    const startedAt = Date.now();
    graph = await startGraph({ people: 600, luccaRateLimit: { count: 3, seconds: 1 }, waitsForDirectory: false });
    const total = graph.company.lucca.employees.length;
    const seen: { people: number; secondsToGo: number | null; asOf: string }[] = [];
    const isComplete = async () => {
      const status = await statusOf('LUCCA');
      if (status === null) return false;
      if (!status.isComplete) seen.push(status);
      return status.isComplete;
    };
    await expect.poll(isComplete, { timeout: 15_000, interval: 100 }).toBe(true);
    const onTheWay = seen.filter(({ people }) => people > 0 && people < total);
    expect(onTheWay.length).toBeGreaterThan(0);
    expect(onTheWay.map(({ people }) => people)).toEqual(
      onTheWay.map(({ people }) => people).toSorted((a, b) => a - b),
    );
    expect(onTheWay.some(({ secondsToGo }) => (secondsToGo ?? 0) > 0)).toBe(true);
    // Since when it is read does not change while it is.
    expect(new Set(seen.map(({ asOf }) => asOf)).size).toBe(1);
    expect(Date.parse(seen[0]?.asOf ?? '')).toBeGreaterThanOrEqual(startedAt - 50);
    expect((await statusOf('LUCCA'))?.asOf).toBe(seen[0]?.asOf);
  }, 30_000);

  it('does not call Ctrl Hub complete before its assignments are read', async () => {
    graph = await startGraph({ people: 40 });
    graph.sandbox.ctrlHub.inject({
      times: 1_000,
      matches: ({ path }) => path.endsWith('/job-role-assignments'),
      reply: { status: 503 },
    });
    await graph.restartGraph();
    const { people, isComplete } = (await statusOf('CTRL_HUB')) ?? expect.unreachable();
    expect(people).toBeGreaterThan(0);
    expect(isComplete).toBe(false);
  });

  it('counts rows that could not be used, by resource and reason', async () => {
    graph = await startGraph({ people: 40 });
    graph.sandbox.lucca.knobs.variation = 'an item without id';
    await graph.restartGraph();
    const status = await statusOf('LUCCA');
    expect(status?.skippedRows).toEqual([{ resource: 'employees', reason: expect.any(String), count: 1 }]);
    expect(status?.people).toBe(graph.company.lucca.employees.length - 1);
  });

  it('counts them in lists that are read when they are asked for, as the answer that read them does', async () => {
    graph = await startGraph();
    const { grades } = graph.company.naver;
    const withoutKey = grades.filter((it) => it.externalKey === null).length;
    expect(withoutKey).toBeGreaterThan(0);
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ grades { totalCount } }' }),
    });
    expect(await response.json()).toMatchObject({ extensions: { upstreams: { NAVER: { skippedRows: withoutKey } } } });
    expect((await statusOf('NAVER'))?.skippedRows).toEqual([
      { resource: expect.stringContaining('grade'), reason: expect.any(String), count: withoutKey },
    ]);
  });

  it('counts links of users whom no list of members has, which may be more than its people', async () => {
    graph = await startGraph();
    const { people = 0, links = [] } = (await statusOf('CTRL_HUB')) ?? {};
    expect(links.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(people);
    const { data } = await graph.query('{ __type(name: "DirectoryStatus") { fields { name description } } }');
    const described = JSON.stringify(data);
    expect(described).toContain('They may be more than `people`');
  });

  it('is null before anything was begun, and for an upstream that is not configured', async () => {
    graph = await startGraph({
      people: 40,
      env: {
        NAVER_BASE_URL: undefined,
        NAVER_COMPANY_ID: undefined,
        NAVER_ACCESS_KEY: undefined,
        NAVER_SECRET_KEY: undefined,
      },
    });
    expect(await statusOf('NAVER')).toBeNull();
    expect(await statusOf('LUCCA')).not.toBeNull();
  });
});
