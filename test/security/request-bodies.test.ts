import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';

let graph: GuardedGraph;
beforeAll(async () => {
  graph = await startGuarded();
});
afterAll(() => graph.stop());

const json = { 'content-type': 'application/json' };
const post =
  (body: BodyInit, headers: Record<string, string> = json) =>
  () =>
    graph.send({ method: 'POST', headers, body });

describe('a body', () => {
  const tooLarge = { status: 413, code: 'QUERY_TOO_COMPLEX', message: /too large/ };
  const bomb = Buffer.alloc(50_000_000, ' ');
  const huge = Buffer.alloc(10_000_000, ' ');

  it('of ten megabytes is refused, whether or not its length is told first', async () => {
    await expectRefusal(graph, 'body of 10 MB', post(huge), tooLarge);
    const inPieces = new ReadableStream({
      start: (controller) => {
        for (let at = 0; at < huge.length; at += 65_536) controller.enqueue(huge.subarray(at, at + 65_536));
        controller.close();
      },
    });
    const chunked = () => graph.send({ method: 'POST', headers: json, body: inPieces, duplex: 'half' } as RequestInit);
    await expectRefusal(graph, 'body of 10 MB in pieces', chunked, tooLarge);
  });

  it('of less than a megabyte is read', async () => {
    const body = JSON.stringify({ query: honest, extensions: { padding: ' '.repeat(900_000) } });
    expect(await post(body)()).toMatchObject({ status: 200, json: { errors: [] } });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that grows to fifty megabytes out of %s is refused, however little came', async (encoding, compress) => {
    const compressed = { ...json, 'content-encoding': encoding };
    await expectRefusal(graph, `bomb in ${encoding}`, post(compress(bomb), compressed), {
      ...tooLarge,
      message: /1000000/,
    });
  });

  it('that grows in several steps is refused before the last', async () => {
    const layers = { ...json, 'content-encoding': 'gzip, gzip' };
    await expectRefusal(graph, 'bomb in a bomb', post(gzipSync(gzipSync(bomb)), layers), {
      ...tooLarge,
      message: /1000000/,
    });
    const many = { ...json, 'content-encoding': Array(1_000).fill('gzip').join(',') };
    await expectRefusal(graph, 'a thousand codings', post('', many), { status: 415, code: 'BAD_USER_INPUT' });
  });

  it('of ten megabytes that claims to be compressed is refused, and so is one that is not what it claims', async () => {
    const compressed = { ...json, 'content-encoding': 'gzip' };
    await expectRefusal(graph, 'compressed body of 10 MB', post(randomBytes(10_000_000), compressed), {
      ...tooLarge,
      message: /1000000/,
    });
    const cut = gzipSync(JSON.stringify({ query: honest })).subarray(0, -9);
    const damaged = { status: 400, code: 'BAD_USER_INPUT', message: /Content-Encoding/ };
    await expectRefusal(graph, 'damaged gzip', post(cut, compressed), damaged);
    await expectRefusal(graph, 'no gzip', post(JSON.stringify({ query: honest }), compressed), damaged);
  });

  it.each([
    ['a list of operations', JSON.stringify([{ query: honest }, { query: honest }])],
    ['no JSON, which is not quoted', '{"query": "{ x }", "variables": {"email": "mina.han@'],
    ['no object', '"mina.han"'],
    ['no query', '{}'],
    ['a query that is no text', '{"query": {"mina.han": 1}}'],
    ['variables that are no object', '{"query": "{ __typename }", "variables": ["mina.han"]}'],
  ])('that is %s is refused', async (name, body) => {
    const reply = await expectRefusal(graph, name, post(body), { status: 400, code: 'BAD_USER_INPUT' });
    expect(reply.body).not.toContain('mina');
  });

  it.each(['variables', 'extensions'])('with lists in lists in lists for its %s is refused', async (member) => {
    const body = `{"query": "{ __typename }", "${member}": {"a": ${'['.repeat(40_000)}${']'.repeat(40_000)}}}`;
    const cost = { measure: 'levels of brackets in variables and extensions', cost: 101, limit: 100 };
    const refusal = { status: 200, code: 'QUERY_TOO_COMPLEX', details: cost };
    await expectRefusal(
      graph,
      `${member} of 40,000 levels`,
      post(body, { ...json, accept: 'application/json' }),
      refusal,
    );
  });

  it('may have members that are none of ours, which are ignored', async () => {
    const body = { query: honest, debug: true, 'mina.han@hanbit-marine.example': { a: 1 }, __proto__: null };
    expect(await post(JSON.stringify(body))()).toMatchObject({ status: 200, json: { errors: [] } });
  });

  it.each(['constructor', '__proto__'])('with %s among its variables is answered like any other', async (name) => {
    const body = `{"query": ${JSON.stringify(honest)}, "variables": {"${name}": {"first": 100000}}}`;
    expect(await post(body)()).toMatchObject({ status: 200, json: { errors: [] } });
  });
});
