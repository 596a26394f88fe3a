import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GuardedGraph, startGuardedGraph } from './rights-callers.ts';
import { everything } from './rights-table.ts';

const grants = {
  rich: [...everything, 'grades.readwrite', 'job-role-assignments.readwrite', 'cache.refresh'],
  'rich as well': [...everything, 'grades.readwrite', 'job-role-assignments.readwrite', 'cache.refresh'],
  poor: ['employees.readonly'],
};
type Caller = keyof typeof grants;

let guarded: GuardedGraph<Caller>;
afterEach(() => guarded.stop());

const start = async (env: Record<string, string> = {}) => {
  guarded = await startGuardedGraph(grants, { people: 60, env: { CACHE_FRESH_SECONDS: '3600', ...env } });
};

const statusShape = z.object({
  upstreams: z.array(z.object({ cache: z.object({ hits: z.number(), staleHits: z.number(), misses: z.number() }) })),
});

/** How often lists were asked for so far, which is what executing an operation does, and serving its response does not. */
async function reads(): Promise<number> {
  const { data } = await guarded.as('rich', '{ upstreams { cache { hits staleHits misses } } }');
  const counts = statusShape.parse(data).upstreams.map(({ cache }) => cache.hits + cache.staleHits + cache.misses);
  return counts.reduce((sum, it) => sum + it, 0);
}

type Asked = { query: string; variables?: object; headers?: Record<string, string> };

const send = (caller: Caller, { query, variables, headers }: Asked): Promise<Response> =>
  fetch(guarded.graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...guarded.headersOf(caller), ...headers },
    body: JSON.stringify({ query, variables }),
  });

/** Whether the operation was executed, and what was answered. */
async function ask(caller: Caller, asked: Asked): Promise<{ isExecuted: boolean; status: number; body: unknown }> {
  const before = await reads();
  const response = await send(caller, asked);
  const body: unknown = await response.json();
  return { isExecuted: (await reads()) > before, status: response.status, body };
}

const names = 'query ($size: Int) { employees(first: $size) { nodes { displayName grade { name } } } }';
const people = { query: names, variables: { size: 60 } };

