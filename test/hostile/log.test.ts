import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGraph } from '../helpers/graph.ts';
import { startHostileGraph } from './cells.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startHostileGraph();
});
afterAll(() => graph.stop());

const told = () =>
  graph.log.map((line) => JSON.parse(line)).filter(({ msg }: { msg: string }) => msg === 'not all rows could be used');

describe('the log', () => {
  it('tells what could not be used, by upstream, resource and reason, and once', async () => {
    graph.sandbox.ctrlHub.knobs.variation = 'a user linkage of null';
    const before = told().length;
    await graph.restartGraph({ CACHE_FRESH_SECONDS: '0' });
    for (let round = 0; round < 3; round += 1) {
      expect((await graph.query('{ jobRoleAssignments { nodes { id } } }')).errors).toEqual([]);
    }
    const lines = told()
      .slice(before)
      .filter(({ upstream }) => upstream === 'CTRL_HUB');
    expect(lines).toHaveLength(1);
    const expected = { upstream: 'CTRL_HUB', resource: 'job-role-assignments', reason: 'no user linkage' };
    expect(lines[0]).toMatchObject({ ...expected, count: expect.any(Number) });
    expect(Object.keys(lines[0]).sort()).toEqual(['count', 'level', 'msg', 'reason', 'resource', 'time', 'upstream']);
  });

  it('is shown by the status of the upstream as well', async () => {
    const { data } = await graph.query(
      '{ upstreams { upstream directory { skippedRows { resource reason count } } } jobRoleAssignments { nodes { id } } }',
    );
    expect(data).toMatchObject({
      upstreams: expect.arrayContaining([
        expect.objectContaining({
          upstream: 'CTRL_HUB',
          directory: {
            skippedRows: [{ resource: 'job-role-assignments', reason: 'no user linkage', count: expect.any(Number) }],
          },
        }),
      ]),
    });
  });
});
