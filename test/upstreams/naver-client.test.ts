import { describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { askAgainst, company, employee, failureOf, item, withNaver } from './naver-fixture.ts';
import { whole } from './whole-lists.ts';

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe('a list', () => {
  it('is asked for at its own address and gives what NAVER holds, out of use or not', async () => {
    const grades = [
      item('G-1', { name: 'Manager', i18nNames: { ko_KR: '과장', en_US: '' }, sortOrder: 1 }),
      item('G-2', { name: 'Advisor', sortOrder: 2, itemUsed: false }),
    ];
    await withNaver({ data: { grades } }, async ({ client, lists, targets }) => {
      expect(await client.grades()).toEqual([
        {
          externalKey: 'G-1',
          name: 'Manager',
          names: [{ locale: 'ko-KR', text: '과장' }],
          sortOrder: 1,
          isActive: true,
          version: expect.stringMatching(/^[\w-]{22}$/),
        },
        expect.objectContaining({ externalKey: 'G-2', names: [], isActive: false }),
      ]);
      expect(targets()).toEqual([`${company}/grade?offset=0&limit=100`]);
      expect(await whole(lists.grades(null))).toMatchObject({ skipped: [], pages: 1 });
    });
  });

  it('of positions is NAVER’s list of jobs', async () => {
    await withNaver({ data: { jobs: [item('J-1'), item('J-2')] } }, async ({ client, targets }) => {
      expect((await client.positions()).map((it) => it.externalKey)).toEqual(['J-1', 'J-2']);
      expect(targets()).toEqual([`${company}/job?offset=0&limit=100`]);
    });
  });

  it('is walked by rows received where NAVER caps the page size', async () => {
    const employees = range(5000, 23).map((it) => employee(`E-${it}`));
    await withNaver({ data: { employees }, knobs: { limitCap: 10 } }, async ({ client, targets }) => {
      expect((await client.people()).map((it) => it.externalKey)).toEqual(employees.map((it) => it.externalKey));
      expect(targets().toSorted()).toEqual([
        `${company}/employee?offset=0&limit=100`,
        `${company}/employee?offset=10&limit=10`,
        `${company}/employee?offset=20&limit=10`,
      ]);
    });
  });

  it('asks for the configured number of rows', async () => {
    const grades = range(1, 5).map((it) => item(`G-${it}`, { sortOrder: it }));
    await withNaver({ data: { grades }, config: { pageSize: 2 } }, async ({ client, targets }) => {
      expect(await client.grades()).toHaveLength(5);
      expect(targets().toSorted()).toEqual([0, 2, 4].map((offset) => `${company}/grade?offset=${offset}&limit=2`));
    });
  });

  it.each([
    [250, null, 3],
    [1000, null, 1],
    [1000, 100, 7],
    [1000, 499, 2],
  ])('is whole with pages of %i, of which NAVER gives %s at most', async (pageSize, limitCap, requests) => {
    const employees = range(5000, 650).map((it) => employee(`E-${it}`));
    await withNaver({ data: { employees }, knobs: { limitCap }, config: { pageSize } }, async ({ client, targets }) => {
      expect((await client.people()).map((it) => it.externalKey)).toEqual(employees.map((it) => it.externalKey));
      expect(targets()).toHaveLength(requests);
    });
  });

  it('is read again where its total changes on the way, and is whole all the same', async () => {
    const grades = range(1, 5).map((it) => item(`G-${it}`, { sortOrder: it }));
    const knobs = { totalCountDrift: 1 };
    await withNaver({ data: { grades }, knobs, config: { pageSize: 2 } }, async ({ client, targets }) => {
      expect(await client.grades()).toHaveLength(5);
      expect(targets()).toHaveLength(9);
    });
  });

  it('leaves out rows without a key, wherever they stand, and says how many', async () => {
    const grades = [item('G-1'), item(null), item('G-3'), item(''), item('G-5')];
    await withNaver({ data: { grades }, config: { pageSize: 2 } }, async ({ lists }) => {
      const { rows, skipped } = await whole(lists.grades(null));
      expect(rows.map((it) => it.externalKey)).toEqual(['G-1', 'G-3', 'G-5']);
      expect(skipped).toEqual(Array(2).fill({ resource: 'grade', reason: 'no key', key: null }));
    });
  });

  it('is read in requests of which four at most are under way at once', async () => {
    const employees = range(5000, 12).map((it) => employee(`E-${it}`));
    await withNaver({ data: { employees }, config: { pageSize: 1 } }, async ({ naver, client }) => {
      naver.latencyMs = 20;
      expect(await client.people()).toHaveLength(12);
      const underWayAt = (moment: number) =>
        naver.requests.filter((it) => it.startedAt <= moment && moment < (it.endedAt ?? 0)).length;
      const most = Math.max(...naver.requests.map((it) => underWayAt(it.startedAt)));
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(4);
    });
  });

  it('is what it is however NAVER writes it', async () => {
    const data = {
      grades: [item('G-1', { sortOrder: 3, i18nNames: { ko_KR: '과장', en_US: 'Manager' } })],
      employees: [employee('E-1', { gradeExternalKey: 'G-1', jobExternalKey: 'J-1' })],
    };
    const plain = { sortOrderAsString: false, textPlain: false, employeeReferences: 'gradeExternalKey' } as const;
    const odd = { sortOrderAsString: true, textPlain: true, employeeReferences: 'gradeCdExternalKey' } as const;
    await withNaver({ data, knobs: plain }, async ({ naver, client }) => {
      const before = [await client.grades(), await client.people()];
      Object.assign(naver.knobs, odd);
      expect([await client.grades(), await client.people()]).toEqual(before);
      naver.knobs.duplicateKoKr = true;
      expect((await client.grades())[0]?.names).toEqual([{ locale: 'en-US', text: 'Manager' }]);
    });
  });

  it('may come in an envelope, and without a total', async () => {
    const body = { elements: [{ externalKey: 'G-1', name: 'Manager' }] };
    const envelope = {
      timestamp: '2024-05-01 09:00:00',
      status: 200,
      error: null,
      message: null,
      path: '/grade',
      body,
    };
    const { value } = await askAgainst({ body: envelope }, (client) => client.grades());
    expect(value.map((it) => it.name)).toEqual(['Manager']);
  });

  it.each([{}, { totalCount: 2 }, { elements: null }, { elements: {} }, '', '<html>', 'null', { elements: [null, 5] }])(
    'is refused when it comes as %j',
    async (body) => {
      const answer = { headers: { 'x-ncp-trace-id': 'abcdefghij0123456789abcdef' }, body };
      const { value, requests } = await askAgainst(answer, (client) => failureOf(client.grades()));
      expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(value.message).toContain('the grade list');
      expect(requests.length).toBeLessThanOrEqual(2);
    },
  );

  it('that ignores the offset is an error and no endless walk', async () => {
    const body = { elements: [{ externalKey: 'G-1' }, { externalKey: 'G-2' }], totalCount: 4 };
    const { value } = await askAgainst({ body }, (client) => failureOf(client.grades()));
    expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });
});

describe('the list of people', () => {
  it('keeps apart an external key and an employee key that are the same text', async () => {
    const employees = [
      employee('501'),
      employee(null, { empId: '501', name: 'Ana Duarte' }),
      employee('501', { name: 'the first once more' }),
      employee(null, { empId: '501', name: 'Ana Duarte once more' }),
    ];
    await withNaver({ data: { employees } }, async ({ client }) => {
      expect((await client.people()).map((it) => it.name)).toEqual(['Person 501', 'Ana Duarte']);
    });
  });

  it('keeps people without any key, and leaves out rows that name nobody', async () => {
    const nobody = employee(null, { loginId: ' ', emailAddress: null });
    const employees = [employee(null, { name: 'A' }), nobody, employee(null, { name: 'B' }), nobody];
    await withNaver({ data: { employees } }, async ({ lists }) => {
      const { rows, skipped } = await whole(lists.people(null));
      expect(rows.map((it) => it.name)).toEqual(['A', 'B']);
      expect(skipped).toEqual(Array(2).fill({ resource: 'employee', reason: 'no key', key: null }));
    });
  });

  it('of a whole company has everyone in it once', async () => {
    const data = createCompany().naver;
    await withNaver({ data, config: { companyId: data.companyId } }, async ({ client }) => {
      const [people, grades, positions] = await Promise.all([client.people(), client.grades(), client.positions()]);
      expect(people.map((it) => it.loginId).toSorted()).toEqual(data.employees.map((it) => it.loginId).toSorted());
      expect(grades).toHaveLength(data.grades.filter((it) => it.externalKey).length);
      expect(positions).toHaveLength(data.jobs.filter((it) => it.externalKey).length);
    });
  });
});

describe('one item', () => {
  it('has the version that it has in the list', async () => {
    const data = { grades: [item('G-1', { i18nNames: { ko_KR: '' } })], jobs: [item('J-1', { itemUsed: false })] };
    await withNaver({ data }, async ({ client, targets }) => {
      const asked = [await client.grade('G-1'), await client.position('J-1')];
      expect(targets()).toEqual([`${company}/grade/G-1`, `${company}/job/J-1`]);
      const listed = [...(await client.grades()), ...(await client.positions())];
      expect(asked).toEqual(listed.map((it) => it.version));
    });
  });

  it('changes its version when NAVER’s representation changes', async () => {
    await withNaver({ data: { grades: [item('G-1')] } }, async ({ naver, client }) => {
      const before = await client.grade('G-1');
      Object.assign(naver.data.grades[0] ?? {}, { i18nNames: { ko_KR: '' } });
      expect(await client.grade('G-1')).not.toBe(before);
    });
  });

  it('that does not exist is null, and no failure', async () => {
    await withNaver({}, async ({ client, monitor, naver }) => {
      expect(await client.grade('G-404')).toBeNull();
      expect(await client.position('J-404')).toBeNull();
      expect(naver.requests.map((it) => it.status)).toEqual([400, 400]);
      expect(monitor.health).toBe('UP');
      expect(monitor.lastError).toBeNull();
    });
  });

  it.each([
    { externalKey: 'G-2', name: 'Another' },
    { externalKey: 'g-1', name: 'Another' },
    { name: 'Nameless' },
    { elements: [{ externalKey: 'G-1' }], totalCount: 1 },
    [],
    '',
  ])('is refused when %j comes in its place', async (body) => {
    const { value } = await askAgainst({ body }, (client) => failureOf(client.grade('G-1')));
    expect(value.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(value.message).not.toContain('G-2');
    expect(value.message.includes('g-1')).toBe(JSON.stringify(body).includes('g-1'));
  });

  it('may come in an envelope', async () => {
    const body = { path: '/job', body: { externalKey: 'J-1', name: 'Lead' } };
    const { value } = await askAgainst({ body }, (client) => client.position('J-1'));
    const { value: bare } = await askAgainst({ body: body.body }, (client) => client.position('J-1'));
    expect(value).toBe(bare);
  });
});
