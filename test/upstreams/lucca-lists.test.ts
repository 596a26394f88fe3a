import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { againstServer, company, crowd, failureOf, idsOf, person, withLucca } from './lucca-fixture.ts';

const bare = { embedded: false };

describe('Whole lists', () => {
  it('walks all employees in the order of their ids, a hundred at a time', () =>
    withLucca({ data: crowd(230) }, async ({ client, targets }) => {
      const found = await client.allEmployees({ embedded: true });
      expect(idsOf(found)).toEqual(Array.from({ length: 230 }, (_, index) => String(100_001 + index)));
      expect(targets()).toHaveLength(3);
      expect(targets()[0]).toBe('/lucca-api/employees?sort=id&limit=100&include=embedded,links');
      for (const later of targets().slice(1)) expect(later.startsWith(`${targets()[0]}&page=!`)).toBe(true);
    }));

  it('advances by the pages it gets, however small the server makes them', () =>
    withLucca({ data: crowd(23), knobs: { pageCap: 10 } }, async ({ client, targets }) => {
      expect(await client.allEmployees(bare)).toHaveLength(23);
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
        '/lucca-api/job-qualifications?limit=100&include=links',
        '/lucca-api/professions?limit=100&include=links',
      ]);
    }));

  it('keeps to the configured path prefix, with or without a slash at its end', async () => {
    for (const end of ['', '/']) {
      const { requests } = await againstServer(
        () => ({ status: 200, body: { items: [] } }),
        (client) => client.professions(),
        `/behind/a%20proxy${end}`,
      );
      expect(requests.map((it) => it.target)).toEqual(['/behind/a%20proxy/professions?limit=100&include=links']);
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
    expect(requests[1]?.target).toBe('/lucca-api/professions?limit=100&include=links&page=!a%2Bb%26c%2F%3D');
  });

  it.each([
    'https://elsewhere.example/lucca-api/professions?page=%21a',
    '//elsewhere.example/?page=%21a',
    'http://127.0.0.1:1/lucca-api/professions?page=%21a',
    'javascript:alert(1)',
    'http://[',
  ])('sends no token to another host (%s)', async (href) => {
    const { value, requests } = await againstServer(
      () => ({ status: 200, body: page('51', nextPage(href)) }),
      (client) => failureOf(client.professions()),
    );
    expect(value).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', isTransient: false });
    expect(value.message).not.toContain('elsewhere');
    expect(requests).toHaveLength(1);
  });

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

  it('goes on after an empty page that names another', async () => {
    const { value } = await againstServer(
      ({ query }) => ({
        status: 200,
        body: query.has('page') ? page('51') : { items: [], links: nextPage('/lucca-api/professions?page=b') },
      }),
      (client) => client.professions(),
    );
    expect(idsOf(value)).toEqual(['51']);
  });

  it('fails where a page expires while a list is walked', () =>
    withLucca({ data: crowd(150) }, async ({ lucca, client }) => {
      lucca.knobs.cursorsExpire = true;
      expect(await failureOf(client.allEmployees(bare))).toMatchObject({
        code: 'UPSTREAM_INVALID_RESPONSE',
        message: expect.stringContaining('expired'),
      });
    }));
});

