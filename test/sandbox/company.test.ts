import { describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';

/** The values that several rows share; null is nobody's value. */
function shared<T>(rows: readonly T[], key: (row: T) => string | null): string[] {
  const groups = Map.groupBy(rows, key);
  return [...groups].flatMap(([value, group]) => (value !== null && group.length > 1 ? [value] : []));
}

function largestGroup<T>(rows: readonly T[], key: (row: T) => string): number {
  return Math.max(
    ...Map.groupBy(rows, key)
      .values()
      .map((group) => group.length),
  );
}

describe('createCompany', () => {
  it('makes the same company from the same options, and another from another seed', () => {
    expect(createCompany()).toEqual(createCompany({ people: 200, seed: 1 }));
    expect(createCompany({ seed: 2 })).not.toEqual(createCompany());
  });

  it('shares nothing between two companies, so that one may be changed', () => {
    const changed = createCompany();
    for (const { titles } of changed.lucca.professions) titles['fr-FR'] = 'changed';
    for (const { i18nNames } of changed.naver.grades) i18nNames.ko_KR = 'changed';
    for (const { required } of changed.ctrlHub.jobRoles) required.push('changed');
    expect(JSON.stringify(createCompany())).not.toContain('changed');
  });

  it('has 200 people unless asked otherwise, 100 to 200 of them in each directory', () => {
    const { lucca, ctrlHub, naver } = createCompany();
    const members = ctrlHub.users.filter(({ organisationIds }) =>
      organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''),
    );
    expect(lucca.employees).toHaveLength(169);
    expect(naver.employees).toHaveLength(159);
    expect(ctrlHub.users).toHaveLength(153);
    expect(members).toHaveLength(143);
    expect(lucca.jobQualifications).toHaveLength(30);
    expect(lucca.professions).toHaveLength(9);
    expect(naver.grades).toHaveLength(12);
    expect(naver.jobs).toHaveLength(10);
    expect(ctrlHub.jobRoles).toHaveLength(25);
    expect(ctrlHub.assignments.length).toBeGreaterThan(270);
    expect(ctrlHub.assignments.length).toBeLessThanOrEqual(300);
  });

  it.each([0, 1, 8, 12, 50])('makes a company of %i people too', (people) => {
    const { lucca, naver, ctrlHub } = createCompany({ people });
    expect(lucca.employees.length).toBeLessThanOrEqual(people);
    expect(naver.employees.length).toBeLessThanOrEqual(people);
    expect(ctrlHub.users.length).toBeLessThanOrEqual(people);
  });

  it('grows with the people asked for, and nothing grows faster', () => {
    const sizes = (people: number) => {
      const { lucca, naver, ctrlHub } = createCompany({ people });
      const { employees, employments, jobPositions } = lucca;
      const growing = [employees, employments, jobPositions, naver.employees, ctrlHub.users, ctrlHub.assignments];
      return growing.map(({ length }) => length / people);
    };
    const small = sizes(2000);
    for (const [index, perPerson] of sizes(20_000).entries()) expect(perPerson).toBeCloseTo(small[index] ?? 0, 1);
  });
});

