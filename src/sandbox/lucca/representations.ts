import type { LuccaData, LuccaEmployeeRow, LuccaJobPositionRow, LuccaJobQualificationRow } from '../company/data.ts';
import { mayRead, type ScopeFamily } from './scopes.ts';
import type { LuccaEmploymentRow, Status } from './timeline.ts';
import type { Json, View } from './view.ts';

const collections = {
  'business-establishment': 'business-establishments',
  department: 'departments',
  employee: 'employees',
  employment: 'employments',
  'employment-template': 'employment-templates',
  'job-position': 'job-positions',
  'job-qualification': 'job-qualifications',
  'legal-entity': 'legal-entities',
  profession: 'professions',
};

/** The only ones of the tenant. Lucca requires them on employments and job positions. */
export const tenantIds = { legalEntity: '910001', businessEstablishment: '920001', template: '930001' };

export const reference = (type: keyof typeof collections, id: string, { baseUrl }: View): Json => ({
  id,
  type,
  url: `${baseUrl}/${collections[type]}/${encodeURIComponent(id)}`,
});

export const referenceOrNull = (
  type: keyof typeof collections,
  id: string | null | undefined,
  view: View,
): Json | null => (id == null ? null : reference(type, id, view));

/** Lucca, Job qualification: a profession and a rank; `links` is always empty. */
export function representJobQualification(row: LuccaJobQualificationRow, view: View): Json {
  const members = {
    ...reference('job-qualification', row.id, view),
    title: row.title,
    profession: reference('profession', row.professionId, view),
    rank: row.rank,
    t9n: translationsOf(row.titles),
    createdAt: row.createdAt,
    lastUpdatedAt: row.lastUpdatedAt,
  };
  return complete(members, {}, view);
}

/** Lucca, Profession; `links` is always empty. */
export function representProfession(row: LuccaData['professions'][number], view: View): Json {
  const members = {
    ...reference('profession', row.id, view),
    title: row.title,
    isArchived: row.isArchived,
    t9n: translationsOf(row.titles),
  };
  return complete(members, {}, view);
}

/** Lucca, Employee: no position, title or department; those are on the job-position. */
export function representEmployee(row: LuccaEmployeeRow, view: View): Json {
  const { timeline } = view;
  const members = {
    ...reference('employee', row.id, view),
    remoteId: row.remoteId,
    givenName: row.givenName,
    familyName: row.familyName,
    email: row.email,
    employeeNumber: row.employeeNumber,
    status: statusMember(timeline.statusOfEmployee(row), view),
    birthDay: row.birthDay ?? null,
    phoneNumber: null,
    portrait: null,
    ...applicable('applicableEmployment', 'employment', timeline.applicableEmployment(row)?.id, view),
    ...applicable('applicableJobPosition', 'job-position', timeline.applicableJobPosition(row)?.id, view),
    createdAt: row.createdAt,
    lastUpdatedAt: row.lastUpdatedAt,
  };
  const links = {
    employments: linkTo('employments', `employee.id=${row.id}`, view),
    jobPositions: linkTo('job-positions', `employment.employee.id=${row.id}`, view),
    personalRecord: null,
    portrait: null,
  };
  return complete(members, links, view);
}

/** A computed reference: an object or absent, and never null. */
function applicable(name: string, type: keyof typeof collections, id: string | undefined, view: View): Json {
  if (id !== undefined) return { [name]: reference(type, id, view) };
  if (view.knobs.noApplicable === 'absent') return {};
  return { [name]: view.knobs.noApplicable === 'empty' ? {} : null };
}

/** Lucca, Employment. */
export function representEmployment(row: LuccaEmploymentRow, view: View): Json {
  const members = {
    ...reference('employment', row.id, view),
    remoteId: null,
    employee: reference('employee', row.employeeId, view),
    legalEntity: reference('legal-entity', tenantIds.legalEntity, view),
    status: statusMember(view.timeline.statusOf(row), view),
    start: { date: row.startsOn },
    end: row.endsOn === null ? null : { date: row.endsOn },
    document: null,
    template: reference('employment-template', tenantIds.template, view),
    ...timestampsSince(row.startsOn),
  };
  const links = {
    document: null,
    jobPositions: linkTo('job-positions', `employment.id=${row.id}`, view),
    probationaryPeriods: null,
  };
  return complete(members, links, view);
}

/** Lucca, Job position: the position of an employee, its place and its period; `links` is always empty. */
export function representJobPosition(row: LuccaJobPositionRow, view: View): Json {
  const { timeline } = view;
  const members = {
    ...reference('job-position', row.id, view),
    remoteId: null,
    employment: reference('employment', row.employmentId, view),
    employee: reference('employee', row.employeeId, view),
    status: statusMember(timeline.statusOfJobPosition(row), view),
    startsOn: row.startsOn,
    endsOn: timeline.endOfJobPosition(row),
    businessEstablishment: reference('business-establishment', tenantIds.businessEstablishment, view),
    jobTitle: row.jobTitle,
    jobQualification: referenceOrNull('job-qualification', row.jobQualificationId, view),
    manager: null,
    occupationCategory: null,
    workingTimeArrangement: null,
    department: reference('department', row.departmentId, view),
    document: null,
    notes: null,
    t9n: {},
    updatedAttributes: timeline.changedSincePreviousPosition(row),
    ...timestampsSince(row.startsOn),
  };
  return complete(members, {}, view);
}

/** Links are sent if `include` names them (Lucca, Expanding responses). The knobs decide about the rest. */
export function complete(members: Json, links: Json, { includes, knobs }: View): Json {
  const unasked = knobs.unaskedIncludes === 'null' ? { links: null } : {};
  return {
    ...(knobs.optionalKeys === 'null' ? members : withoutEmptyOptionals(members)),
    ...(includes.has('links') ? { links: knobs.nullLinks ? null : links } : unasked),
    ...unknownMembers(knobs.unknownMembers),
  };
}

/** The e-mail address is the only key that Lucca requires and that may be null. */
const withoutEmptyOptionals = (members: Json): Json =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([name, value]) => name === 'email' || (value !== null && !(name === 't9n' && JSON.stringify(value) === '{}')),
    ),
  );

export const unknownMembers = (wanted: boolean): Json => (wanted ? { xUnknownMember: { nested: ['later', 1] } } : {});

const statusMember = (status: Status, { knobs }: View): string =>
  knobs.unknownEnumMembers && status === 'upcoming' ? 'preboarding' : status;

const translationsOf = (titles: Record<string, string>): Json =>
  Object.keys(titles).length === 0 ? {} : { title: titles };

/** The data has no creation time: midnight of the first day is used. */
export const timestampsSince = (date: string): Json => ({
  createdAt: `${date}T00:00:00.0000Z`,
  lastUpdatedAt: `${date}T00:00:00.0000Z`,
});

/** Null if the token may not follow the link, as at Lucca. */
export const linkTo = (collection: ScopeFamily, query: string, { baseUrl, scopes }: View): Json | null =>
  mayRead(scopes, collection) ? { href: `${baseUrl}/${collection}?${query}` } : null;