describe('a cached response', () => {
  it('serves every caller of the same rights, with the errors that follow from the same data', async () => {
    await start();
    const first = await ask('rich', people);
    expect(first).toMatchObject({ isExecuted: true, status: 200 });
    expect(JSON.stringify(first.body)).toContain('CONFLICT');
    expect(await ask('rich', people)).toEqual({ ...first, isExecuted: false });
    expect(await ask('rich as well', people)).toEqual({ ...first, isExecuted: false });
  });

  it('serves nobody of other rights', async () => {
    await start();
    const first = await ask('rich', people);
    const poor = await ask('poor', people);
    expect(poor.isExecuted).toBe(true);
    expect(poor.body).not.toEqual(first.body);
    expect(JSON.stringify(poor.body)).toContain('FORBIDDEN');
  });

  it.each<[string, Asked]>([
    ['other variables', { ...people, variables: { size: 59 } }],
    ['another document', { ...people, query: names.replace('displayName', 'displayName email') }],
    ['another language', { ...people, headers: { 'accept-language': 'ko-KR' } }],
    ['another media type', { ...people, headers: { accept: 'application/graphql-response+json' } }],
    ['a page of another origin', { ...people, headers: { origin: 'https://portal.example' } }],
    ['leave to read past what is fresh', { ...people, headers: { 'cache-control': 'no-cache' } }],
  ])('serves no request with %s', async (_, other) => {
    await start({ CORS_ORIGINS: 'https://portal.example' });
    await ask('rich', people);
    expect((await ask('rich', people)).isExecuted).toBe(false);
    expect((await ask('rich', other)).isExecuted).toBe(true);
    expect((await ask('rich', people)).isExecuted).toBe(false);
  });

  it('serves nobody who is turned away meanwhile', async () => {
    await start();
    const { body } = await ask('rich as well', people);
    const file = guarded.keysFile;
    const keys = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify(keys.filter(({ id }) => id !== 'rich-as-well')));
    await expect.poll(async () => (await send('rich as well', people)).status, { timeout: 5_000 }).toBe(401);
    expect(await ask('rich', people)).toMatchObject({ isExecuted: false, body });
    const turnedAway = () => guarded.graph.log.filter((line) => line.includes('a caller was turned away')).length;
    const before = turnedAway();
    await send('rich as well', people);
    expect(turnedAway()).toBe(before + 1);
  });

  it('counts towards what a caller may ask', async () => {
    await start({ RATE_LIMIT_PER_CALLER: '4/60' });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await send('poor', people)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it.each(['gzip', 'br', 'identity', 'br;q=0.5, gzip', '*'])('is encoded for who accepts %s', async (accepted) => {
    await start();
    const plain = (await ask('rich', people)).body;
    const response = await send('rich', { ...people, headers: { 'accept-encoding': accepted } });
    const expected = { gzip: 'gzip', br: 'br', identity: null, 'br;q=0.5, gzip': 'gzip', '*': 'br' }[accepted];
    expect(response.headers.get('content-encoding')).toBe(expected);
    expect(response.headers.get('vary')?.match(/accept-encoding/gi)).toHaveLength(1);
    expect(await response.json()).toEqual(plain);
  });
});

describe('a response', () => {
  const renamed = (name: string) => `mutation { updateGrade(input: { externalKey: "G01", name: "${name}" }) {
    ... on UpdateGradeSuccess { grade { name } } ... on Error { message } } }`;
  const professions = { query: '{ professions { nodes { title } } }' };

  it('is dropped when a list that it is made of changes, is invalidated or is read anew, and no sooner', async () => {
    await start();
    const executed = async () => [(await ask('rich', people)).isExecuted, (await ask('rich', professions)).isExecuted];
    expect(await executed()).toEqual([true, true]);
    expect(await executed()).toEqual([false, false]);
    await send('rich', { query: renamed('Renamed') });
    expect(await executed()).toEqual([true, false]);
    expect(JSON.stringify((await ask('rich', people)).body)).toContain('Renamed');
    const refresh = { query: '{ employees(first: 1) { totalCount } }', headers: { 'cache-control': 'no-cache' } };
    await send('rich', refresh);
    // Nothing has changed.
    expect(await executed()).toEqual([false, false]);
    const [employee] = guarded.graph.company.lucca.employees;
    Object.assign(employee ?? {}, { familyName: 'Changed' });
    await send('rich', refresh);
    expect(await executed()).toEqual([true, false]);
  });

  it('is dropped when an assignment is made', async () => {
    await start();
    const assignments = { query: '{ jobRoleAssignments(first: 1) { totalCount } }' };
    await ask('rich', assignments);
    expect((await ask('rich', assignments)).isExecuted).toBe(false);
    const { users, jobRoles } = guarded.graph.company.ctrlHub;
    const input = { ctrlHubUserId: users[0]?.id, ctrlHubRoleId: jobRoles.find((it) => it.deletedAt === null)?.id };
    const query = `mutation ($input: CreateJobRoleAssignmentInput!) {
      createJobRoleAssignment(input: $input) { __typename } }`;
    await send('rich', { query, variables: { input: { ...input, type: 'of this test' } } });
    expect((await ask('rich', assignments)).isExecuted).toBe(true);
  });

  it('is dropped when a list that it is made of is no longer fresh', async () => {
    await start({ CACHE_FRESH_SECONDS: '1' });
    const grades = { query: '{ grades { nodes { name } } }' };
    await send('rich', grades);
    const [grade] = guarded.graph.company.naver.grades;
    Object.assign(grade ?? {}, { name: 'Changed' });
    expect((await ask('rich', grades)).isExecuted).toBe(false);
    await delay(4_100);
    expect((await ask('rich', grades)).isExecuted).toBe(true);
  });

  it.each<[string, string]>([
    ['that tells something of the moment', '{ upstreams { state } professions { totalCount } }'],
    ['of a mutation', renamed('Renamed').replace('grade { name }', 'grade { employees { totalCount } }')],
    ['with a refused argument', '{ professions { totalCount } grades(first: 1000) { totalCount } }'],
    ['to an id that is no longer valid', '{ professions { totalCount } node(id: "RW1wbG95ZWU6RTp4") { id } }'],
  ])('%s is not cached', async (_, query) => {
    await start();
    const answers = [await ask('rich', { query }), await ask('rich', { query })];
    expect(answers.map(({ isExecuted, status }) => [isExecuted, status])).toEqual([
      [true, 200],
      [true, 200],
    ]);
  });

  it('that lacks what an upstream could not give is not cached', async () => {
    await start();
    guarded.graph.sandbox.naver.inject({
      times: 9,
      matches: ({ path }) => /grade$/.test(path),
      reply: { status: 503 },
    });
    const failed = await ask('rich', people);
    expect(JSON.stringify(failed.body)).toContain('UPSTREAM_UNAVAILABLE');
    guarded.graph.sandbox.naver.recover();
    await expect
      .poll(async () => JSON.stringify((await ask('rich', people)).body), { timeout: 15_000 })
      .not.toContain('UPSTREAM_');
  });
});
