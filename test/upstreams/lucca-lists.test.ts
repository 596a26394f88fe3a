import { describe, expect, it } from 'vitest';
import { againstServer, crowd, failureOf, idsOf, withLucca } from './lucca-fixture.ts';
import { whole } from './whole-lists.ts';

describe('Whole lists', () => {
  it('walks all employees in the order of their ids, a hundred at a time', () =>
    withLucca({ data: crowd(230) }, async ({ client, targets }) => {
      const found = await client.employees();
      expect(idsOf(found)).toEqual(Array.from({ length: 230 }, (_, index) => String(100_001 + index)));
      expect(targets()).toHaveLength(3);
      expect(targets()[0]).toBe('/lucca-api/employees?sort=id&limit=100&include=embedded,totalCount,links');
      const later = '/lucca-api/employees?sort=id&limit=100&include=embedded,links&page=%21';
      for (const target of targets().slice(1)) expect(target.startsWith(later)).toBe(true);
    }));

  it('advances by the pages it gets, however small the server makes them', () =>
    withLucca({ data: crowd(23), knobs: { pageCap: 10 } }, async ({ client, targets }) => {
      expect(await client.employees()).toHaveLength(23);
      expect(targets()).toHaveLength(3);
    }));

  it('reads job qualifications and professions, archived ones included', () =>
    withLucca({}, async ({ client, targets }) => {
      expect(await client.jobQualifications()).toMatchObject([
        {
          luccaId: '41',
          title: 'Senior Baker',
          titles: [{ locale: 'fr-FR', text: 'Boulanger' }],
          rank: 3,
          professionId: '51',
          createdAt: '2024-01-15T08:00:00.1234Z',
          updatedAt: '2024-02-16T09:30:00.0001Z',
        },
        { luccaId: '42', titles: [] },
      ]);
      expect(await client.professions()).toEqual([
        { luccaId: '51', title: 'Baker', titles: [{ locale: 'fr', text: 'Boulangerie' }], isArchived: false },
        { luccaId: '52', title: 'Miller', titles: [], isArchived: true },
      ]);
      expect(targets()).toEqual([
        '/lucca-api/job-qualifications?limit=100&include=totalCount,links',
        '/lucca-api/professions?limit=100&include=totalCount,links',
      ]);
    }));

  it('keeps to the configured path prefix, with or without a slash at its end', async () => {
    for (const end of ['', '/']) {
      const { requests } = await againstServer(
        () => ({ status: 200, body: { items: [] } }),
        (client) => client.professions(),
        `/behind/a%20proxy${end}`,
      );
      expect(requests.map((it) => it.target)).toEqual([
        '/behind/a%20proxy/professions?limit=100&include=totalCount,links',
      ]);
    }
  });
});

