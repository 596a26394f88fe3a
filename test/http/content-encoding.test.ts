import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/http/content-encoding.ts';

const body = Buffer.from(JSON.stringify({ items: ['과장'.repeat(100)] }));

describe('a body', () => {
  it.each([
    ['gzip', gzipSync(body)],
    ['X-Gzip', gzipSync(body)],
    ['br', brotliCompressSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['deflate, gzip', gzipSync(deflateRawSync(body))],
    ['identity', body],
    [null, body],
  ])('in %s is decoded', async (encoding, bytes) => {
    expect(await decodeBody(bytes, encoding, 10_000)).toEqual(body);
  });

  it.each([
    ['of an unknown coding', 'zstd', body],
    ['that is damaged', 'deflate', Buffer.from('no such thing')],
    ['that is labelled wrongly', 'gzip', deflateSync(body)],
    ['that grows too large', 'deflate', deflateRawSync(Buffer.alloc(20_000))],
    ['in too many codings', 'gzip, gzip, gzip, gzip', body],
  ])('%s is none', async (_, encoding, bytes) => {
    expect(await decodeBody(bytes, encoding, 10_000)).toBeNull();
  });
});
