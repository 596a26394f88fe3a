import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, position, stamp, startTenant, type Tenant } from './lucca-emulator-fixture.ts';

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.lucca.close());

describe('representations', () => {
  it('shows a job qualification with its profession, rank and translations', async () => {
    expect(await (await tenant.get('/job-qualifications/31?include=embedded,links,totalCount')).json()).toEqual({
      id: '31',
      type: 'job-qualification',
      url: `${tenant.lucca.baseUrl}/job-qualifications/31`,
      title: 'Senior Baker',
      rank: 3,
      profession: { id: '41', type: 'profession', url: `${tenant.lucca.baseUrl}/professions/41` },
      t9n: { title: { 'fr-FR': 'Boulanger confirmé' } },
      ...stamp,
      links: {},
      embedded: {},
    });
    expect(await tenant.read('/professions')).toEqual({
      type: 'professions',
      url: `${tenant.lucca.baseUrl}/professions`,
      items: [
        {
          id: '41',
          type: 'profession',
          url: `${tenant.lucca.baseUrl}/professions/41`,
          title: 'Baker',
          isArchived: false,
          t9n: {},
        },
      ],
    });
  });

  it('computes status, end and what applies from the dates', async () => {
    expect((await tenant.read('/employees')).items).toMatchObject([
      { id: '999', status: 'active', applicableEmployment: { id: '2005' } },
      { id: '1001', status: 'active', applicableEmployment: { id: '2001' }, applicableJobPosition: { id: '3002' } },
      { id: '1002', status: 'upcoming', applicableEmployment: { id: '2002' } },
      { id: '1003', status: 'deactivated', applicableEmployment: { id: '2003' } },
      { id: '1010', status: 'deactivated' },
    ]);
    expect(await tenant.read('/employees/1010')).not.toHaveProperty('applicableEmployment');
    expect(await tenant.read('/job-positions/3001')).toMatchObject({
      status: 'deactivated',
      endsOn: '2025-06-30',
      updatedAttributes: [],
    });
    expect(await tenant.read('/job-positions/3002')).toMatchObject({
      status: 'active',
      endsOn: null,
      updatedAttributes: ['jobQualification'],
    });
    expect(await tenant.read('/employments/2003')).toMatchObject({
      status: 'deactivated',
      start: { date: '2020-01-01' },
      end: { date: '2026-05-03' },
    });
  });

  it('embeds by type and id what the token may read', async () => {
    expect(await tenant.read('/employees/1001?include=embedded')).toMatchObject({
      embedded: { employment: { 2001: { id: '2001' } }, 'job-position': { 3002: { jobQualification: { id: '32' } } } },
    });
    const { embedded } = await tenant.read('/job-positions?jobQualification.id=31&include=embedded&include=links');
    expect(embedded).toMatchObject({
      department: { 6001: { type: 'department' } },
      'job-qualification': { 31: { rank: 3 } },
      employee: { 1001: {}, 1002: {}, 999: {} },
      employment: { 2005: { links: { document: null } } },
    });
    const authorization = await tenant.authorize('job-positions.readwrite employees.readonly');
    const fewer = await (await tenant.get('/job-positions/3001?include=embedded', { authorization })).json();
    const links = await (await tenant.get('/employees/1001?include=links', { authorization })).json();
    const href = `${tenant.lucca.baseUrl}/job-positions?employment.employee.id=1001`;
    expect(links).toMatchObject({ links: { employments: null, jobPositions: { href } } });
    expect(fewer).toHaveProperty('embedded', { department: expect.anything(), employee: { 1001: expect.anything() } });
  });

  it('reads the data as it is at each request', async () => {
    tenant.lucca.data.jobQualifications.push({
      id: '33',
      title: 'Miller',
      professionId: '41',
      rank: 1,
      titles: {},
      ...stamp,
    });
    expect(await tenant.idsOf('/job-qualifications')).toEqual(['31', '32', '33']);
    tenant.lucca.data.jobPositions.push(position('3006', '1001', '2001', '2026-05-04', '32'));
    expect(await tenant.read('/job-positions/3006')).toMatchObject({ status: 'active', updatedAttributes: [] });
    expect(await tenant.read('/job-positions/3002')).toMatchObject({ status: 'deactivated', endsOn: '2026-05-03' });
  });
});