describe('Lists by values', () => {
  it('asks for a hundred ids at a time, for each once', () =>
    withLucca({ data: crowd(250) }, async ({ client, targets }) => {
      const ids = Array.from({ length: 230 }, (_, index) => String(100_001 + index));
      const found = await client.employeesById([...ids, ...ids, '999999'], { embedded: true });
      expect(idsOf(found).sort()).toEqual(ids);
      expect(targets()).toHaveLength(3);
      for (const target of targets()) {
        expect(target).toMatch(/^\/lucca-api\/employees\?id=\d+(,\d+){1,99}&limit=100&include=embedded,links$/);
      }
    }));

  it('asks for the batches of one call at the same time', async () => {
    const all = Promise.withResolvers<void>();
    let arrived = 0;
    const { requests } = await againstServer(
      async () => {
        arrived += 1;
        if (arrived === 3) all.resolve();
        await all.promise;
        return { status: 200, body: { items: [] } };
      },
      (client) =>
        client.employeesById(
          Array.from({ length: 250 }, (_, index) => String(index + 1)),
          bare,
        ),
    );
    expect(requests).toHaveLength(3);
  });

  it('has four requests in flight at most', async () => {
    const four = Promise.withResolvers<void>();
    let inFlight = 0;
    let most = 0;
    await againstServer(
      async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        if (inFlight === 4) four.resolve();
        await four.promise;
        await delay(10);
        inFlight -= 1;
        return { status: 200, body: { items: [] } };
      },
      (client) => Promise.all(Array.from({ length: 12 }, (_, index) => client.employeesById([`9${index}`], bare))),
    );
    expect(most).toBe(4);
  });

  it('keeps request heads under 8 KB with the longest addresses', () => {
    const email = (index: number) => `${'가'.repeat(40)}${index}@${'x'.repeat(60)}.example`;
    const employees = Array.from({ length: 60 }, (_, index) =>
      person(String(100_001 + index), { email: email(index) }),
    );
    return withLucca({ data: { ...company(), employees } }, async ({ client, targets }) => {
      const emails = employees.flatMap((it) => it.email ?? []);
      expect(await client.employeesByEmail(emails, bare)).toHaveLength(60);
      for (const target of targets()) expect(target.length).toBeLessThan(5_000);
      expect(targets().length).toBeGreaterThan(1);
    });
  });

  it('fits a hundred addresses of common length into one request', () =>
    withLucca({ data: crowd(100) }, async ({ client, targets }) => {
      const emails = Array.from({ length: 100 }, (_, index) => `person.${100_001 + index}@ondo.example`);
      expect(await client.employeesByEmail(emails, bare)).toHaveLength(100);
      expect(targets()).toHaveLength(1);
    }));

  it('sends addresses as they are spelled, and finds both who share one', () => {
    const shared = { email: 'Shared@ondo.example' };
    const data = { ...company(), employees: [person('1001', shared), person('1002', shared), person('1003')] };
    return withLucca({ data }, async ({ client, targets }) => {
      expect(idsOf(await client.employeesByEmail(['Shared@ondo.example'], bare))).toEqual(['1001', '1002']);
      expect(await client.employeesByEmail(['shared@ondo.example'], bare)).toEqual([]);
      expect(targets()[0]).toBe('/lucca-api/employees?email=Shared%40ondo.example&limit=100&include=links');
    });
  });

  it('follows the pages of a batch', () =>
    withLucca({ data: crowd(7), knobs: { pageCap: 3 } }, async ({ client, targets }) => {
      const ids = Array.from({ length: 7 }, (_, index) => String(100_001 + index));
      expect(idsOf(await client.employeesById(ids, bare))).toEqual(ids);
      expect(targets()).toHaveLength(3);
    }));

  it('finds the holders of job qualifications', () =>
    withLucca({}, async ({ client, targets }) => {
      expect(idsOf(await client.employeesByJobQualification(['41'], { embedded: true }))).toEqual(['1001', '1004']);
      expect(targets()).toEqual([
        '/lucca-api/employees?applicableJobPosition.jobQualification.id=41&limit=100&include=embedded,links',
      ]);
    }));

  it('reads job positions and employments by their ids', () =>
    withLucca({}, async ({ client, targets }) => {
      expect(await client.jobPositionsById(['3003', '3001', '77'])).toEqual([
        { luccaId: '3001', jobTitle: 'Title of 3001', jobQualificationId: '41' },
        { luccaId: '3003', jobTitle: 'Title of 3003', jobQualificationId: null },
      ]);
      expect(await client.employmentsById(['2002'])).toEqual([{ luccaId: '2002', startsOn: '2026-06-01' }]);
      expect(targets()).toEqual([
        '/lucca-api/job-positions?id=3003,3001,77&limit=100&include=links',
        '/lucca-api/employments?id=2002&limit=100&include=links',
      ]);
    }));

  it.each(['null', 'absent'] as const)('reads whole rows whose optional keys are %s', (optionalKeys) =>
    withLucca(
      { knobs: { optionalKeys, unaskedIncludes: 'null', nullLinks: true, unknownMembers: true } },
      async ({ client }) => {
        expect(await client.jobPositionsById(['3003'])).toMatchObject([{ jobQualificationId: null }]);
        expect(await client.employeesById(['1002'], bare)).toMatchObject([{ remoteId: null, email: null }]);
        expect(await client.jobQualification('42')).toMatchObject({ titles: [] });
      },
    ),
  );

  it('does not pass on rows that a server sends because it ignores the filter', () =>
    withLucca({ knobs: { ignoredFilters: ['id', 'email'] } }, async ({ client }) => {
      expect(idsOf(await client.employeesById(['1001'], bare))).toEqual(['1001']);
      expect(idsOf(await client.employeesByEmail(['BAO@ondo.example'], bare))).toEqual(['1004']);
      expect(idsOf(await client.jobPositionsById(['3001']))).toEqual(['3001']);
      expect(idsOf(await client.employmentsById(['2001']))).toEqual(['2001']);
    }));

  it('sends nothing for no values, and for values that the filter cannot say', () =>
    withLucca({}, async ({ client, lucca }) => {
      const unaskable = ['', '  ', 'null', 'NULL', ' Null ', 'a,b', 'x'.repeat(10_000), '\ud800'];
      expect(await client.employeesById(unaskable, bare)).toEqual([]);
      expect(await client.employeesByEmail([...unaskable, 'no address', 'a b@c', 'a@b@c', '<a@b>'], bare)).toEqual([]);
      expect(await client.employeesByJobQualification(unaskable, bare)).toEqual([]);
      expect(await client.jobPositionsById([])).toEqual([]);
      expect(await client.employmentsById(unaskable)).toEqual([]);
      expect(lucca.requests).toEqual([]);
    }));

  it('leaves out what cannot be asked and asks for the rest', () =>
    withLucca({}, async ({ client }) => {
      const emails = ['null', 'bao@ondo.example', 'bao', 'a,b@ondo.example'];
      expect(idsOf(await client.employeesByEmail(emails, bare))).toEqual(['1004']);
    }));
});

