import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

describe('upstreams that hang', () => {
  it('cost their own fields after the deadline, all at once', async () => {
    for (const emulator of [graph.sandbox.lucca, graph.sandbox.ctrlHub, graph.sandbox.naver]) {
      emulator.inject({ times: 1_000, matches: ({ path }) => path !== '/connect/token', delayMs: 15_000 });
    }
    const { data, errors } = await graph.query(
      '{ professions { totalCount } jobRoleAssignments { totalCount } grades { totalCount } upstreams { upstream } }',
    );
    expect(data).toMatchObject({
      professions: null,
      jobRoleAssignments: null,
      grades: null,
      upstreams: [expect.anything(), expect.anything(), expect.anything()],
    });
    expect(errors.map(({ path, extensions: { code, upstream } }) => `${path} ${upstream} ${code}`).sort()).toEqual([
      'grades NAVER UPSTREAM_TIMEOUT',
      'jobRoleAssignments CTRL_HUB UPSTREAM_TIMEOUT',
      'professions LUCCA UPSTREAM_TIMEOUT',
    ]);
  });
});
