import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Without Lucca, whose lists are fresh for six seconds a page at least, NAVER leads, whose lists are fresh for one. */
const withoutLucca = Object.fromEntries(
  ['LUCCA_BASE_URL', 'LUCCA_TOKEN_URL', 'LUCCA_CLIENT_ID', 'LUCCA_CLIENT_SECRET'].map((name) => [name, undefined]),
);
const start = (env: Record<string, string | undefined>) => startGraph({ people: 20, env });

const people = '{ employees(first: 1) { nodes { displayName } } }';
const shape = z.object({
  data: z.object({ employees: z.object({ nodes: z.tuple([z.object({ displayName: z.string() })]) }).nullable() }),
  extensions: z
    .object({ upstreams: z.record(z.string(), z.object({ asOf: z.iso.datetime(), failure: z.string().optional() })) })
    .optional(),
});

const cacheDocument = '{ upstreams { upstream cache { hits staleHits shared misses entries bytes } } }';
const cacheShape = z.object({
  data: z.object({ upstreams: z.array(z.object({ upstream: z.string(), cache: z.record(z.string(), z.number()) })) }),
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
  return { age, name: data.employees?.nodes[0].displayName, upstreams: extensions?.upstreams ?? {} };
}

const countsOf = async (upstream: string) =>
  cacheShape.parse((await ask(cacheDocument)).json).data.upstreams.find((it) => it.upstream === upstream)?.cache;

function rename(name: string): void {
  for (const it of graph.company.lucca.employees) it.familyName = name;
  for (const it of graph.company.naver.employees) it.name = name;
}

const ofEverybody = ({ path }: { path: string }): boolean => path.endsWith('/employee');
const naverReadings = () => graph.requests().NAVER.filter(({ target }) => target.includes('/employee?')).length;
const luccaReadings = () => graph.requests().LUCCA.filter(({ target }) => target.includes('/employees?')).length;

describe('an answer', () => {
  it('says how old it is as a whole, and each upstream’s part of it', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '60' });
    const first = await askPeople();
    expect(Object.keys(first.upstreams)).toEqual(['LUCCA']);
    await delay(1_150);
    const later = await askPeople();
    expect(later.upstreams).toEqual(first.upstreams);
    const asOf = Date.parse(first.upstreams.LUCCA?.asOf ?? '');
    expect(Number(later.age)).toBeGreaterThanOrEqual(1);
    expect(Number(later.age)).toBeLessThanOrEqual((Date.now() - asOf) / 1000);
  });

  it('says nothing of upstreams that it took nothing from', async () => {
    graph = await start({});
    expect((await ask('{ __typename }')).json).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('a list that is fresh', () => {
  it('serves as it is, for at least six seconds a page of Lucca’s, however short the window is set', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '1' });
    rename('Changed');
    const before = luccaReadings();
    await delay(1_500);
    expect((await askPeople()).name).not.toContain('Changed');
    expect(luccaReadings()).toBe(before);
  });

  it('is read again before its window ends, while it is in use, without a request of anybody', async () => {
    graph = await start({ ...withoutLucca, CACHE_FRESH_SECONDS: '1' });
    await askPeople();
    const before = naverReadings();
    rename('Changed');
    await expect.poll(naverReadings).toBeGreaterThan(before);
    await expect.poll(async () => (await askPeople()).name, { timeout: 3_000 }).toBe('Changed');
  });

  it('of nothing is fresh for a moment only', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '3' });
    const { grades } = graph.company.naver;
    const all = grades.splice(0);
    const count = async (alias: string) => JSON.stringify((await ask(`{ ${alias}: grades { totalCount } }`)).json.data);
    const readings = () => graph.requests().NAVER.filter(({ target }) => target.includes('/grade?')).length;
    for (const alias of ['a', 'b', 'c']) expect(await count(alias)).toBe(`{"${alias}":{"totalCount":0}}`);
    expect(readings()).toBe(1);
    grades.push(...all);
    await delay(1_150);
    expect(await count('d')).toBe(`{"d":{"totalCount":${all.filter((it) => it.externalKey !== null).length}}}`);
    expect(readings()).toBe(2);
  });
});

