import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const hang = ({ lucca, ctrlHub, naver }: Sandbox): void => {
  for (const emulator of [lucca, ctrlHub, naver]) {
    emulator.inject({ times: 1_000, matches: ({ path }) => path !== '/connect/token', delayMs: 15_000 });
  }
};

const problems = ({ errors }: Answer): string[] =>
  errors.map(({ path, extensions: { code, upstream } }) => `${path} ${upstream} ${code}`).sort();

const document = `{
  employees { totalCount } professions { totalCount } jobRoleAssignments { totalCount } grades { totalCount }
  upstreams { upstream }
}`;

describe('upstreams that hang', () => {
  it('cost their own fields after the deadline, all at once', async () => {
    graph = await startGraph({ people: 20, waitsForDirectory: false, prepare: hang });
    const answer = await graph.query(document);
    expect(answer.data).toMatchObject({
      ...{ employees: null, professions: null, jobRoleAssignments: null, grades: null },
      upstreams: [expect.anything(), expect.anything(), expect.anything()],
    });
    expect(problems(answer)).toEqual([
      'employees LUCCA UPSTREAM_TIMEOUT',
      'grades NAVER UPSTREAM_TIMEOUT',
      'jobRoleAssignments CTRL_HUB UPSTREAM_TIMEOUT',
      'professions LUCCA UPSTREAM_TIMEOUT',
    ]);
  });

  it('cost nobody who asks for what has been read', async () => {
    graph = await startGraph({ people: 20 });
    const before = await graph.query(document);
    hang(graph.sandbox);
    expect(await graph.query(document.replace('{', 'query Again {'))).toEqual(before);
    expect(before.errors).toEqual([]);
  });

  it('take nothing from the time of who asks later what another has asked', async () => {
    const isPage = ({ path }: { path: string }) => path.endsWith('/employees');
    const prepare = ({ lucca }: Sandbox) => lucca.inject({ matches: isPage, times: 3, delayMs: 5_000 });
    graph = await startGraph({ people: 250, waitsForDirectory: false, prepare });
    const count = () => graph.query('query Count { employees { totalCount } }');
    const read = async () => JSON.stringify((await graph.query('{ upstreams { directory { isComplete } } }')).data);
    await expect.poll(read, { timeout: 4_000 }).toMatch(/false.*true.*true/);
    const first = count();
    await delay(7_000);
    expect((await count()).errors).toEqual([]);
    await first;
  }, 40_000);
});
