import type { LuccaData, LuccaEmployeeRow, LuccaJobPositionRow, LuccaJobQualificationRow } from '../company/data.ts';
import { events } from './events.ts';
import { among, anyOf, betweenDates, onDate, startsWords } from './filters.ts';
import { permanent } from './organisation.ts';
import { organisationResources } from './organisation-resources.ts';
import {
  representEmployee,
  representEmployment,
  representJobPosition,
  representJobQualification,
  representProfession,
  tenantIds,
} from './representations.ts';
import { defineResource, type Resource } from './resource.ts';
import type { LuccaEmploymentRow, Timeline } from './timeline.ts';

const status = among('active', 'upcoming', 'deactivated');
const term = { item: among('permanent', 'fixed') };
const orNull = { orNull: true };
const naturalNumber = { accepts: (item: string) => /^(0|[1-9]\d*)$/.test(item), expected: 'be a number from 0 on' };
const emailAddress = {
  accepts: (item: string) => item.length <= 255 && /^[^\s@<>]+@[^\s@<>]+$/.test(item),
  expected: 'be an e-mail address',
};

/** Reads a member of an employee's applicable employment or position; undefined for an employee without one. */
const ofEmployment =
  <V>(read: (employment: LuccaEmploymentRow) => V) =>
  (employee: LuccaEmployeeRow, timeline: Timeline): V | undefined => {
    const employment = timeline.applicableEmployment(employee);
    return employment && read(employment);
  };
const ofPosition =
  <V>(read: (position: LuccaJobPositionRow) => V) =>
  (employee: LuccaEmployeeRow, timeline: Timeline): V | undefined => {
    const position = timeline.applicableJobPosition(employee);
    return position && read(position);
  };

const jobQualifications = defineResource<LuccaJobQualificationRow>({
  collection: 'job-qualifications',
  scope: 'job-qualifications',
  rows: (data) => data.jobQualifications,
  represent: representJobQualification,
  related: () => [],
  // The only two list parameters without a documented maximum.
  filters: {
    rank: anyOf((row) => String(row.rank), { item: naturalNumber, atMost: Number.POSITIVE_INFINITY }),
    'profession.id': anyOf((it) => it.professionId, { atMost: Number.POSITIVE_INFINITY }),
  },
  sorts: {},
});

const professions = defineResource<LuccaData['professions'][number]>({
  collection: 'professions',
  scope: 'job-qualifications',
  rows: (data) => data.professions,
  represent: representProfession,
  related: () => [],
  // Without the filter, both kinds match.
  filters: {
    isArchived: anyOf((profession) => String(profession.isArchived), { item: among('true', 'false'), atMost: 1 }),
  },
  sorts: {},
});

const employees = defineResource<LuccaEmployeeRow>({
  collection: 'employees',
  scope: 'employees',
  rows: (data) => data.employees,
  represent: representEmployee,
  related: (employee, { timeline }) => [
    ['employment', timeline.applicableEmployment(employee)?.id],
    ['job-position', timeline.applicableJobPosition(employee)?.id],
  ],
  filters: {
    search: startsWords((employee) => `${employee.givenName} ${employee.familyName}`),
    id: anyOf((it) => it.id),
    email: anyOf((it) => it.email, { item: emailAddress, ...orNull }),
    status: anyOf((employee, timeline) => timeline.statusOfEmployee(employee), { item: status }),
    'applicableEmployment.legalEntity.id': anyOf(ofEmployment(() => tenantIds.legalEntity)),
    'applicableEmployment.remoteId': anyOf(() => null),
    'applicableEmployment.startsOn': onDate(ofEmployment((it) => it.startsOn)),
    'applicableEmployment.startsOn.between': betweenDates(ofEmployment((it) => it.startsOn)),
    'applicableEmployment.endsOn': onDate(
      ofEmployment((it) => it.endsOn),
      orNull,
    ),
    'applicableEmployment.endsOn.between': betweenDates(ofEmployment((it) => it.endsOn)),
    'applicableEmployment.template.id': anyOf(ofEmployment(() => tenantIds.template)),
    'applicableEmployment.template.term': anyOf(
      ofEmployment(() => permanent),
      term,
    ),
    'applicableJobPosition.remoteId': anyOf(
      ofPosition(() => null),
      orNull,
    ),
    'applicableJobPosition.businessEstablishment.id': anyOf(ofPosition(() => tenantIds.businessEstablishment)),
    'applicableJobPosition.department.id': anyOf(ofPosition((it) => it.departmentId)),
    'applicableJobPosition.manager.id': anyOf(() => null),
    'applicableJobPosition.jobQualification.id': anyOf(ofPosition((it) => it.jobQualificationId)),
    'applicableJobPosition.jobQualification.remoteId': anyOf(
      ofPosition(() => null),
      orNull,
    ),
    'applicableJobPosition.occupationCategory.id': anyOf(() => null),
    'applicableJobPosition.occupationCategory.remoteId': anyOf(
      ofPosition(() => null),
      orNull,
    ),
  },
  sorts: { familyName: (employee) => employee.familyName.toLowerCase(), createdAt: (it) => it.createdAt },
});