describe('Values from callers', () => {
  const hostile = [
    '../professions',
    "o'brien",
    '%2F',
    '#',
    'a\r\nX-Evil: 1',
    '1001&limit=0',
    '1001?',
    '한국어',
    '+',
    '\0',
    ' 1001',
  ];

  it.each(hostile)('stay inside their filter: %j', (value) =>
    withLucca({ data: { ...company(), employees: [person(value), person('1001')] } }, async ({ client, targets }) => {
      expect(idsOf(await client.employeesById([value], bare))).toEqual([value]);
      expect(targets()).toEqual([`/lucca-api/employees?id=${encodeURIComponent(value)}&limit=100&include=links`]);
    }),
  );

  it.each(hostile)('stay inside the search: %j', (value) =>
    withLucca({}, async ({ client, received }) => {
      await client.employees({ filter: { search: value }, limit: 5, embedded: false, totalCount: false });
      expect([...(received[0]?.query.keys() ?? [])]).toEqual(['search', 'limit', 'include']);
      expect(received[0]?.query.get('limit')).toBe('5');
    }),
  );

  it.each([...hostile, 'null', 'a,b'])('stay inside one segment of the path: %j', (value) =>
    withLucca({}, async ({ client, lucca, targets }) => {
      const [first] = lucca.data.jobQualifications;
      if (first !== undefined) lucca.data.jobQualifications.push({ ...first, id: value, title: 'Hostile' });
      const found = await client.jobQualification(value);
      expect(targets()).toEqual([`/lucca-api/job-qualifications/${encodeURIComponent(value)}`]);
      expect(found === null || found.luccaId === value).toBe(true);
    }),
  );

  it('are no id, and not asked for, where no segment can hold them', () =>
    withLucca({}, async ({ client, lucca }) => {
      for (const value of ['', ' ', '.', '..', 'x'.repeat(10_000), '\ud800']) {
        expect(await client.jobQualification(value)).toBeNull();
      }
      expect(lucca.requests).toEqual([]);
    }));
});
