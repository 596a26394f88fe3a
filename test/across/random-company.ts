import fc from 'fast-check';
import type { Company } from '../../src/sandbox/company/data.ts';
import {
  assignmentTypes,
  familyNames,
  givenNames,
  gradeKeys,
  jobQualificationIds,
  jobRoleIds,
  mailboxes,
  organisations,
  positionKeys,
  professionIds,
  uuid,
} from './random-pools.ts';

/** An index now and then out of line, so that most records agree and some do not. */
const mostly = <T>(usual: T, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));

const addressOf = (mailbox: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  fc
    .tuple(mailbox, fc.constantFrom('plain', 'plain', 'upper', 'mixed', 'padded'))
    .map(([index, spelling]) => spelled(`${mailboxes[index % mailboxes.length]}@yard.example`, spelling));

function spelled(address: string, spelling: string): string {
  if (spelling === 'upper') return address.toUpperCase();
  if (spelling === 'mixed') return address.replace('person', 'Person').replace('yard', 'Yard');
  return spelling === 'padded' ? ` ${address} ` : address;
}

const anybody = fc.nat(mailboxes.length - 1);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 5 });

/** Years in which positions begin, by employment: past, present and to come; an empty list is nothing to do yet. */
const career = fc.record({
  past: sometimes(fc.uniqueArray(fc.integer({ min: 1999, max: 2003 }), { maxLength: 2 })),
  present: fc.option(fc.uniqueArray(fc.constantFrom(2006, 2011, 2019, 2091), { maxLength: 3 }), { freq: 8 }),
  future: fc.option(fc.uniqueArray(fc.constantFrom(2093, 2094), { maxLength: 1 }), { freq: 1 }),
  qualifications: fc.array(sometimes(fc.constantFrom(...jobQualificationIds, '899')), { minLength: 6, maxLength: 6 }),
});

const personOf = (index: number) =>
  fc.record({
    givenName: fc.constantFrom(...givenNames),
    familyName: fc.constantFrom(...familyNames),
    lucca: fc.option(
      fc.record({
        email: sometimes(addressOf(mostly(index, anybody))),
        remoteId: sometimes(mostly(index, anybody)),
        employeeNumber: sometimes(mostly(index, anybody)),
        createdOn: fc.integer({ min: 10, max: 28 }),
        career,
      }),
      { freq: 5 },
    ),
    naver: fc.option(
      fc.record({
        email: sometimes(fc.oneof({ weight: 9, arbitrary: addressOf(mostly(index, anybody)) }, fc.constant('  '))),
        keys: fc.constantFrom('external', 'external', 'external', 'own', 'both', 'none'),
        employeeNumber: sometimes(mostly(index, anybody)),
        grade: sometimes(fc.constantFrom(...gradeKeys, 'G9')),
        position: sometimes(fc.constantFrom(...positionKeys)),
        hiredOn: sometimes(fc.constantFrom('', '2005-01-01', '2006-01-01', '2020-02-29')),
      }),
      { freq: 4 },
    ),
    ctrlHub: fc.option(
      fc.record({
        email: fc.oneof({ weight: 9, arbitrary: addressOf(mostly(index, anybody)) }, fc.constant('')),
        isMemberOf: fc.constantFrom([0], [0], [0, 1], [1], []),
        hasNames: fc.boolean(),
        holds: fc.uniqueArray(
          fc.record({ role: fc.nat(jobRoleIds.length - 1), type: sometimes(fc.constantFrom(...assignmentTypes)) }),
          { maxLength: 3, selector: ({ role, type }) => `${role} ${type}` },
        ),
      }),
      { freq: 4 },
    ),
  });

type DrawnPerson = ReturnType<typeof personOf> extends fc.Arbitrary<infer P> ? P : never;

const qualification = fc.record({ profession: fc.constantFrom(...professionIds), rank: fc.nat(5) });
type DrawnQualification = { profession: string; rank: number };

export const company: fc.Arbitrary<Company> = fc
  .record({
    people: fc
      .integer({ min: 5, max: 60 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => personOf(index)))),
    // More than a hundred are more than a page of Lucca's.
    qualifications: fc.oneof(
      { weight: 3, arbitrary: fc.array(qualification, { maxLength: jobQualificationIds.length }) },
      { weight: 1, arbitrary: fc.array(qualification, { minLength: 115, maxLength: 120 }) },
    ),
  })
  .map(({ people, qualifications }) => ({
    lucca: toLucca(people, qualifications),
    naver: toNaver(people),
    ctrlHub: toCtrlHub(people),
  }));

const keyOf = (index: number): string => `emp-${index}`;
const numberOf = (index: number): string => String(1_000_000 + index);

