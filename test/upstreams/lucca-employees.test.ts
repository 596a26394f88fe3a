import { describe, expect, it } from 'vitest';
import { ExpiredPageError } from '../../src/upstreams/lucca/expired-page-error.ts';
import { againstServer, crowd, failureOf, idsOf, withLucca } from './lucca-fixture.ts';

const plain = { embedded: false, totalCount: false };

describe('One page of employees', () => {
  it('asks for what is selected and for nothing else', () =>
    withLucca({}, async ({ client, targets }) => {
      await client.employees({ ...plain, limit: 25 });
      await client.employees({ limit: 1, order: '-createdAt', embedded: true, totalCount: true });
      expect(targets()).toEqual([
        '/lucca-api/employees?limit=25&include=links',
        '/lucca-api/employees?sort=-createdAt&limit=1&include=embedded,totalCount,links',
      ]);
    }));

  it('sends the token, the version and the codings that it understands', () =>
    withLucca({}, async ({ client, received }) => {
      await client.employees({ ...plain, limit: 1 });
      expect(received[0]?.headers).toMatchObject({
        authorization: expect.stringMatching(/^Bearer \S+$/),
        'api-version': '2024-11-01',
        accept: 'application/json',
        'accept-encoding': 'gzip, br',
      });
    }));

  it('brings the employee in our terms, with what is embedded', () =>
    withLucca({}, async ({ client }) => {
      const { employees, next, totalCount } = await client.employees({
        filter: { search: 'ferr' },
        limit: 10,
        embedded: true,
        totalCount: true,
      });
      expect({ next, totalCount }).toEqual({ next: null, totalCount: 1 });
      expect(employees).toEqual([
        {
          luccaId: '1001',
          remoteId: 'R-1',
          givenName: 'Inês',
          familyName: 'Ferreira-Costa',
          email: 'ines@ondo.example',
          employeeNumber: null,
          status: 'ACTIVE',
          createdAt: '2024-01-15T08:00:00.1234Z',
          jobPosition: { id: '3001', value: { luccaId: '3001', jobTitle: 'Title of 3001', jobQualificationId: '41' } },
          employment: { id: '2001', value: { luccaId: '2001', startsOn: '2024-01-01' } },
        },
      ]);
    }));

  it('names what was not embedded, so that it can be asked for', () =>
    withLucca({}, async ({ client }) => {
      const [someone, never] = (await client.employees({ ...plain, filter: { ids: ['1001', '1005'] }, limit: 10 }))
        .employees;
      expect(someone).toMatchObject({
        jobPosition: { id: '3001', value: null },
        employment: { id: '2001', value: null },
      });
      expect(never).toMatchObject({ jobPosition: null, employment: null });
    }));

  it.each(['partial', 'missing'] as const)('lives with embeds that are %s', (embeds) =>
    withLucca({ knobs: { embeds } }, async ({ client }) => {
      const { employees } = await client.employees({
        filter: { ids: ['1001'] },
        limit: 10,
        embedded: true,
        totalCount: false,
      });
      expect(employees).toMatchObject([
        { jobPosition: { id: '3001', value: null }, employment: { id: '2001', value: null } },
      ]);
    }),
  );

  it('walks on by the token of the page before, with filter, order and includes repeated', () =>
    withLucca({ data: crowd(5), knobs: { linksKeep: 'page-and-limit' } }, async ({ client, targets }) => {
      const query = {
        filter: { search: 'given' },
        order: 'familyName',
        limit: 3,
        embedded: true,
        totalCount: true,
      } as const;
      const first = await client.employees(query);
      expect(first.totalCount).toBe(5);
      const second = await client.employees({ ...query, page: first.next ?? '' });
      expect(idsOf([...first.employees, ...second.employees])).toEqual(idsOf5);
      expect(second.next).toBeNull();
      expect(targets()[1]).toBe(`${targets()[0]}&page=${encodeURIComponent(first.next ?? '')}`);
      expect(targets()[0]).toBe(
        '/lucca-api/employees?search=given&sort=familyName&limit=3&include=embedded,totalCount,links',
      );
    }));

  it('says so when the page token is not known any more, or never was', () =>
    withLucca({ data: crowd(5) }, async ({ client, lucca, targets }) => {
      const { next } = await client.employees({ ...plain, limit: 3 });
      lucca.knobs.cursorsExpire = true;
      const ask = (page: string) => client.employees({ ...plain, limit: 3, page });
      await expect(ask(next ?? '')).rejects.toThrow(ExpiredPageError);
      await expect(ask('!made up')).rejects.toThrow(ExpiredPageError);
      const sent = targets().length;
      for (const page of ['', 'x'.repeat(10_000), '\ud800']) await expect(ask(page)).rejects.toThrow(ExpiredPageError);
      expect(targets()).toHaveLength(sent);
    }));

  it('takes an answer about the page for an error of its own where none was named', async () => {
    const { value } = await againstServer(
      () => ({ status: 400, body: { errors: { Page: ['unknown'] } } }),
      (client) => failureOf(client.employees({ ...plain, limit: 3 })),
    );
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', status: 400 });
  });

  it('fails where the next page is the page itself', async () => {
    const { value } = await againstServer(
      () => ({ status: 200, body: { items: [], links: { next: { href: '/lucca-api/employees?page=same' } } } }),
      (client) => failureOf(client.employees({ ...plain, limit: 3, page: 'same' })),
    );
    expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  it.each([0, 101, 1.5, Number.NaN])('refuses a limit of %s', (limit) =>
    withLucca({}, async ({ client }) => {
      await expect(client.employees({ ...plain, limit })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }),
  );
});

const idsOf5 = ['100001', '100002', '100003', '100004', '100005'];

describe('The filter of employees', () => {
  it('puts every condition into the query, values of one joined by commas', () =>
    withLucca({}, async ({ client, targets }) => {
      const { employees } = await client.employees({
        ...plain,
        filter: {
          search: ' In Ferr ',
          status: ['ACTIVE', 'UPCOMING'],
          ids: ['1001', '1002', '1001'],
          emails: ['ines@ondo.example', 'bao@ondo.example'],
          jobQualificationIds: ['41'],
        },
        limit: 10,
      });
      expect(idsOf(employees)).toEqual(['1001']);
      expect(targets()).toEqual([
        '/lucca-api/employees?search=In%20Ferr&status=active,upcoming&id=1001,1002' +
          '&email=ines%40ondo.example,bao%40ondo.example&applicableJobPosition.jobQualification.id=41' +
          '&limit=10&include=links',
      ]);
    }));

  it('sends nothing where no one can match', () =>
    withLucca({}, async ({ client, targets }) => {
      for (const filter of [{ ids: [] }, { status: [] }, { emails: ['null', 'a,b@ondo.example', ' ', 'no address'] }]) {
        expect(await client.employees({ filter, limit: 10, embedded: false, totalCount: true })).toEqual({
          employees: [],
          next: null,
          totalCount: 0,
        });
      }
      expect(await client.employees({ ...plain, filter: { ids: ['NULL'] }, limit: 10 })).toMatchObject({
        totalCount: null,
      });
      expect(targets()).toEqual([]);
    }));

  it('takes a search without a word for no condition', () =>
    withLucca({}, async ({ client }) => {
      for (const search of ['', '  ', '-,.']) {
        expect((await client.employees({ ...plain, filter: { search }, limit: 10 })).employees).toHaveLength(5);
      }
    }));

  it.each([
    { filter: 'id', query: { ids: ['1001'] } },
    { filter: 'email', query: { emails: ['INES@ondo.example'] } },
    { filter: 'status', query: { status: ['ACTIVE'] as const, ids: ['1001', '1002'] } },
    {
      filter: 'applicableJobPosition.jobQualification.id',
      query: { jobQualificationIds: ['41'], ids: ['1001', '1002', '1005'] },
    },
  ])('does not pass on people whom a server sends because it ignores $filter', ({ filter, query }) =>
    withLucca({ knobs: { ignoredFilters: [filter] } }, async ({ client }) => {
      const page = await client.employees({ filter: query, limit: 10, embedded: true, totalCount: true });
      expect(idsOf(page.employees)).toEqual(['1001']);
      expect(page.totalCount).toBeNull();
    }),
  );

  it('survives a search that is no well-formed text', () =>
    withLucca({}, async ({ client, targets }) => {
      await client.employees({ ...plain, filter: { search: 'a\ud800' }, limit: 10 });
      expect(targets()).toEqual(['/lucca-api/employees?search=a%EF%BF%BD&limit=10&include=links']);
    }));

  it('refuses what one request cannot carry, and names it', () =>
    withLucca({}, async ({ client, targets }) => {
      const ids = Array.from({ length: 101 }, (_, index) => String(index + 1));
      const ask = (filter: object) => client.employees({ ...plain, filter, limit: 10 });
      await expect(ask({ ids })).rejects.toThrow('At most 100 values of filter.ids');
      await expect(ask({ search: 'x'.repeat(10_000) })).rejects.toThrow('10000 characters');
      await expect(ask({ search: 'x'.repeat(10_000) })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(targets()).toEqual([]);
    }));
});
