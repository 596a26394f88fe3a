import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const document = '{ employees(first: 1) { nodes { displayName hiredOn jobRoleAssignments { nodes { id } } } } }';
const shape = z.object({
  data: z.object({ employees: z.object({ nodes: z.tuple([z.looseObject({ displayName: z.string() })]) }) }),
  extensions: z.object({ upstreams: z.record(z.string(), z.object({ asOf: z.iso.datetime() })) }),
});

async function ask(headers: Record<string, string> = {}) {
  const askedAt = Date.now();
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: document }),
  });
  const { data, extensions } = shape.parse(await response.json());
  const times = Object.values(extensions.upstreams).map(({ asOf }) => Date.parse(asOf));
  return { name: data.employees.nodes[0].displayName, times, askedAt };
}

function rename(givenName: string): void {
  for (const it of graph.company.lucca.employees) it.givenName = givenName;
}

/** The clocks of the two differ by less. */
const toleranceMs = 50;

describe('with CACHE_FRESH_SECONDS=0', () => {
  it('no operation is answered from what was read before it', async () => {
    graph = await startGraph({ people: 40, env: { CACHE_FRESH_SECONDS: '0' } });
    for (const name of ['Ngozi', 'Siobhan', 'Yuki']) {
      rename(name);
      graph.forgetRequests();
      const { name: shown, times, askedAt } = await ask();
      expect(shown).toContain(name);
      expect(times).toHaveLength(3);
      for (const time of times) expect(time).toBeGreaterThan(askedAt - toleranceMs);
      // A page each, and a list of people, members and assignments.
      expect(Object.values(graph.requests()).flat()).toHaveLength(4);
    }
  });

  it('operations at the same time share a reading, unless it began before they came', async () => {
    graph = await startGraph({ people: 40, env: { CACHE_FRESH_SECONDS: '0' } });
    graph.sandbox.lucca.latencyMs = 400;
    graph.forgetRequests();
    const luccaRequests = () => graph.requests().LUCCA.length;
    const first = ask();
    await expect.poll(luccaRequests).toBe(1);
    rename('Later');
    const others = await Promise.all([ask(), ask(), ask()]);
    for (const { name } of others) expect(name).toContain('Later');
    await first;
    expect(luccaRequests()).toBe(2);
  });
});

describe('Cache-Control: no-cache', () => {
  it('reads anew for who sends it, while others are answered at once from what there is', async () => {
    graph = await startGraph({ people: 40 });
    rename('Before');
    await ask({ 'cache-control': 'no-cache' });
    rename('After');
    graph.sandbox.lucca.latencyMs = 500;
    graph.forgetRequests();
    const anew = ask({ 'cache-control': 'no-cache' });
    await expect.poll(() => graph.requests().LUCCA.length).toBe(1);
    expect((await ask()).name).toContain('Before');
    const { name, times, askedAt } = await anew;
    expect(name).toContain('After');
    for (const time of times) expect(time).toBeGreaterThan(askedAt - toleranceMs);
    expect((await ask()).name).toContain('After');
    expect(graph.requests().LUCCA).toHaveLength(1);
  });

  it('fails in an outage, where others get what there is', async () => {
    graph = await startGraph({ people: 40 });
    const { name } = await ask();
    graph.sandbox.lucca.inject({ times: 100, cut: 'before' });
    const { data, errors } = await graph.query(document, {}, { 'cache-control': 'no-cache' });
    expect(data).toEqual({ employees: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'LUCCA' } }]);
    expect((await ask()).name).toBe(name);
  });
});
