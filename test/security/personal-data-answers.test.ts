import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedGraph, startGuardedGraph } from './rights-callers.ts';
import { everything } from './rights-table.ts';

let guarded: GuardedGraph<'steward'>;
beforeAll(async () => {
  guarded = await startGuardedGraph({ steward: everything }, { people: 20, env: { GRAPHIQL: 'on' } });
});
afterAll(() => guarded.stop());

const people = '{ employees(first: 1) { nodes { displayName } } }';

const post = (query: string, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});

/** Of everything that the endpoint says: which status it has, and how it may be kept. */
const said: [what: string, status: number, url: () => string, init: () => RequestInit][] = [
  ['people', 200, () => guarded.graph.url, () => post(people, guarded.headersOf('steward'))],
  ['nobody in particular', 200, () => guarded.graph.url, () => post('{ __typename }', guarded.headersOf('steward'))],
  [
    'a refusal of the operation',
    400,
    () => guarded.graph.url,
    () => ({
      ...post('{ nonsense }', { ...guarded.headersOf('steward'), accept: 'application/graphql-response+json' }),
    }),
  ],
  ['a refusal of the caller', 401, () => guarded.graph.url, () => post(people, {})],
  [
    'people, asked by GET',
    200,
    () => `${guarded.graph.url}?query=${encodeURIComponent(people)}`,
    () => ({ headers: { ...guarded.headersOf('steward'), 'graphql-require-preflight': '1' } }),
  ],
  ['GraphiQL', 200, () => guarded.graph.url, () => ({ headers: { accept: 'text/html' } })],
];

describe('an answer', () => {
  it.each(said)('of %s is for its caller alone, and nothing keeps it', async (_, status, url, init) => {
    const response = await fetch(url(), init());
    await response.text();
    expect({ status: response.status, cacheControl: response.headers.get('cache-control') }).toEqual({
      status,
      cacheControl: 'private, no-store',
    });
  });
});
