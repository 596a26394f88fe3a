import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { EtagMemory } from '../../src/upstreams/lucca/etag-memory.ts';
import { againstServer, failureOf, withLucca } from './lucca-fixture.ts';

describe('Conditional requests', () => {
  it.each([false, true])('send the ETag back as it came and reuse the answer (unquoted: %s)', (unquotedETags) =>
    withLucca({ knobs: { unquotedETags } }, async ({ client, lucca, received }) => {
      const first = await client.jobQualification('41');
      const second = await client.jobQualification('41');
      expect(second).toEqual(first);
      expect(received[0]?.headers['if-none-match']).toBeUndefined();
      expect(received[1]?.headers['if-none-match']).toMatch(unquotedETags ? /^W\/[^"]+$/ : /^W\/"[^"]+"$/);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 304]);
    }),
  );

  it('bring what has changed', () =>
    withLucca({}, async ({ client, lucca }) => {
      const before = await client.jobQualification('42');
      const row = lucca.data.jobQualifications.find((it) => it.id === '42');
      if (row !== undefined) row.rank = 7;
      const after = await client.jobQualification('42');
      expect(after?.rank).toBe(7);
      expect(after?.version).not.toBe(before?.version);
      expect((await client.jobQualification('42'))?.rank).toBe(7);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 200, 304]);
    }));

  it('serve lists, each query for itself', () =>
    withLucca({}, async ({ client, lucca }) => {
      const one = await client.employeesById(['1001'], { embedded: true });
      await client.employeesById(['1001'], { embedded: false });
      expect(await client.employeesById(['1001'], { embedded: true })).toEqual(one);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 200, 304]);
    }));

  it('keep what an answer was, whatever a caller does with it', () =>
    withLucca({}, async ({ client }) => {
      const first = await client.jobQualification('41');
      if (first !== null) first.title = 'Changed by a caller';
      expect((await client.jobQualification('41'))?.title).toBe('Senior Baker');
    }));

  it('have no memory of answers without an ETag, nor of an older one before them', async () => {
    const replies: Reply[] = [
      { status: 200, headers: { etag: 'W/one' }, body: { items: [] } },
      { status: 200, body: { items: [] } },
      { status: 200, body: { items: [] } },
    ];
    const { requests } = await againstServer(
      () => replies.shift() ?? { status: 500 },
      async (client) => {
        for (let count = 0; count < 3; count += 1) await client.professions();
      },
    );
    expect(requests.map((it) => it.headers['if-none-match'])).toEqual([undefined, 'W/one', undefined]);
  });

  it('remember nothing of an answer that could not be read', async () => {
    const { requests } = await againstServer(
      () => ({ status: 200, headers: { etag: 'W/"bad"' }, body: 'not JSON' }),
      async (client) => [await failureOf(client.professions()), await failureOf(client.professions())],
    );
    expect(requests.map((it) => it.headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  it('take a 304 that nobody asked for as an invalid answer', async () => {
    const { value } = await againstServer(
      () => ({ status: 304 }),
      (client) => failureOf(client.professions()),
    );
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', isTransient: false });
  });
});

describe('A version that is demanded', () => {
  it('is sent as If-Match and answered where it is the current one', () =>
    withLucca({}, async ({ client, received, lucca }) => {
      await client.jobQualification('41');
      const etag = await currentEtagOf(lucca, '41');
      expect((await client.jobQualification('41', { ifMatch: etag }))?.luccaId).toBe('41');
      expect(received.at(-1)?.headers).toMatchObject({ 'if-match': etag });
      expect(received.at(-1)?.headers['if-none-match']).toBeUndefined();
    }));

  it('fails as an invalid answer where it is another', () =>
    withLucca({}, async ({ client }) => {
      expect(await failureOf(client.jobQualification('41', { ifMatch: 'W/"old"' }))).toMatchObject({
        code: 'UPSTREAM_INVALID_RESPONSE',
        status: 412,
        isTransient: false,
      });
    }));

  it.each(['', 'a\r\nX-Evil: 1', '한국어'])('is refused where it cannot be an ETag (%j)', (ifMatch) =>
    withLucca({}, async ({ client, lucca }) => {
      await expect(client.jobQualification('41', { ifMatch })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(lucca.requests).toEqual([]);
    }),
  );
});

async function currentEtagOf(lucca: { baseUrl: string; tokenUrl: string }, id: string): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: 'sandbox-lucca-client',
    client_secret: 'sandbox-lucca-secret',
  };
  const granted = await fetch(lucca.tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = JSON.parse(await granted.text());
  const response = await fetch(`${lucca.baseUrl}/job-qualifications/${id}`, {
    headers: { authorization: `Bearer ${token}`, 'api-version': '2024-11-01' },
  });
  return response.headers.get('etag') ?? '';
}

describe('The memory of ETags', () => {
  const entry = (text: string) => ({ etag: `W/"${text}"`, text });

  it('forgets what was not used longest', () => {
    const memory = new EtagMemory({ maxEntries: 2 });
    memory.remember('a', entry('1'));
    memory.remember('b', entry('2'));
    memory.recall('a');
    memory.remember('c', entry('3'));
    expect(['a', 'b', 'c'].map((it) => memory.recall(it)?.text)).toEqual(['1', undefined, '3']);
  });

  it('stays within its bytes, counted as they are encoded', () => {
    const memory = new EtagMemory({ maxBytes: 9 });
    memory.remember('a', entry('가나'));
    memory.remember('b', entry('다'));
    expect(memory.recall('a')?.text).toBe('가나');
    memory.remember('c', entry('x'));
    expect(['a', 'b', 'c'].map((it) => memory.recall(it)?.text)).toEqual(['가나', undefined, 'x']);
    memory.remember('d', entry('far too long'));
    expect(['a', 'c', 'd'].map((it) => memory.recall(it))).toEqual([undefined, undefined, undefined]);
  });

  it('counts a replaced entry once', () => {
    const memory = new EtagMemory({ maxBytes: 4 });
    for (let round = 0; round < 5; round += 1) memory.remember('a', entry('12'));
    memory.remember('b', entry('34'));
    expect(memory.recall('a')?.text).toBe('12');
  });
});
