import { request as httpRequest } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

type Reply = { status: number | undefined; headers: Record<string, string | string[] | undefined>; bytes: Buffer };

/** As it comes, where fetch would undo the compression. */
function send(headers: Record<string, string>, body: Buffer | string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(graph.url, { method: 'POST', headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode, headers: response.headers, bytes });
    });
    request.once('error', reject);
    request.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const large = JSON.stringify({ query: operation('q02-full-join') });
const small = JSON.stringify({ query: '{ grades { totalCount } }' });

describe('a large answer', () => {
  it.each<[string, string | undefined, (bytes: Buffer) => Buffer]>([
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br', 'gzip', gunzipSync],
    ['br;q=1, gzip;q=0.5', 'br', brotliDecompressSync],
    ['gzip;q=0, br', 'br', brotliDecompressSync],
    ['*', 'br', brotliDecompressSync],
    ['identity, gzip;q=0.5', undefined, (bytes) => bytes],
    ['zstd', undefined, (bytes) => bytes],
    ['', undefined, (bytes) => bytes],
  ])('is sent as Accept-Encoding asks for it: %s', async (accepted, encoding, decode) => {
    const plain = await send(json, large);
    expect(plain.headers['content-encoding']).toBeUndefined();
    // Once from the upstreams' answers, and again as it was kept.
    for (let times = 0; times < 2; times += 1) {
      const { status, headers, bytes } = await send({ ...json, 'accept-encoding': accepted }, large);
      expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding });
      expect(headers.vary).toMatch(/\baccept-encoding\b/i);
      expect(headers['content-length']).toBe(String(bytes.length));
      expect(JSON.parse(decode(bytes).toString()).data).toEqual(JSON.parse(plain.bytes.toString()).data);
      if (encoding !== undefined) expect(bytes.length).toBeLessThan(plain.bytes.length / 5);
    }
  });

  it('is compressed for fetch without being asked, and read like any other', async () => {
    const response = await fetch(graph.url, { method: 'POST', headers: json, body: large });
    expect(response.headers.get('content-encoding')).toMatch(/gzip|br/);
    expect((await response.json()).data.employees.nodes).toHaveLength(100);
  });
});

describe('a small answer', () => {
  it('is sent as it is, and says that a large one might not be', async () => {
    const { headers, bytes } = await send({ ...json, 'accept-encoding': 'gzip' }, small);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toMatch(/\baccept-encoding\b/i);
    expect(JSON.parse(bytes.toString())).toMatchObject({ data: { grades: { totalCount: 11 } } });
  });
});

describe('a compressed request', () => {
  it.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['gzip, br', (text) => brotliCompressSync(gzipSync(text))],
    ['identity', (text) => Buffer.from(text)],
  ])('is read: %s', async (encoding, compress) => {
    for (const body of [compress(small), compress(small)]) {
      const { status, bytes } = await send({ ...json, 'content-encoding': encoding }, body);
      expect(status).toBe(200);
      expect(JSON.parse(bytes.toString())).toMatchObject({ data: { grades: { totalCount: 11 } } });
    }
  });

  it('may come in pieces', async () => {
    const headers = { ...json, 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' };
    expect((await send(headers, gzipSync(small))).status).toBe(200);
  });

  it('in an encoding that is not known here is refused with those that are', async () => {
    const { status, headers, bytes } = await send({ ...json, 'content-encoding': 'zstd' }, small);
    expect({ status, accepted: headers['accept-encoding'] }).toEqual({ status: 415, accepted: 'gzip, deflate, br' });
    expect(JSON.parse(bytes.toString())).toEqual({
      errors: [
        { message: 'Content-Encoding may be one of gzip, deflate, br.', extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
  });
});
