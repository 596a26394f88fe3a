import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphErrorsOf } from '../../src/client/client.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
let origin: string;
beforeAll(async () => {
  graph = await startGraph();
  origin = new URL(graph.url).origin;
});
afterAll(() => graph.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, origin), { headers, redirect: 'manual' });

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(graph.url, { method: 'POST', body, headers });

describe('probes', () => {
  it.each([
    ['/healthz', 'ok'],
    ['/readyz', 'ready'],
  ])('%s answers 200', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status });
    expect((await fetch(new URL(path, origin), { method: 'HEAD' })).status).toBe(200);
  });

  it('ask nothing of an upstream', async () => {
    graph.forgetRequests();
    await Promise.all([get('/healthz'), get('/readyz')]);
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });
});

describe('any other path', () => {
  it.each([
    '/nothing',
    '/graphql/nothing',
    '/graphql/assets/',
    '/graphql/assets/graphiql.js',
    '/healthz/x',
    '/graphqlx',
    '/..%2fgraphql',
    '/favicon.ico',
  ])('%s is 404', async (path) => {
    expect((await get(path, { accept: 'application/json' })).status).toBe(404);
  });
});

describe('the endpoint', () => {
  it('answers a query by GET', async () => {
    const query = new URLSearchParams({
      query: 'query Q($n: Int) { grades(first: $n) { totalCount } }',
      variables: '{"n":1}',
      operationName: 'Q',
    });
    const response = await get(`/graphql?${query}`, { accept: 'application/json' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { grades: { totalCount: 11 } } });
  });

  it('answers again as it did at first, with the same headers but another request id', async () => {
    const ask = async () => {
      const response = await post('{"query":"{ positions(first: 1) { nodes { name } } }"}');
      const { age: _, date: __, 'x-request-id': id, ...headers } = Object.fromEntries(response.headers);
      return { id, answer: { headers, body: await response.text() } };
    };
    const first = await ask();
    expect(first.answer.headers).toMatchObject({
      'content-type': expect.stringContaining('json'),
      'cache-control': 'private, no-store',
    });
    const again = await ask();
    expect(again.answer).toEqual(first.answer);
    // Each request has an id of its own.
    expect(again.id).not.toBe(first.id);
  });

  it('runs the named one of several operations', async () => {
    const query = 'query A { grades { totalCount } } query B { positions { totalCount } }';
    const named = await post(JSON.stringify({ query, operationName: 'B' }));
    expect(await named.json()).toMatchObject({ data: { positions: { totalCount: 10 } } });
    const unnamed = await (await post(JSON.stringify({ query }))).text();
    expect(unnamed).toContain('errors');
  });

  it.each<[string, string, Record<string, string>]>([
    ['no JSON', 'nonsense', { 'content-type': 'application/json' }],
    ['no query', '{}', { 'content-type': 'application/json' }],
    ['a list', '[]', { 'content-type': 'application/json' }],
    ['null', 'null', { 'content-type': 'application/json' }],
    ['an empty body', '', { 'content-type': 'application/json' }],
    ['another media type', '<query/>', { 'content-type': 'application/xml' }],
    ['a damaged query', '{"query":"{ grades {"}', { 'content-type': 'application/json' }],
    ['an unknown field', '{"query":"{ salaries }"}', { 'content-type': 'application/json' }],
  ])('answers %s with a 4xx or an error in GraphQL’s form, never a 5xx', async (_, body, headers) => {
    graph.forgetRequests();
    const response = await post(body, { ...headers, accept: 'application/graphql-response+json' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });

  it.each([
    ['{ grades(', 'GRAPHQL_PARSE_FAILED'],
    ['{ salaries }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($first: Int!) { grades(first: $first) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ grades(first: 101) { totalCount } }', 'BAD_USER_INPUT'],
  ])('refuses %s with a published code, which the typed client knows', async (document, code) => {
    const answer = await graph.query(document);
    expect(graphErrorsOf(answer)).toMatchObject([{ code }]);
  });

  it('tells what is wrong with a query, with a place and a code', async () => {
    const { data, errors } = await graph.query('{ salaries }');
    expect(data ?? null).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain('salaries');
    expect(errors[0]?.extensions.code).toEqual(expect.any(String));
  });

  it('logs an operation by its name and its outcome, without its variables and data', async () => {
    graph.log.length = 0;
    const email = graph.sandbox.showcaseEmail;
    await graph.query('query WhoIsIt($email: EmailAddress!) { employee(by: { email: $email }) { displayName } }', {
      email,
    });
    const lines = graph.log.map((it) => JSON.parse(it));
    expect(lines).toContainEqual(expect.objectContaining({ operation: 'WhoIsIt', type: 'query' }));
    expect(graph.log.join('')).not.toMatch(/mina|han@/i);
  });
});