describe('paging', () => {
  const nextOf = async (path: string) => (await tenant.read(path)).links?.next?.href ?? '';

  it('walks there and back over rows that come and go', async () => {
    const first = await tenant.read('/employees?sort=-familyName&limit=2&include=links,totalCount');
    expect(first).toMatchObject({ totalCount: 5, items: [{ id: '999' }, { id: '1003' }], links: { prev: null } });
    expect(first.links?.next?.href).toMatch(
      /\/employees\?sort=-familyName&limit=2&include=links%2CtotalCount&page=%21/,
    );
    tenant.lucca.data.employees = tenant.lucca.data.employees.filter((it) => it.id !== '1003');
    tenant.lucca.data.employees.push(person('1020', 'Ada', 'Zhou', null), person('1021', 'Ada', 'Diaz', null));
    const second = await tenant.read(first.links?.next?.href ?? '');
    expect(second.items.map((it) => it.id)).toEqual(['1002', '1001']);
    expect(await tenant.idsOf(second.links?.next?.href ?? '')).toEqual(['1021', '1010']);
    expect(await tenant.idsOf(second.links?.prev?.href ?? '')).toEqual(['1020', '999']);
  });

  it('takes a page number, a limit of nothing and a cap', async () => {
    expect(await tenant.read('/employees?page=3&limit=2&include=links')).toMatchObject({
      items: [{ id: '1010' }],
      links: { next: null },
    });
    expect(await tenant.read('/employees?limit=0&include=links,totalCount')).toMatchObject({
      totalCount: 5,
      items: [],
      links: { prev: null, next: null },
    });
    tenant.lucca.knobs.pageCap = 3;
    expect(await tenant.idsOf(await nextOf('/employees?limit=100&include=links'))).toEqual(['1003', '1010']);
  });

  it.each(['page=0', 'page=%21abc', 'page=', 'page=1&page=2', 'limit=-1', 'limit=', 'limit=5.0'])(
    'refuses %s',
    async (query) => {
      expect(await (await tenant.get(`/employees?${query}`)).json()).toMatchObject({
        status: 400,
        errors: { [query.slice(0, query.indexOf('='))]: [expect.any(String)] },
      });
    },
  );

  it('refuses the cursor of another listing, and an expired one', async () => {
    tenant.lucca.knobs.linksKeep = 'page-and-limit';
    const bare = await nextOf('/employees?limit=1&id=1001,1002&include=links');
    expect(new URL(bare).search).toMatch(/^\?limit=1&page=%21/);
    expect((await tenant.get(bare)).status).toBe(400);
    expect(await tenant.idsOf(`${bare}&id=1002&id=1001`)).toEqual(['1002']);
    tenant.lucca.knobs.cursorsExpire = true;
    expect((await tenant.get(`${bare}&id=1001,1002`)).status).toBe(400);
  });
});

describe('filters', () => {
  it.each([
    ['job-qualifications?rank=4,0', ['32']],
    ['job-qualifications?profession.id=41&rank=3', ['31']],
    ['employees?email=maja@example.com,null', ['1002']],
    ['employees?status=upcoming&status=active&sort=familyName', ['1001', '1002', '999']],
    ['employees?search=cos%20FERR', ['1001']],
    ['employees?search=osta', []],
    ['employees?applicableEmployment.endsOn=null', ['1001', '1002']],
    ['employees?applicableEmployment.startsOn.between=2024-01-01--2026-05-04', ['999', '1001']],
    ['employees?applicableEmployment.legalEntity.id=1', []],
    ['employees?applicableJobPosition.jobQualification.id=31', ['999', '1002']],
    ['employments?employee.id=999&sort=-start.date', ['2005', '2004']],
    ['employments?end.date.between=..--2026-05-03', ['2003', '2004']],
    ['job-positions?employment.employee.id=1001&status=active', ['3002']],
    ['job-positions?endsOn=2025-06-30', ['3001']],
    ['job-positions?updatedAttributes=jobTitle,jobQualification', ['3002']],
    ['job-positions?manager.id=1001', []],
    ['job-positions?sort=endsOn,-id', ['3001', '3004', '3005', '3003', '3002']],
  ])('answers %s', async (path, ids) => {
    expect(await tenant.idsOf(`/${path}`)).toEqual(ids);
  });

  it.each([
    'employees?remoteId=x',
    'employees?id=',
    'employees?id=1,1',
    'employees?status=gone',
    'employees?email=x',
    'employees?sort=email',
    `employees?id=${Array.from({ length: 101 }, (_, i) => i)}`,
    'employees?applicableEmployment.endsOn=2025-02-30',
    'job-qualifications?rank=low',
    'job-qualifications?sort=id',
    'job-positions?status=active,upcoming',
    'employments?start.date.between=2024-01-01/2024-12-31',
    'professions?include=all',
  ])('refuses %.60s', async (path) => {
    expect((await tenant.get(`/${path}`)).status).toBe(400);
  });

  it('ignores parameters where a knob says so', async () => {
    Object.assign(tenant.lucca.knobs, { strictQuery: false, ignoredFilters: ['rank'] });
    expect(await tenant.idsOf('/job-qualifications?title=x&rank=4')).toEqual(['31', '32']);
  });
});
