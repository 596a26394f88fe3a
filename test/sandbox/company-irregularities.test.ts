import { describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';

/** The values that several rows share; null is nobody's value. */
function shared<T>(rows: readonly T[], key: (row: T) => string | null): string[] {
  const groups = Map.groupBy(rows, key);
  return [...groups].flatMap(([value, group]) => (value !== null && group.length > 1 ? [value] : []));
}

type Status = 'active' | 'upcoming' | 'deactivated';

/** Lucca's rule, from somebody's employments. Null for somebody who never had one. */
function statusOn(today: string, employments: Company['lucca']['employments'] = []): Status | null {
  if (employments.some(({ startsOn, endsOn }) => startsOn <= today && (endsOn === null || endsOn >= today)))
    return 'active';
  if (employments.some(({ startsOn }) => startsOn > today)) return 'upcoming';
  return employments.length > 0 ? 'deactivated' : null;
}

describe.each([{}, { people: 200, seed: 77 }, { people: 3000, seed: 3 }])('the company made from %o', (options) => {
  const { lucca, ctrlHub, naver } = createCompany(options);
  const { employees, jobQualifications, professions } = lucca;
  const { users, jobRoles, assignments } = ctrlHub;
  const [own, sister] = ctrlHub.organisations.map(({ id }) => id);
  const employmentsOf = Map.groupBy(lucca.employments, ({ employeeId }) => employeeId);
  const positionsOf = Map.groupBy(lucca.jobPositions, ({ employeeId }) => employeeId);
  const assignmentsOf = Map.groupBy(assignments, ({ userId }) => userId);

  it.each([
    ['marks and letters beyond ASCII', /[łąż]|[äöüß]|[ãçõ]/i],
    ['marks that no single letter includes', /\p{M}/u],
    ['apostrophes, straight and curly', /\p{L}['’]\p{Lu}/u],
    ['hyphens', /\p{L}-\p{L}/u],
    ['particles', /^(van der|dos|de|von|El|Ben) /],
  ])('has names with %s', (_, pattern) => {
    const names = employees.flatMap(({ givenName, familyName }) => [givenName, familyName]);
    expect(names.filter((name) => pattern.test(name)).length).toBeGreaterThan(1);
  });

  it.each(['Hangul', 'Han'])('has names written in %s in NAVER', (script) => {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
    expect(naver.employees.filter(({ name }) => pattern.test(name)).length).toBeGreaterThan(1);
  });

  describe('Lucca', () => {
    it('has active, upcoming and deactivated employees, whose status stays the same for decades', () => {
      const statuses = (today: string) => employees.map(({ id }) => statusOn(today, employmentsOf.get(id)));
      expect(new Set(statuses('2026-11-01'))).toEqual(new Set(['active', 'upcoming', 'deactivated', null]));
      expect(statuses('2089-12-31')).toEqual(statuses('2026-01-01'));
    });

    it('has careers of no, one and several positions, of several employments, and with a promotion to come', () => {
      const positionCounts = employees.map(({ id }) => positionsOf.get(id)?.length ?? 0);
      expect(new Set(positionCounts)).toEqual(new Set([0, 1, 2, 3, 4]));
      expect(employees.filter(({ id }) => employmentsOf.has(id) && !positionsOf.has(id))).not.toEqual([]);
      expect(employees.filter(({ id }) => !employmentsOf.has(id))).not.toEqual([]);
      expect([...employmentsOf.values()].filter(({ length }) => length > 1)).not.toEqual([]);
      const planned = [...positionsOf.values()].filter(
        (row) => (row[0]?.startsOn ?? '9') < '2026-01-01' && (row.at(-1)?.startsOn ?? '') > '2090',
      );
      expect(planned).not.toEqual([]);
    });

    it('has positions without a qualification or a job title, and people with a single name', () => {
      expect(lucca.jobPositions.filter(({ jobQualificationId }) => jobQualificationId === null)).not.toEqual([]);
      expect(lucca.jobPositions.filter(({ jobTitle }) => jobTitle === null)).not.toEqual([]);
      expect(employees.filter(({ givenName }) => givenName === '-')).not.toEqual([]);
    });

    it('has an archived profession in use, one without qualifications and a qualification that nobody holds', () => {
      const held = new Set(lucca.jobPositions.map(({ jobQualificationId }) => jobQualificationId));
      const heldProfessions = new Set(jobQualifications.flatMap((row) => (held.has(row.id) ? row.professionId : [])));
      const qualified = new Set(jobQualifications.map(({ professionId }) => professionId));
      expect(professions.filter(({ id, isArchived }) => isArchived && heldProfessions.has(id))).toHaveLength(1);
      expect(professions.filter(({ id }) => !qualified.has(id)).map(({ title }) => title)).toEqual(['Diving']);
      expect(jobQualifications.filter(({ id }) => !held.has(id)).map(({ title }) => title)).toEqual([
        'Chief Naval Architect',
      ]);
    });

    it('translates some titles by region, some by language alone, some not at all', () => {
      const tags = [...professions, ...jobQualifications].map(({ titles }) => Object.keys(titles));
      expect(new Set(tags.flat())).toEqual(
        expect.objectContaining(new Set(['fr-FR', 'fr', 'fr-CH', 'de-DE', 'en-US'])),
      );
      expect(tags.filter((row) => row.includes('fr') && !row.includes('fr-FR'))).not.toEqual([]);
      expect(tags.filter(({ length }) => length === 0)).not.toEqual([]);
    });
  });

  describe('NAVER', () => {
    it('has people with a null key but an empId, and one with neither but an e-mail', () => {
      const keyless = naver.employees.filter(({ externalKey }) => externalKey === null);
      expect(keyless.filter(({ empId }) => empId !== null)).not.toEqual([]);
      expect(keyless.filter(({ empId }) => empId === null)).toMatchObject([
        { emailAddress: expect.stringContaining('@') },
      ]);
    });

    it('has blank and null hire dates, people without a grade or a job, and a grade that does not exist', () => {
      const dates = naver.employees.map(({ employYmd }) => employYmd);
      expect(dates).toContain('');
      expect(dates).toContain(null);
      expect(dates.filter((date) => date && !/^\d{4}-\d\d-\d\d$/.test(date))).toEqual([]);
      const gradeKeys = naver.employees.map(({ gradeExternalKey }) => gradeExternalKey);
      expect(gradeKeys).toContain(null);
      expect(gradeKeys).toContain('G99');
      expect(naver.employees.map(({ jobExternalKey }) => jobExternalKey)).toContain(null);
    });

    it.each(['grades', 'jobs'] as const)('has unused %s, held and not, equal sort orders and blank names', (kind) => {
      const items = naver[kind];
      const held = new Set(naver.employees.flatMap((row) => [row.gradeExternalKey, row.jobExternalKey]));
      const unused = items.filter(({ itemUsed }) => !itemUsed);
      expect(unused.filter(({ externalKey }) => held.has(externalKey))).toHaveLength(1);
      expect(unused.filter(({ externalKey }) => !held.has(externalKey))).toHaveLength(1);
      expect(shared(items, ({ sortOrder }) => String(sortOrder))).toHaveLength(1);
      const names = items.flatMap(({ i18nNames }) => Object.values(i18nNames));
      expect(names).toContain('');
      expect(names).toContain('  ');
      expect(items.filter(({ i18nNames }) => Object.keys(i18nNames).length === 0)).not.toEqual([]);
    });

    it('has one grade without a key', () => {
      expect(naver.grades.filter(({ externalKey }) => externalKey === null)).toHaveLength(1);
    });
  });

  describe('Ctrl Hub', () => {
    it('has members without assignments, with one and with several', () => {
      const members = users.filter(({ organisationIds }) => organisationIds.includes(own ?? ''));
      const counts = new Set(members.map(({ id }) => assignmentsOf.get(id)?.length ?? 0));
      expect([...counts].sort()).toEqual([0, 1, 2, 3, 4, 6]);
    });

    it('has users of the second organisation alone, who all hold an assignment', () => {
      const guests = users.filter(({ organisationIds }) => organisationIds.every((id) => id === sister));
      expect(guests).not.toEqual([]);
      expect(guests.filter(({ id }) => !assignmentsOf.has(id))).toEqual([]);
    });

    it('has one role twice under two types for some users, and assignments without a type', () => {
      const twice = shared(assignments, ({ userId, roleId }) => `${userId} ${roleId}`);
      expect(twice).not.toEqual([]);
      expect(assignments.filter(({ type }) => type === null)).not.toEqual([]);
    });

    it('has a deleted role still held, roles of no organisation, one that nobody holds and empty lists', () => {
      const held = new Set(assignments.map(({ roleId }) => roleId));
      expect(jobRoles.filter(({ id, deletedAt }) => deletedAt !== null && held.has(id))).toHaveLength(1);
      expect(jobRoles.filter(({ id, organisationId }) => organisationId === null && held.has(id))).not.toEqual([]);
      expect(jobRoles.filter(({ id }) => !held.has(id))).toHaveLength(1);
      expect(jobRoles.filter(({ required, optional }) => required.length + optional.length === 0)).not.toEqual([]);
      expect(new Set(jobRoles.map(({ organisationId }) => organisationId))).toEqual(new Set([own, sister, null]));
    });

    it('has a role with 3 to 100 assignments', () => {
      const sizes = [...Map.groupBy(assignments, ({ roleId }) => roleId).values()].map(({ length }) => length);
      expect(sizes.filter((size) => size >= 3 && size <= 100)).not.toEqual([]);
    });

    it('has users without a first name, without a last name and without both', () => {
      const emptiness = users.map(({ firstName, lastName }) => `${firstName === ''} ${lastName === ''}`);
      expect(new Set(emptiness)).toEqual(new Set(['true true', 'true false', 'false true', 'false false']));
    });
  });
});