function toLucca(people: readonly DrawnPerson[], qualifications: readonly DrawnQualification[]): Company['lucca'] {
  const lucca: Company['lucca'] = {
    employees: [],
    employments: [],
    jobPositions: [],
    jobQualifications: qualifications.map(({ profession, rank }, index) => ({
      id: String(801 + index),
      title: `Qualification ${index}`,
      professionId: profession,
      rank,
      titles: {},
      createdAt: '2019-01-01T00:00:00Z',
      lastUpdatedAt: '2019-01-01T00:00:00Z',
    })),
    professions: professionIds.map((id) => ({ id, title: `Profession ${id}`, isArchived: false, titles: {} })),
  };
  for (const [index, { givenName, familyName, lucca: row }] of people.entries()) {
    if (row === null) continue;
    // From five digits to six: identifiers that text would order otherwise than numbers.
    const id = String(99_980 + index);
    lucca.employees.push({
      id,
      remoteId: row.remoteId === null ? null : keyOf(row.remoteId),
      givenName,
      familyName,
      email: row.email?.trim() ?? null,
      employeeNumber: row.employeeNumber === null ? null : numberOf(row.employeeNumber),
      createdAt: `2020-03-${row.createdOn}T00:00:00.0000Z`,
      lastUpdatedAt: '2024-01-01T00:00:00.0000Z',
    });
    addCareer(lucca, id, index, row.career);
  }
  return lucca;
}

type Career = NonNullable<DrawnPerson['lucca']>['career'];

function addCareer(lucca: Company['lucca'], employeeId: string, index: number, drawn: Career): void {
  const { past, present, future, qualifications } = drawn;
  const employments = [
    { years: past, startsOn: '1999-01-01', endsOn: '2004-06-30' },
    { years: present, startsOn: '2006-01-01', endsOn: future === null ? null : '2092-12-31' },
    { years: future, startsOn: '2093-01-01', endsOn: null },
  ];
  const left = [...qualifications];
  for (const [number, { years, startsOn, endsOn }] of employments.entries()) {
    if (years === null) continue;
    const employmentId = String(300_000 + index * 10 + number);
    lucca.employments.push({ id: employmentId, employeeId, startsOn, endsOn });
    for (const year of years.toSorted((a, b) => a - b)) {
      lucca.jobPositions.push({
        id: String(600_000 + lucca.jobPositions.length),
        employeeId,
        employmentId,
        startsOn: `${year}-01-01`,
        jobTitle: null,
        jobQualificationId: left.pop() ?? null,
        departmentId: '51',
      });
    }
  }
}

function toNaver(people: readonly DrawnPerson[]): Company['naver'] {
  return {
    companyId: uuid('c0900000', 1),
    grades: gradeKeys.map((key, index) => toItem(key, index)),
    jobs: positionKeys.map((key, index) => toItem(key, index)),
    employees: people.flatMap(({ givenName, familyName, naver: row }, index) =>
      row === null
        ? []
        : {
            externalKey: row.keys === 'external' || row.keys === 'both' ? keyOf(index) : null,
            empId: row.keys === 'own' || row.keys === 'both' ? uuid('e3b00000', index) : null,
            loginId: `login-${index}`,
            emailAddress: row.email,
            name: `${givenName} ${familyName}`,
            i18nNames: {},
            employYmd: row.hiredOn,
            empNo: row.employeeNumber === null ? null : numberOf(row.employeeNumber),
            gradeExternalKey: row.grade,
            jobExternalKey: row.position,
            deptExternalKey: 'D01',
          },
    ),
  };
}

const toItem = (externalKey: string, sortOrder: number) => ({
  externalKey,
  name: externalKey,
  i18nNames: {},
  sortOrder,
  itemUsed: true,
});

function toCtrlHub(people: readonly DrawnPerson[]): Company['ctrlHub'] {
  const users = people.flatMap((person, index) =>
    person.ctrlHub === null ? [] : [{ ...person.ctrlHub, person, id: uuid('05e50000', index) }],
  );
  const createdAt = '2023-05-05T08:00:00Z';
  return {
    organisations: organisations.map((id, index) => ({
      id,
      name: `Yard ${index}`,
      slug: `yard-${index}`,
      description: '',
    })),
    users: users.map(({ id, email, hasNames, isMemberOf, person }) => ({
      id,
      email,
      firstName: hasNames ? person.givenName : '',
      lastName: hasNames ? person.familyName : '',
      organisationIds: isMemberOf.flatMap((index) => organisations[index] ?? []),
    })),
    jobRoles: jobRoleIds.map((id) => ({
      id,
      name: `Role ${id}`,
      description: '',
      jobRoleType: 'operative',
      required: [],
      optional: [],
      organisationId: null,
      createdAt,
      updatedAt: createdAt,
      deletedAt: null,
    })),
    assignments: users
      .flatMap(({ id: userId, holds }) =>
        holds.map(({ role, type }) => ({ userId, roleId: jobRoleIds[role] ?? '', type })),
      )
      .map((it, index) => ({ ...it, id: uuid('a5510000', index), createdAt })),
  };
}
