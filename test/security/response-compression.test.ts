import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createResponseCache } from '../../src/server/response-cache/response-cache.ts';

describe('the body of a cached response', () => {
  it('is compressed once for each encoding, in however many ways and at whatever time it is asked for', async () => {
    const cache = createResponseCache(() => 0);
    const body = Buffer.from(JSON.stringify({ data: 'x'.repeat(10_000) }));
    const rest = { asOf: null, freshUntil: Number.POSITIVE_INFINITY, versions: new Map(), errors: {} };
    const response = { headers: {}, body, operation: null, shown: null, ...rest };
    const asked = ['gzip', 'gzip, deflate', 'br;q=0, gzip', 'gzip;q=0.5'];
    const [first, ...others] = await Promise.all(asked.map((it) => cache.encoded(response, it)));
    expect(first?.encoding).toBe('gzip');
    expect(gunzipSync(first?.body ?? '')).toEqual(body);
    for (const it of [...others, await cache.encoded(response, 'gzip')]) expect(it.body).toBe(first?.body);
    expect((await cache.encoded(response, undefined)).body).toBe(body);
  });
});
