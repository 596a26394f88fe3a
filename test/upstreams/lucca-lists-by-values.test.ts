import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { againstServer, company, crowd, idsOf, person, withLucca } from './lucca-fixture.ts';

const bare = { embedded: false };

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
