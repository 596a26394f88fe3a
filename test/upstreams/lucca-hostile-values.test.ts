import { describe, expect, it } from 'vitest';
import { company, idsOf, person, withLucca } from './lucca-fixture.ts';

const bare = { embedded: false };

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