describe.each([{}, { people: 200, seed: 77 }, { people: 20_000, seed: 3 }])('the company made from %o', (options) => {
  const { lucca, ctrlHub, naver } = createCompany(options);
  const positionsOf = Map.groupBy(lucca.jobPositions, ({ employeeId }) => employeeId);
  const employmentsOf = Map.groupBy(lucca.employments, ({ employeeId }) => employeeId);

  describe('ids', () => {
    it('are numeric strings in ranges of their own in Lucca', () => {
      const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
      const all = [lucca.employees, lucca.employments, lucca.jobPositions, lucca.jobQualifications, lucca.professions];
      const departments = lucca.jobPositions.map(({ departmentId }) => departmentId);
      expect([...all.flatMap(ids), ...departments].filter((id) => !/^[1-9]\d*$/.test(id))).toEqual([]);
      expect(new Set([...all.flatMap(ids), ...departments]).size).toBe(all.flat().length + new Set(departments).size);
      expect(all.map((rows) => rows[0]?.id)).toEqual(['20001', '40001', '60001', '801', '31']);
    });

    it('are lower-case version 4 UUIDs with a prefix of their own kind in Ctrl Hub and NAVER', () => {
      const kinds = [ctrlHub.organisations, ctrlHub.users, ctrlHub.jobRoles, ctrlHub.assignments].map((rows) =>
        rows.map(({ id }) => id),
      );
      kinds.push(
        naver.employees.flatMap(({ empId }) => empId ?? []),
        [naver.companyId],
      );
      const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
      for (const ids of kinds) {
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => !uuid.test(id))).toEqual([]);
        expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(1);
      }
      expect(new Set(kinds.map(([id]) => id?.slice(0, 8))).size).toBe(kinds.length);
    });

    it('are unique where a vendor demands it', () => {
      expect(shared(naver.employees, ({ externalKey }) => externalKey)).toEqual([]);
      expect(shared(naver.employees, ({ loginId }) => loginId)).toEqual([]);
      expect(shared(naver.employees, ({ empNo }) => empNo)).toEqual([]);
      expect(shared(lucca.employees, ({ remoteId }) => remoteId)).toEqual([]);
      expect(shared(lucca.employees, ({ employeeNumber }) => employeeNumber)).toEqual([]);
      expect(shared([...naver.grades, ...naver.jobs], ({ externalKey }) => externalKey)).toEqual([]);
    });
  });

  describe('invariants', () => {
    it('keeps every reference to something that exists, one deleted grade excepted', () => {
      const known = new Set<string | null>([null, ...Object.values(lucca).flatMap((rows) => rows.map(({ id }) => id))]);
      const referred = lucca.jobPositions.flatMap((row) => [row.employeeId, row.employmentId, row.jobQualificationId]);
      referred.push(...lucca.employments.map(({ employeeId }) => employeeId));
      referred.push(...lucca.jobQualifications.map(({ professionId }) => professionId));
      for (const rows of Object.values(ctrlHub)) for (const { id } of rows) known.add(id);
      referred.push(...ctrlHub.assignments.flatMap(({ userId, roleId }) => [userId, roleId]));
      referred.push(...ctrlHub.users.flatMap(({ organisationIds }) => organisationIds));
      referred.push(...ctrlHub.jobRoles.map(({ organisationId }) => organisationId));
      for (const { externalKey } of [...naver.grades, ...naver.jobs]) known.add(externalKey);
      referred.push(...naver.employees.flatMap((row) => [row.gradeExternalKey, row.jobExternalKey]));
      expect([...new Set(referred.filter((reference) => !known.has(reference)))]).toEqual(['G99']);
    });

    it('names every qualification, profession, grade and job once, with ranks from 1 to 5', () => {
      expect(shared(lucca.jobQualifications, ({ title }) => title)).toEqual([]);
      expect(shared(lucca.professions, ({ title }) => title)).toEqual([]);
      expect(shared(naver.grades, ({ name }) => name)).toEqual([]);
      expect(shared(naver.jobs, ({ name }) => name)).toEqual([]);
      expect([...new Set(lucca.jobQualifications.map(({ rank }) => rank))].sort()).toEqual([1, 2, 3, 4, 5]);
    });

    it('gives everybody a name in Lucca, and only invented addresses anywhere', () => {
      expect(lucca.employees.filter(({ givenName, familyName }) => !givenName.trim() || !familyName.trim())).toEqual(
        [],
      );
      const written = [...lucca.employees, ...ctrlHub.users].map(({ email }) => email);
      written.push(...naver.employees.flatMap(({ emailAddress, loginId }) => [emailAddress, loginId]));
      const emails = written.flatMap((email) => email?.trim() ?? []);
      expect(emails.filter((email) => !/^[a-z\d]+([.-][a-z\d]+)*@[a-z-]+(\.by-works)?\.example$/i.test(email))).toEqual(
        [],
      );
    });

    it('never lets positions or employments of one employee overlap', () => {
      for (const employments of employmentsOf.values()) {
        for (const [index, { id, startsOn, endsOn }] of employments.entries()) {
          const next = employments[index + 1];
          if (endsOn !== null) expect(endsOn > startsOn).toBe(true);
          if (next) expect(endsOn !== null && endsOn < next.startsOn).toBe(true);
          const starts =
            positionsOf.get(employments[0]?.employeeId ?? '')?.filter((row) => row.employmentId === id) ?? [];
          const days = starts.map((position) => position.startsOn);
          if (days.length > 0) expect(days[0]).toBe(startsOn);
          expect(days).toEqual([...new Set(days)].sort());
          expect(endsOn === null || (days.at(-1) ?? startsOn) < endsOn).toBe(true);
        }
      }
    });

    it('assigns no role more than 100 times, nor the same role and type twice to one user', () => {
      expect(largestGroup(ctrlHub.assignments, ({ roleId }) => roleId)).toBeLessThanOrEqual(100);
      expect(shared(ctrlHub.assignments, ({ userId, roleId, type }) => `${userId} ${roleId} ${type}`)).toEqual([]);
    });
  });
});
