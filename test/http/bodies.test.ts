import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeBody } from '../../src/http/content-encoding.ts';
import { parseJson, tryParseJson } from '../../src/http/json.ts';
import { onStage } from './http-fixture.ts';

const body = JSON.stringify({ name: '\uFEFFMina' });
const schema = z.object({ name: z.string() });
const context = { upstream: 'NAVER', subject: 'the grade' } as const;

describe('a byte order mark', () => {
  it('before JSON is left out, and one within stays', () => {
    expect(parseJson(`\uFEFF${body}`, schema, context)).toEqual({ name: '\uFEFFMina' });
    expect(tryParseJson(`\uFEFF${body}`, schema)).toEqual({ name: '\uFEFFMina' });
    expect(parseJson(body, schema, context)).toEqual({ name: '\uFEFFMina' });
  });

  it('arrives as the upstream sent it, compressed or not', () => {
    const bytes = Buffer.from(`\uFEFF${body}`);
    const answer = ({ path }: { path: string }) =>
      path === '/plain'
        ? { status: 200, body: bytes }
        : { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(bytes) };
    return onStage({ answer }, async ({ get }) => {
      for (const path of ['/plain', '/gzip']) {
        expect(parseJson(await get(path), schema, context)).toEqual({ name: '\uFEFFMina' });
      }
    });
  });

  it('twice is no JSON', () => {
    expect(() => parseJson(`\uFEFF\uFEFF${body}`, schema, context)).toThrow('is not JSON');
  });
});

describe('a body in deflate', () => {
  it.each([
    ['as zlib', deflateSync(body)],
    ['as a bare stream', deflateRawSync(body)],
  ])('%s is decoded, within its bound', async (_, bytes) => {
    expect(String(await decodeBody(bytes, 'deflate', 1_000))).toBe(body);
    expect(await decodeBody(bytes, 'deflate', 5)).toBeNull();
  });

  it('that is damaged is null', async () => {
    expect(await decodeBody(Buffer.from('nothing of the kind'), 'deflate', 1_000)).toBeNull();
  });
});
