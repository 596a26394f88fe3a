import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { linesOf } from './log-lines.ts';

let graph: TestGraph;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  graph = await startGraph({ people: 20, clock, env: { LOG_LEVEL: 'debug' } });
});
afterEach(() => graph.stop());

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

async function ask(query: string, headers: Record<string, string> = {}): Promise<string | null> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  await response.text();
  return response.headers.get('x-request-id');
}

describe('the id of a request', () => {
  it.each([
    '5b1c2a52-6d38-4a43-9a2e-5b0f4a3f8c11',
    '01HZXABCDEFGHJKMNPQRSTVWXY',
    'Root=1-67891233-abcdef012345678912345678',
  ])('is the one that its caller has given: %s', async (id) => {
    expect(await ask('{ employees { totalCount } }', { 'x-request-id': id })).toBe(id);
    expect(linesOf(graph.log, 'operation').map((line) => line.requestId)).toEqual([id]);
  });

  it.each([
    ['none', undefined],
    ['one that could be an address', 'somebody@somewhere.example'],
    ['one with blanks', 'a b'],
    ['a long one', 'x'.repeat(129)],
    ['an empty one', ''],
  ])('is our own in place of %s', async (_, given) => {
    const id = await ask('{ employees { totalCount } }', given === undefined ? {} : { 'x-request-id': given });
    expect(id).toMatch(uuid);
    expect(linesOf(graph.log, 'operation').map((line) => line.requestId)).toEqual([id]);
  });

  it('comes back for a response from the cache, with one that does not parse, and with no operation at all', async () => {
    const query = 'query Counted { employees { totalCount } }';
    await ask(query, { 'x-request-id': 'first' });
    expect(await ask(query, { 'x-request-id': 'cached' })).toBe('cached');
    expect(await ask('{', { 'x-request-id': 'broken' })).toBe('broken');
    const page = await fetch(graph.url, { headers: { accept: 'text/html', 'x-request-id': 'page' } });
    await page.text();
    expect(page.headers.get('x-request-id')).toBe('page');
    expect(linesOf(graph.log, 'operation').map((line) => line.requestId)).toEqual(['first', 'cached']);
  });

  it('is in the lines of what the request made the server ask, and in none of what nobody asked for', async () => {
    expect(linesOf(graph.log, 'upstream request').length).toBeGreaterThan(4);
    expect(linesOf(graph.log, 'upstream request').flatMap(({ requestId }) => requestId ?? [])).toEqual([]);
    graph.log.length = 0;
    await ask('{ grades { totalCount } }', { 'x-request-id': 'about-grades' });
    const lines = linesOf(graph.log, 'upstream request');
    expect(lines.map(({ requestId, path }) => [requestId, path])).toEqual([
      ['about-grades', '/organization/apigw/v2/company/{companyId}/grade'],
    ]);
  });

  it('is in the line of a failure that the request has met', async () => {
    graph.sandbox.naver.inject({ reply: { status: 401 }, times: 10 });
    await ask('{ grades { totalCount } }', { 'x-request-id': 'in-vain' });
    const [line] = linesOf(graph.log, 'an upstream failed');
    expect(line).toMatchObject({ requestId: 'in-vain', code: 'UPSTREAM_AUTH_FAILED' });
  });

  it('is in no line about a reading that its request has begun and did not wait for', async () => {
    await ask('{ grades { totalCount } }');
    // Stale, and good enough to be served while it is read again.
    clock.skip(100);
    graph.sandbox.naver.inject({ reply: { status: 401 }, times: 10 });
    await ask('query Stale { grades { totalCount } }', { 'x-request-id': 'served-stale' });
    await expect.poll(() => linesOf(graph.log, 'an upstream failed').length).toBe(1);
    expect(linesOf(graph.log, 'an upstream failed')).toEqual([
      expect.not.objectContaining({ requestId: expect.anything() }),
    ]);
  });
});