describe('a list past its fresh window', () => {
  it('serves while it is read again, once, however many ask', async () => {
    graph = await start({ ...withoutLucca, CACHE_FRESH_SECONDS: '1' });
    rename('Before');
    await expect.poll(async () => (await askPeople()).name, { timeout: 3_000 }).toBe('Before');
    graph.sandbox.naver.inject({ matches: ofEverybody, times: 100, delayMs: 2_000 });
    const before = naverReadings();
    rename('After');
    await delay(1_300);
    const meanwhile = await Promise.all([askPeople(), askPeople(), askPeople()]);
    expect(meanwhile.map((it) => it.name)).toEqual(['Before', 'Before', 'Before']);
    // One reading may have begun before the delay, and ended with the old names.
    expect(naverReadings() - before).toBeLessThanOrEqual(2);
    graph.sandbox.naver.recover();
    await expect.poll(async () => (await askPeople()).name, { timeout: 5_000 }).toBe('After');
  });

  it('stands in for an upstream that is down, and says so', async () => {
    graph = await start({ ...withoutLucca, CACHE_FRESH_SECONDS: '1' });
    const { name } = await askPeople();
    graph.sandbox.naver.inject({ matches: ofEverybody, times: 100, reply: { status: 503, body: {} } });
    await delay(4_300);
    expect(await askPeople()).toMatchObject({ name, upstreams: { NAVER: { failure: 'UPSTREAM_UNAVAILABLE' } } });
    const asked = naverReadings();
    for (let times = 0; times < 5; times += 1) expect((await askPeople()).name).toBe(name);
    expect(naverReadings() - asked).toBeLessThanOrEqual(1);
  });

  it('does not stand in for an upstream that refuses us', async () => {
    graph = await start({ ...withoutLucca, CACHE_FRESH_SECONDS: '1' });
    await askPeople();
    graph.sandbox.naver.inject({ matches: ofEverybody, times: 100, reply: { status: 403, body: {} } });
    await delay(4_300);
    expect((await ask()).json).toMatchObject({
      data: { employees: null },
      errors: [{ extensions: { code: 'UPSTREAM_AUTH_FAILED', upstream: 'NAVER' } }],
    });
  });
});

describe('what is cached', () => {
  it('is counted: what came from there, what two reads shared, and what the upstream was asked', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '60', CACHE_ANSWERS: 'false' });
    expect(await countsOf('LUCCA')).toEqual({
      ...{ hits: 0, staleHits: 0, shared: 0, misses: 0, entries: 1, bytes: expect.any(Number) },
    });
    // Two operations of one list: names differ, so that they are not one operation.
    await Promise.all(['A', 'B'].map((name) => ask(`query ${name} { professions { totalCount } }`)));
    expect(await countsOf('LUCCA')).toMatchObject({ hits: 0, shared: 1, misses: 1, entries: 2 });
    await ask();
    await ask('{ employees(first: 1, orderBy: CREATED_AT_ASC) { nodes { email } } }');
    const { bytes, ...others } = (await countsOf('LUCCA')) ?? {};
    expect(others).toEqual({ hits: 2, staleHits: 0, shared: 1, misses: 1, entries: 2 });
    expect(bytes).toBeGreaterThan(1_000);
  });

  it('counts what was served past its fresh window', async () => {
    graph = await start({ ...withoutLucca, CACHE_FRESH_SECONDS: '1', CACHE_ANSWERS: 'false' });
    graph.sandbox.naver.inject({ matches: ofEverybody, times: 100, delayMs: 3_000 });
    await delay(1_300);
    await ask();
    expect(await countsOf('NAVER')).toMatchObject({ hits: 0, staleHits: 1, misses: 0 });
  });

  it('is read past for who asks for it, and for all who ask later', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '60' });
    rename('After');
    expect((await askPeople()).name).not.toContain('After');
    const { json } = await ask(people, { 'cache-control': 'no-cache' });
    expect(JSON.stringify(json)).toContain('After');
    expect((await askPeople()).name).toContain('After');
  });

  it('is read past as far as the operation needs it, and no further', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '60' });
    await ask('{ grades { totalCount } professions { totalCount } }');
    graph.forgetRequests();
    await ask(people, { 'cache-control': 'no-cache' });
    const { LUCCA, NAVER, CTRL_HUB } = graph.requests();
    expect([LUCCA.length, NAVER.length, CTRL_HUB.length]).toEqual([1, 0, 0]);
  });
});

describe('without a cache', () => {
  it('every operation reads anew what it needs, and nothing else', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '0' });
    const cost = async (document: string) => {
      graph.forgetRequests();
      expect((await ask(document)).json).not.toHaveProperty('errors');
      const { LUCCA, NAVER, CTRL_HUB } = graph.requests();
      return [LUCCA.length, NAVER.length, CTRL_HUB.length];
    };
    for (let times = 0; times < 2; times += 1) {
      expect(await cost(people)).toEqual([1, 0, 0]);
      expect(await cost('{ employees(first: 1) { nodes { grade { name } } } }')).toEqual([1, 2, 0]);
      expect(await cost('{ jobRoles { totalCount } }')).toEqual([0, 0, 1]);
      expect(await cost('{ professions { totalCount } }')).toEqual([1, 0, 0]);
      expect(await cost('{ __typename }')).toEqual([0, 0, 0]);
    }
  });

  it('an answer is of the moment, and nothing stands in for an upstream that is down', async () => {
    graph = await start({ CACHE_FRESH_SECONDS: '0' });
    for (const name of ['Once', 'Twice']) {
      rename(name);
      expect((await askPeople()).name).toContain(name);
    }
    await graph.sandbox.lucca.close();
    expect((await ask()).json).toMatchObject({
      data: { employees: null },
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'LUCCA' } }],
    });
  });
});
