import { describe, expect, it } from 'vitest';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';

const fold = (email: string | null) => email?.trim().toLowerCase() ?? null;
const isMixed = (text: string | null) => text !== null && text !== text.toLowerCase();
const isLower = (text: string | null) => text !== null && text === text.toLowerCase();

/** The values that several rows share; null is nobody's value. */
function shared<T>(rows: readonly T[], key: (row: T) => string | null): string[] {
  const groups = Map.groupBy(rows, key);
  return [...groups].flatMap(([value, group]) => (value !== null && group.length > 1 ? [value] : []));
}

/** Pairs of rows with the same, non-null value. */
function join<A, B>(
  left: readonly A[],
  a: (row: A) => string | null,
  right: readonly B[],
  b: (row: B) => string | null,
) {
  const candidates = Map.groupBy(right, b);
  return left.flatMap((row) => {
    const value = a(row);
    return value === null ? [] : (candidates.get(value) ?? []).map((other) => [row, other] as const);
  });
}

describe.each([{}, { people: 200, seed: 77 }, { people: 3000, seed: 3 }])('the company made from %o', (options) => {
  const { lucca, ctrlHub, naver } = createCompany(options);
  const { employees, jobQualifications } = lucca;
  const { users, assignments } = ctrlHub;
  const positionsOf = Map.groupBy(lucca.jobPositions, ({ employeeId }) => employeeId);
  const assignmentsOf = Map.groupBy(assignments, ({ userId }) => userId);
  const emailOf = ({ email }: { email: string | null }) => fold(email);
  const naverEmailOf = ({ emailAddress }: { emailAddress: string | null }) => fold(emailAddress);
  const inNaver = join(employees, emailOf, naver.employees, naverEmailOf);
  const inCtrlHub = join(employees, emailOf, users, emailOf);
  const byRemoteId = join(
    employees,
    (row) => row.remoteId,
    naver.employees,
    (row) => row.externalKey,
  );
  const byNumber = join(
    employees,
    (row) => row.employeeNumber,
    naver.employees,
    (row) => row.empNo,
  );

  describe('identities', () => {
    it('has about 85 % of the people in Lucca, and four fifths of those in each other system', () => {
      const { people = 200 } = options as { people?: number };
      const linked = new Set([...inNaver, ...byRemoteId, ...byNumber].map(([{ id }]) => id));
      expect(employees.length / people).toBeCloseTo(0.85, 1);
      expect(linked.size / employees.length).toBeCloseTo(0.8, 1);
      expect(inCtrlHub.length / employees.length).toBeCloseTo(0.8, 1);
    });

    it('has people known to NAVER only, to Ctrl Hub only, and to both but not to Lucca', () => {
      const linked = new Set([...inNaver, ...byRemoteId, ...byNumber].map(([, { loginId }]) => loginId));
      const known = new Set(employees.map(emailOf));
      const newToLucca = naver.employees.filter(({ loginId }) => !linked.has(loginId));
      const usersNewToLucca = users.filter((user) => !known.has(emailOf(user)));
      const both = join(newToLucca, naverEmailOf, usersNewToLucca, emailOf);
      expect(both).not.toEqual([]);
      expect(newToLucca.length).toBeGreaterThan(both.length);
      expect(usersNewToLucca.length).toBeGreaterThan(both.length);
    });

    it('spells e-mails in mixed case here and lower case there, in every direction', () => {
      expect(
        inNaver.filter(([{ email }, other]) => isMixed(email) && isLower(other.emailAddress)).length,
      ).toBeGreaterThan(1);
      expect(
        inNaver.filter(([{ email }, other]) => isLower(email) && isMixed(other.emailAddress)).length,
      ).toBeGreaterThan(1);
      expect(inCtrlHub.filter(([{ email }, other]) => isMixed(email) && isLower(other.email)).length).toBeGreaterThan(
        1,
      );
      expect(inCtrlHub.filter(([{ email }, other]) => isLower(email) && isMixed(other.email)).length).toBeGreaterThan(
        1,
      );
    });

    it('has blanks around e-mails in NAVER, and nowhere else', () => {
      const isPadded = (email: string | null) => email !== null && email !== email.trim();
      expect(inNaver.filter(([, { emailAddress }]) => isPadded(emailAddress)).length).toBeGreaterThan(1);
      expect([...employees, ...users].filter(({ email }) => isPadded(email))).toEqual([]);
    });

    it('links some people without an e-mail in Lucca by remoteId alone', () => {
      const linked = byRemoteId.filter(([{ email }, { emailAddress }]) => email === null && emailAddress !== null);
      expect(linked.filter(([row, other]) => row.employeeNumber !== other.empNo)).not.toEqual([]);
    });

    it('links some people by employee number alone, with and without an e-mail in Lucca', () => {
      const only = byNumber.filter(
        ([row, other]) => row.remoteId !== other.externalKey && fold(row.email) !== fold(other.emailAddress),
      );
      expect(only.filter(([{ email }]) => email === null)).not.toEqual([]);
      expect(only.filter(([{ email }]) => email !== null)).not.toEqual([]);
    });

    it('links some people by remoteId although their e-mails differ altogether', () => {
      const differ = byRemoteId.filter(([{ email }, { emailAddress }]) => email !== null && emailAddress !== null);
      expect(differ.filter(([row, other]) => fold(row.email) !== fold(other.emailAddress))).not.toEqual([]);
    });

    it('never lets two identifiers of one person lead to two people', () => {
      const conflicted = shared(naver.employees, naverEmailOf);
      const clear = inNaver.filter(([{ email }]) => !conflicted.includes(fold(email) ?? ''));
      const targets = Map.groupBy([...clear, ...byRemoteId, ...byNumber], ([{ id }]) => id);
      expect(
        [...targets.values()].filter((pairs) => new Set(pairs.map(([, { loginId }]) => loginId)).size > 1),
      ).toEqual([]);
    });

    it('has remoteIds that NAVER does not know', () => {
      const keys = new Set(naver.employees.map(({ externalKey }) => externalKey));
      expect(employees.filter(({ remoteId }) => remoteId !== null && !keys.has(remoteId))).not.toEqual([]);
    });

    it('has exactly one e-mail shared inside each system, by two people', () => {
      const [inLuccaTwice] = shared(employees, emailOf);
      expect(shared(employees, emailOf)).toEqual(['zetterberg@hanbit-marine.example']);
      expect(shared(users, emailOf)).toEqual(['harbour.control@hanbit-marine.example']);
      expect(shared(naver.employees, naverEmailOf)).toEqual(['yard.office@hanbit-marine.example']);
      expect(employees.filter((row) => emailOf(row) === inLuccaTwice)).toHaveLength(2);
      expect(users.filter((row) => emailOf(row) === 'harbour.control@hanbit-marine.example')).toHaveLength(2);
      expect(naver.employees.filter((row) => naverEmailOf(row) === 'yard.office@hanbit-marine.example')).toHaveLength(
        2,
      );
    });

    it('sorts the couple that shares an e-mail next to each other', () => {
      const sorted = employees.toSorted((a, b) =>
        a.familyName < b.familyName ? -1 : Number(a.familyName > b.familyName),
      );
      const first = sorted.findIndex((row) => row.email === 'zetterberg@hanbit-marine.example');
      expect(sorted[first + 1]).toMatchObject({ email: sorted[first]?.email, familyName: sorted[first]?.familyName });
    });
  });

  describe('the showcase', () => {
    const crew = inCtrlHub.flatMap(([employee, user]) => {
      const link = [...inNaver, ...byRemoteId].find(([{ id }]) => id === employee.id);
      const current = positionsOf.get(employee.id)?.findLast(({ startsOn }) => startsOn <= '2026-11-01');
      const qualification = jobQualifications.find(({ id }) => id === current?.jobQualificationId);
      const held = assignmentsOf.get(user.id) ?? [];
      const isComplete = link?.[1].gradeExternalKey === 'G04' && link[1].jobExternalKey === 'J02' && held.length > 0;
      return isComplete && qualification
        ? [{ email: employee.email, qualification, roleIds: held.map((row) => row.roleId) }]
        : [];
    });

    it('is one person with three identities, a grade, a position, a qualification and assignments', () => {
      expect(crew.filter(({ email }) => email === SHOWCASE_EMAIL)).toHaveLength(1);
    });

    it('holds a qualification of rank 2 or more, as several people of the same grade and job role do', () => {
      const [mina] = crew.filter(({ email }) => email === SHOWCASE_EMAIL);
      const alike = crew.filter(
        ({ qualification, roleIds }) =>
          qualification === mina?.qualification && roleIds.includes(mina.roleIds[0] ?? ''),
      );
      expect(mina?.qualification.rank).toBeGreaterThanOrEqual(2);
      expect(alike.length).toBeGreaterThanOrEqual(5);
    });
  });
});