describe('Links to the next page', () => {
  const page = (id: string, links?: unknown) => ({ items: [{ id, title: `Profession ${id}` }], links });
  const nextPage = (href: string) => ({ prev: null, next: { href } });

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', {}],
    ['a null next', { prev: null, next: null }],
    ['an empty next', { next: {} }],
    ['a next without href', { next: { href: null } }],
  ])('ends the list where links are %s', async (_, links) => {
    const { value, requests } = await againstServer(
      () => ({ status: 200, body: page('51', links) }),
      (client) => client.professions(),
    );
    expect(idsOf(value)).toEqual(['51']);
    expect(requests).toHaveLength(1);
  });

  it('follows the page token alone: the path prefix of the href may be another behind a proxy', async () => {
    const { value, requests } = await againstServer(
      ({ query }, origin) => ({
        status: 200,
        body: query.has('page')
          ? page('52', { next: null })
          : page('51', nextPage(`${origin}/inner/lucca-api/professions?page=%21a%2Bb%26c%2F%3D&x=1`)),
      }),
      (client) => client.professions(),
    );
    expect(idsOf(value)).toEqual(['51', '52']);
    expect(requests[1]?.target).toBe('/lucca-api/professions?limit=100&include=links&page=%21a%2Bb%26c%2F%3D');
  });

  it.each([
    'https://elsewhere.example/lucca-api/professions?page=%21a',
    '//elsewhere.example/?page=%21a',
    'http://127.0.0.1:1/lucca-api/professions?limit=100&page=%21a#top',
    '/lucca-api/professions?page=%21a',
    '?page=%21a',
    'https://{tenant}/lucca-api/{path}?page=%21a&limit=25',
    'http://[?page=%21a',
  ])('asks the configured host for the page that a link on any other names (%s)', async (href) => {
    const { value, requests } = await againstServer(
      ({ query }) => ({ status: 200, body: query.has('page') ? page('52') : page('51', nextPage(href)) }),
      (client) => client.professions(),
    );
    expect(idsOf(value)).toEqual(['51', '52']);
    expect(requests.map((it) => it.target)).toEqual([
      '/lucca-api/professions?limit=100&include=totalCount,links',
      '/lucca-api/professions?limit=100&include=links&page=%21a',
    ]);
  });

  it.each(['a+b/c==', '%2B+/=', '!w.SDijk23', '2'])('replays a token letter by letter: %s', async (token) => {
    const { requests } = await againstServer(
      ({ query }) => ({ status: 200, body: query.has('page') ? page('52') : page('51', nextPage(`/x?page=${token}`)) }),
      (client) => client.professions(),
    );
    expect(requests[1]?.target.endsWith(`&page=${token}`)).toBe(true);
  });

  it.each(['javascript:alert(1)', 'https://acme.example/lucca-api/professions', '?page=', '?Page=2', '?x=page=2', ''])(
    'fails where a next page names no page (%j)',
    async (href) => {
      const { value, requests } = await againstServer(
        () => ({ status: 200, body: page('51', nextPage(href)) }),
        (client) => failureOf(client.professions()),
      );
      expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', isTransient: false });
      expect(value.message).not.toContain('acme');
      expect(requests).toHaveLength(1);
    },
  );

  it('fails where a next page has no token, or leads back to a page that was read', async () => {
    const cases = [
      { next: () => '?limit=100', requests: 1 },
      { next: () => '?page=same', requests: 2 },
      { next: (token: string | null) => (token === 'a' ? '?page=b' : '?page=a'), requests: 3 },
    ];
    for (const { next, requests: expected } of cases) {
      const { value, requests } = await againstServer(
        ({ query }, origin) => ({
          status: 200,
          body: page(`51${query.get('page')}`, nextPage(`${origin}/lucca-api/professions${next(query.get('page'))}`)),
        }),
        (client) => failureOf(client.professions()),
      );
      expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(requests).toHaveLength(expected);
    }
  });

  it('fails where every page is the first one under a new token', async () => {
    let count = 0;
    const { value, requests } = await againstServer(
      () => {
        count += 1;
        return { status: 200, body: page('51', nextPage(`/lucca-api/professions?page=${count}`)) };
      },
      (client) => failureOf(client.professions()),
    );
    expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(requests).toHaveLength(2);
  });

  it.each([
    { empty: 5, outcome: ['51'] },
    { empty: 6, outcome: 'UPSTREAM_INVALID_RESPONSE' },
  ])('goes on after $empty empty pages that name another: $outcome', async ({ empty, outcome }) => {
    let count = 0;
    const { value } = await againstServer(
      () => {
        count += 1;
        return { status: 200, body: count > empty ? page('51') : { items: [], links: nextPage(`?page=${count}`) } };
      },
      (client) => client.professions().then(idsOf, (error) => error.code),
    );
    expect(value).toEqual(outcome);
  });

  it('fails where a page expires while a list is walked', () =>
    withLucca({ data: crowd(150) }, async ({ lucca, client }) => {
      lucca.knobs.cursorsExpire = true;
      expect(await failureOf(client.employees())).toMatchObject({
        code: 'UPSTREAM_INVALID_RESPONSE',
        message: expect.stringContaining('expired'),
      });
    }));
});

describe('A list that ends before its total', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `5${index}`, title: 'Baker' }));

  it('is read once more, and is whole where it was whole then', async () => {
    const replies = [rows(1), rows(3)];
    const { value, requests } = await againstServer(
      () => ({ status: 200, body: { items: replies.shift(), totalCount: 3 } }),
      (_, lists) => whole(lists.professions(null)),
    );
    expect(value).toMatchObject({ skipped: [], pages: 1 });
    expect(value.rows).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });

  it('is told to be incomplete where it stays short, and not read twice for it again while it does not change', async () => {
    const { value, requests } = await againstServer(
      ({ headers }) =>
        headers['if-none-match'] === undefined
          ? { status: 200, headers: { etag: 'W/"1"' }, body: { items: rows(1), totalCount: '3' } }
          : { status: 304 },
      async (_, lists) => {
        const first = await whole(lists.professions(null));
        return [first, await whole(lists.professions(first))];
      },
    );
    const [first, second] = value;
    expect(first).toMatchObject({
      rows: [{ luccaId: '50' }],
      skipped: [{ resource: 'professions', reason: 'it ended before its total', key: null }],
    });
    expect(second).toBe(first);
    expect(requests).toHaveLength(3);
  });
});
