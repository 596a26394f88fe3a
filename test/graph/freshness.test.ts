import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ people: 20 });
});
beforeEach(async () => {
  await graph.restartGraph({ CACHE_FRESH_SECONDS: '1' });
  graph.forgetRequests();
});
afterAll(() => graph.stop());

/** Somewhat more than a fresh window of one second, and than the four seconds in which an answer serves meanwhile. */
const pastFresh = 1_150;
const pastRevalidation = 4_150;

const people = '{ employees(first: 1) { nodes { displayName } } }';
const shape = z.object({
  data: z.object({ employees: z.object({ nodes: z.tuple([z.object({ displayName: z.string() })]) }).nullable() }),
  extensions: z
    .object({ upstreams: z.record(z.string(), z.object({ asOf: z.iso.datetime(), failure: z.string().optional() })) })
    .optional(),
});

const cacheDocument = '{ upstreams { cache { hits staleHits shared misses entries bytes } } }';
const cacheShape = z.object({
  data: z.object({ upstreams: z.tuple([z.object({ cache: z.record(z.string(), z.number()) })]).rest(z.unknown()) }),
});

async function ask(document = people, headers: Record<string, string> = {}) {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: document }),
  });
  return { age: response.headers.get('age'), json: await response.json() };
}

async function askPeople() {
  const { age, json } = await ask();
  const { data, extensions } = shape.parse(json);
  return { age, name: data.employees?.nodes[0].displayName, lucca: extensions?.upstreams.LUCCA };
}

const luccaRequests = () => graph.sandbox.lucca.requests.filter((it) => it.target.includes('/employees')).length;

function rename(familyName: string): void {
  for (const it of graph.company.lucca.employees) it.familyName = familyName;
}

describe('an answer', () => {
  it('says how old it is as a whole, and each upstream’s part of it', async () => {
    const first = await askPeople();
    expect(first.age).toBe('0');
    const before = Date.parse(first.lucca?.asOf ?? '');
    expect(Date.now() - before).toBeLessThan(1_000);
    await graph.restartGraph({ CACHE_FRESH_SECONDS: '60' });
    const { lucca } = await askPeople();
    await delay(pastFresh);
    const later = await askPeople();
    expect(later).toMatchObject({ age: '1', lucca });
  });

  it('says nothing of upstreams that it took nothing from', async () => {
    expect((await ask('{ __typename }')).json).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('what is remembered', () => {
  it('serves while it is read again, once, however many ask', async () => {
    rename('Before');
    expect((await askPeople()).name).toContain('Before');
    rename('After');
    await delay(pastFresh);
    const meanwhile = await Promise.all([askPeople(), askPeople(), askPeople()]);
    for (const { name } of meanwhile) expect(name).toContain('Before');
    await expect.poll(luccaRequests).toBe(2);
    await expect.poll(async () => (await askPeople()).name).toContain('After');
    expect(luccaRequests()).toBe(2);
  });

  it('stands in for an upstream that is down, and says so; not for one that refuses us', async () => {
    rename('Known');
    await askPeople();
    graph.sandbox.lucca.inject({ times: 10, matches: isPeople, reply: { status: 503, body: {} } });
    await delay(pastRevalidation);
    expect(await askPeople()).toMatchObject({
      name: expect.stringContaining('Known'),
      lucca: { failure: 'UPSTREAM_UNAVAILABLE' },
    });
    const asked = luccaRequests();
    expect((await askPeople()).name).toContain('Known');
    expect(luccaRequests()).toBe(asked);

    await graph.restartGraph({ CACHE_FRESH_SECONDS: '1' });
    graph.sandbox.lucca.recover();
    await askPeople();
    graph.sandbox.lucca.inject({ times: 10, matches: isPeople, reply: { status: 403, body: {} } });
    await delay(pastRevalidation);
    const { json } = await ask();
    expect(json).toMatchObject({
      data: { employees: null },
      errors: [{ extensions: { code: 'UPSTREAM_AUTH_FAILED' } }],
    });
    graph.sandbox.lucca.recover();
  });

  it('is counted: what came from there, what two reads shared, and what the upstream was asked', async () => {
    const counts = async () => cacheShape.parse((await ask(cacheDocument)).json).data.upstreams[0].cache;
    const sorted = '{ employees(first: 1, orderBy: CREATED_AT_ASC) { nodes { email } } }';
    await graph.restartGraph({ CACHE_FRESH_SECONDS: '1', CACHE_ANSWERS: 'false' });
    expect(await counts()).toEqual({ hits: 0, staleHits: 0, shared: 0, misses: 0, entries: 0, bytes: 0 });
    // Two operations of the same read: names differ, so that they are not one operation.
    await Promise.all([ask(people), ask(people.replace('{', 'query Other {'))]);
    expect(await counts()).toMatchObject({ hits: 0, shared: 1, misses: 1, entries: 1 });
    await ask(people);
    await ask(sorted);
    const { bytes, ...others } = await counts();
    expect(others).toEqual({ hits: 1, staleHits: 0, shared: 1, misses: 2, entries: 2 });
    expect(bytes).toBeGreaterThan(1_000);
    await delay(pastFresh);
    await ask(people);
    await expect.poll(counts).toMatchObject({ hits: 1, staleHits: 1, misses: 2 });
    await graph.restartGraph({ CACHE_ANSWERS: undefined });
  });

  it('holds for a moment that somebody is not there', async () => {
    await graph.restartGraph({ CACHE_FRESH_SECONDS: '3' });
    graph.forgetRequests();
    const nobody = '{ employee(by: { luccaId: "999999" }) { id } }';
    for (const alias of ['a', 'b', 'c']) {
      const { json } = await ask(nobody.replace('employee', `${alias}: employee`));
      expect(json).toMatchObject({ data: { [alias]: null } });
    }
    expect(luccaRequests()).toBe(1);
    await delay(pastFresh);
    await ask(nobody);
    expect(luccaRequests()).toBe(2);
  });

  it('is read past for who asks for it', async () => {
    rename('Before');
    await askPeople();
    rename('After');
    expect((await askPeople()).name).toContain('Before');
    const { json } = await ask(people, { 'cache-control': 'no-cache' });
    expect(JSON.stringify(json)).toContain('After');
    expect((await askPeople()).name).toContain('After');
  });
});

const isPeople = ({ path }: { path: string }): boolean => path.endsWith('/employees');
