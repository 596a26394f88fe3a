import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { againstServer, crowd, failureOf, withLucca } from './lucca-fixture.ts';
import { whole } from './whole-lists.ts';

describe('Conditional requests', () => {
  it.each([false, true])('send the ETag back as it came and share the list (unquoted: %s)', (unquotedETags) =>
    withLucca({ knobs: { unquotedETags } }, async ({ lists, lucca, received }) => {
      const first = await whole(lists.jobQualifications(null));
      const second = await whole(lists.jobQualifications(first));
      expect(second).toBe(first);
      expect(received[0]?.headers['if-none-match']).toBeUndefined();
      expect(received[1]?.headers['if-none-match']).toMatch(unquotedETags ? /^W\/[^"]+$/ : /^W\/"[^"]+"$/);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 304]);
    }),
  );

  it('bring the page that has changed, and share the others and their rows', () =>
    withLucca({ data: crowd(250) }, async ({ lists, lucca }) => {
      const first = await whole(lists.employees(null));
      const row = lucca.data.employees[120];
      if (row !== undefined) row.familyName = 'Changed';
      const second = await whole(lists.employees(first));
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 200, 200, 304, 200, 304]);
      expect(second.rows[120]?.familyName).toBe('Changed');
      const others = second.rows.filter((it, index) => it !== first.rows[index]);
      expect(others).toEqual([second.rows[120]]);
    }));

  it('send no ETag where none came, nor an older one', async () => {
    const replies: Reply[] = [
      { status: 200, headers: { etag: 'W/one' }, body: { items: [], totalCount: 0 } },
      { status: 200, body: { items: [] } },
      { status: 200, body: { items: [] } },
    ];
    const { requests } = await againstServer(
      () => replies.shift() ?? { status: 500 },
      async (_, lists) => {
        let list = await whole(lists.professions(null));
        for (let count = 0; count < 2; count += 1) list = await whole(lists.professions(list));
      },
    );
    expect(requests.map((it) => it.headers['if-none-match'])).toEqual([undefined, 'W/one', undefined]);
  });

  it('take a 304 that nobody asked for as an invalid answer', async () => {
    const { value } = await againstServer(
      () => ({ status: 304 }),
      (client) => failureOf(client.professions()),
    );
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', isTransient: false });
  });

  it('go on where an attempt failed', () =>
    withLucca({ data: crowd(250) }, async ({ lists, lucca }) => {
      const reading = lists.employees(null);
      lucca.inject({ matches: (it) => it.query.has('page'), reply: { status: 400, body: {} } });
      expect((await failureOf(reading.attempt(() => undefined))).status).toBe(400);
      expect((await reading.attempt(() => undefined)).rows).toHaveLength(250);
      expect(lucca.requests.map((it) => it.status)).toEqual([200, 200, 400, 200, 200]);
    }));
});
