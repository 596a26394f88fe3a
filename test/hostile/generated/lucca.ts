import fc from 'fast-check';
import { digits, email, id, instant, luccaTranslations, orNull, row, text, trimmedText } from './values.ts';

// Rows as Lucca's reference allows them (Api-Version 2024-11-01): what it requires, and any of the rest.

const url = fc.webUrl();

/** Ordinary references require an id. */
const reference = (type: string) => row({ id, type: fc.constant(type), url }, ['id']);

/** Computed ones require nothing, and are objects or absent. */
const computed = (type: string) => row({ id: digits, type: fc.constant(type), url }, []);

const links = fc.oneof(
  fc.constant(null),
  fc.constant({}),
  fc.constant({ portrait: null, employments: { href: 'https://acme.ilucca.net/lucca-api/employments?employee.id=1' } }),
);

const t9n = fc.oneof(fc.constant(null), fc.constant({}), fc.record({ title: orNull(luccaTranslations) }));

export const employeeRow = row(
  {
    id,
    type: fc.constant('employee'),
    url,
    remoteId: orNull(text(40, 1)),
    givenName: trimmedText(),
    familyName: trimmedText(),
    email: orNull(email),
    employeeNumber: orNull(text(50, 1)),
    status: fc.constantFrom('active', 'upcoming', 'deactivated'),
    birthDay: orNull(fc.record({ day: fc.integer({ min: 1, max: 31 }), month: fc.integer({ min: 1, max: 12 }) })),
    phoneNumber: orNull(text()),
    portrait: orNull(reference('portrait')),
    applicableEmployment: computed('employment'),
    applicableJobPosition: computed('job-position'),
    createdAt: instant,
    lastUpdatedAt: instant,
    links,
  },
  ['id', 'givenName', 'familyName', 'email'],
);

export const jobPositionRow = row(
  {
    type: fc.constant('job-position'),
    url,
    remoteId: orNull(text()),
    employment: reference('employment'),
    employee: computed('employee'),
    status: fc.constantFrom('active', 'upcoming', 'deactivated'),
    jobTitle: orNull(text(60)),
    jobQualification: orNull(reference('job-qualification')),
    manager: orNull(reference('employee')),
    department: reference('department'),
    t9n: fc.constantFrom(null, {}, { jobTitle: { 'fr-FR': 'Soudeur' } }),
    updatedAttributes: fc.subarray(['remoteId', 'jobTitle', 'jobQualification', 'department']),
    createdAt: instant,
    links,
  },
  ['jobTitle', 'jobQualification'],
);

export const employmentRow = row(
  {
    type: fc.constant('employment'),
    url,
    remoteId: orNull(text()),
    start: fc.record({ date: fc.constantFrom('2019-02-28', '2024-02-29', '2031-12-01') }),
    end: orNull(fc.record({ date: fc.constant('2035-01-31') })),
    template: reference('employment-template'),
    legalEntity: reference('legal-entity'),
  },
  ['start'],
);

export const jobQualificationRow = row(
  {
    id,
    type: fc.constant('job-qualification'),
    url,
    title: trimmedText(200),
    profession: reference('profession'),
    rank: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    t9n,
    createdAt: instant,
    lastUpdatedAt: instant,
    links,
  },
  ['id', 'title', 'profession', 'rank'],
);

export const professionRow = row(
  { id, type: fc.constant('profession'), url, title: trimmedText(), isArchived: fc.boolean(), t9n, links },
  ['id', 'title'],
);

export type EmployeeRow = typeof employeeRow extends fc.Arbitrary<infer Row> ? Row : never;
export type JobPositionRow = typeof jobPositionRow extends fc.Arbitrary<infer Row> ? Row : never;
export type EmploymentRow = typeof employmentRow extends fc.Arbitrary<infer Row> ? Row : never;
export type JobQualificationRow = typeof jobQualificationRow extends fc.Arbitrary<infer Row> ? Row : never;
export type ProfessionRow = typeof professionRow extends fc.Arbitrary<infer Row> ? Row : never;

/** What surrounds the rows of a page: what was not asked for may be absent, null or there. */
export const envelope = fc.record(
  {
    type: fc.constant('rows'),
    url,
    totalCount: fc.constant(null),
    links: fc.constantFrom(null, {}, { prev: null, next: null }, { next: null }),
    embedded: fc.constantFrom(null, {}, { department: {} }),
  },
  { requiredKeys: [] },
);