const employments = defineResource<LuccaEmploymentRow>({
  collection: 'employments',
  scope: 'employments',
  rows: (data) => data.employments,
  represent: representEmployment,
  related: (employment) => [['employee', employment.employeeId]],
  filters: {
    id: anyOf((it) => it.id),
    remoteId: anyOf(() => null),
    'employee.id': anyOf((it) => it.employeeId),
    'legalEntity.id': anyOf(() => tenantIds.legalEntity),
    'template.id': anyOf(() => tenantIds.template),
    status: anyOf((employment, timeline) => timeline.statusOf(employment), { item: status, atMost: 1 }),
    'start.date': onDate((it) => it.startsOn),
    'start.date.between': betweenDates((it) => it.startsOn),
    'end.date': onDate((it) => it.endsOn, orNull),
    'end.date.between': betweenDates((it) => it.endsOn),
  },
  sorts: { 'start.date': (it) => it.startsOn, 'end.date': (it) => it.endsOn },
});

const jobPositions = defineResource<LuccaJobPositionRow>({
  collection: 'job-positions',
  scope: 'job-positions',
  rows: (data) => data.jobPositions,
  represent: representJobPosition,
  related: (position) => [
    ['department', position.departmentId],
    ['job-qualification', position.jobQualificationId],
    ['employee', position.employeeId],
    ['employment', position.employmentId],
  ],
  filters: {
    id: anyOf((it) => it.id),
    remoteId: anyOf(() => null),
    'employment.id': anyOf((it) => it.employmentId),
    // Not documented as a filter, but every employee's link to its positions uses it.
    'employment.employee.id': anyOf((it) => it.employeeId),
    'businessEstablishment.id': anyOf(() => tenantIds.businessEstablishment),
    status: anyOf((position, timeline) => timeline.statusOfJobPosition(position), { item: status, atMost: 1 }),
    startsOn: onDate((it) => it.startsOn),
    'startsOn.between': betweenDates((it) => it.startsOn),
    endsOn: onDate((position, timeline) => timeline.endOfJobPosition(position), orNull),
    'endsOn.between': betweenDates((position, timeline) => timeline.endOfJobPosition(position)),
    'jobQualification.id': anyOf((it) => it.jobQualificationId),
    'occupationCategory.id': anyOf(() => null),
    'manager.id': anyOf(() => null),
    'department.id': anyOf((it) => it.departmentId),
    updatedAttributes: anyOf((position, timeline) => timeline.changedSincePreviousPosition(position), {
      item: among(
        'remoteId',
        'jobTitle',
        'jobQualification',
        'occupationCategory',
        'workingTimeArrangement',
        'department',
      ),
    }),
  },
  sorts: { startsOn: (it) => it.startsOn, endsOn: (position, timeline) => timeline.endOfJobPosition(position) },
});

/** Every served resource, by its path segment. */
export const resources: ReadonlyMap<string, Resource> = new Map(
  [jobQualifications, professions, employees, employments, jobPositions, events, ...organisationResources].map(
    (resource) => [resource.collection, resource],
  ),
);
