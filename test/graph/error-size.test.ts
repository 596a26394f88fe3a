import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ people: 120 });
});
afterAll(() => graph.stop());

const answerShape = z.object({
  data: z.object({ employees: z.object({ nodes: z.array(z.unknown()) }) }),
  errors: z.array(z.looseObject({ message: z.string(), path: z.array(z.unknown()), extensions: z.looseObject({}) })),
});

/** What goes over the network to a client that takes gzip, as browsers and fetch do, and what it reads of that. */
function send(query: string): Promise<{ sentBytes: number; text: string }> {
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const request = httpRequest(graph.url, { method: 'POST', headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray());
      resolve({ sentBytes: bytes.length, text: gunzipSync(bytes).toString() });
    });
    request.once('error', reject);
    request.end(JSON.stringify({ query }));
  });
}

async function askWhile(vendor: 'lucca' | 'ctrlHub' | 'naver', fault: Omit<Fault, 'matches'>, query: string) {
  let isDown = true;
  graph.sandbox[vendor].inject({
    ...fault,
    times: 1_000_000,
    matches: ({ path }) => isDown && path !== '/connect/token',
  });
  // The server begins to read with its start.
  await graph.restartGraph();
  const { sentBytes, text } = await send(query);
  isDown = false;
  return { sentBytes, text, ...answerShape.parse(JSON.parse(text)) };
}

const faults: [string, Omit<Fault, 'matches'>, string][] = [
  ['answers 500', { reply: { status: 500, body: {} } }, 'UPSTREAM_UNAVAILABLE'],
  ['is rate limited', { reply: { status: 429, headers: { 'retry-after': '900' }, body: {} } }, 'UPSTREAM_RATE_LIMITED'],
  ['refuses our credentials', { reply: { status: 401, body: {} } }, 'UPSTREAM_AUTH_FAILED'],
  ['answers something else', { reply: { status: 200, body: { items: 7 } } }, 'UPSTREAM_INVALID_RESPONSE'],
];

describe.each(['ctrlHub', 'naver'] as const)('a hundred people while %s', (vendor) => {
  it.each(faults)('%s have one short entry for each null', async (_, fault, code) => {
    const { sentBytes, data, errors } = await askWhile(vendor, fault, operation('q02-full-join'));
    expect(data.employees.nodes).toHaveLength(100);
    const failures = errors.filter((it) => it.extensions.code === code);
    expect(failures.length).toBeGreaterThanOrEqual(200);
    for (const failure of failures) {
      expect(Object.keys(failure).sort()).toEqual(['extensions', 'message', 'path']);
      const known = ['code', 'upstream', 'retryAfterSeconds'];
      expect(Object.keys(failure.extensions).filter((it) => !known.includes(it))).toEqual([]);
      expect(JSON.stringify(failure).length).toBeLessThan(190);
    }
    expect(new Set(failures.map((it) => JSON.stringify(it.path))).size).toBe(failures.length);
    expect(sentBytes).toBeLessThan(60_000);
  });
});

describe('three nulls for each of a hundred people', () => {
  const query = '{ employees(first: 100) { nodes { displayName hiredOn grade { name } position { name } } } }';

  it.each(faults)('while NAVER %s take less than 60 KB, before compression', async (_, fault) => {
    const { text, errors } = await askWhile('naver', fault, query);
    expect(errors).toHaveLength(300);
    expect(text.length).toBeLessThan(60_000);
  });
});

describe('the reason', () => {
  it('is logged once for each request that failed, with what came and what to do', async () => {
    graph.log.length = 0;
    await askWhile('naver', { reply: { status: 401, body: {} } }, operation('q02-full-join'));
    const reasons = graph.log.map((line) => JSON.parse(line)).filter((it) => it.msg === 'an upstream failed');
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.length).toBeLessThan(10);
    expect(reasons[0]).toMatchObject({
      level: 40,
      upstream: 'NAVER',
      code: 'UPSTREAM_AUTH_FAILED',
      status: 401,
      reason: expect.stringContaining('NAVER_ACCESS_KEY'),
    });
  });

  it('has the vendor’s name for the request, which the first of its errors repeats', async () => {
    const fault = { reply: { status: 500, headers: { 'x-ncp-trace-id': 'trace-7' }, body: {} } };
    const { errors } = await askWhile('naver', fault, operation('q02-full-join'));
    const traces = errors.flatMap((it) => it.extensions.traceId ?? []);
    expect(traces).toEqual(['trace-7']);
    expect(graph.log.some((line) => line.includes('"traceId":"trace-7"'))).toBe(true);
  });
});
