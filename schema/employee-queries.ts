import { employees, readsOfEmployees, takenByEmployees } from '../resolvers/employees.ts';
import { employee, readsOfBy } from '../resolvers/find-employee.ts';
import { unlinkedPeople } from '../resolvers/unlinked-people.ts';
import type { EmployeeBy, EmployeeFilter } from '../src/domain/filters.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { pageArgs } from './connection.ts';
import { EmployeeStatus } from './employee-status.ts';
import { UnlinkedReason } from './identity-match.ts';
import { UpstreamEnum } from './upstream.ts';

const EmployeeByInput = builder.inputRef<EmployeeBy>('EmployeeBy').implement({
  description: 'What names the person.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'An id of this graph.' }),
    email: t.field({ type: 'EmailAddress', description: 'In any case, in any upstream.' }),
    luccaId: t.string(),
    ctrlHubId: t.string({ description: "The user's id in Ctrl Hub." }),
    naverExternalKey: t.string(),
  }),
});

const EmployeeFilterInput = builder.inputRef<EmployeeFilter>('EmployeeFilter').implement({
  description:
    'Conditions are ANDed, also across upstreams; values of one condition are ORed; an empty list matches nobody.',
  fields: (t) => ({
    search: t.string({
      description:
        'Each word must start a word of the given or family name, whatever its case and accents. Without a word: no condition.',
    }),
    emails: t.field({ type: ['EmailAddress'], description: 'In any case.' }),
    status: t.field({ type: [EmployeeStatus], description: 'Lucca.' }),
    gradeKeys: t.stringList({ description: 'NAVER: the external keys of grades.' }),
    positionKeys: t.stringList({ description: 'NAVER: the external keys of job positions.' }),
    jobQualificationIds: t.idList({ description: 'Lucca: ids of job-qualifications.' }),
    professionIds: t.idList({ description: 'Lucca: ids of professions.' }),
    minRank: t.int({ description: 'Lucca: the rank of the job-qualification, at least.' }),
    jobRoleIds: t.idList({ description: 'Ctrl Hub: ids of job roles, one of which the person holds.' }),
    assignmentType: t.string({
      description: 'Ctrl Hub: the type of the assignment; together with jobRoleIds, of an assignment to one of them.',
    }),
    hiredFrom: t.field({ type: 'Date', description: 'NAVER, else Lucca: hired on this day or later.' }),
    hiredUntil: t.field({ type: 'Date', description: 'NAVER, else Lucca: hired on this day or earlier.' }),
  }),
});

const EmployeeOrderEnum = builder.enumType('EmployeeOrder', {
  description: 'One list has one order over all its pages.',
  values: {
    FAMILY_NAME_ASC: {},
    FAMILY_NAME_DESC: {},
    CREATED_AT_ASC: { description: "By the creation of Lucca's record." },
    CREATED_AT_DESC: { description: "By the creation of Lucca's record, the newest first." },
    GRADE_ASC: { description: "By NAVER's sortOrder of the grade; people without one last." },
    GRADE_DESC: { description: "By NAVER's sortOrder of the grade, the highest first; people without one last." },
    POSITION_ASC: { description: "By NAVER's sortOrder of the position; people without one last." },
    POSITION_DESC: { description: "By NAVER's sortOrder of the position, the highest first; people without one last." },
    HIRED_ON_ASC: { description: 'By hire date; people without one last.' },
    HIRED_ON_DESC: { description: 'By hire date, the newest first; people without one last.' },
  },
});

builder.queryFields((t) => ({
  employee: t.field({
    type: 'Employee',
    nullable: true,
    description: 'One person. An e-mail address that several people have is a CONFLICT.',
    dataClass: 'PERSONAL',
    args: { by: t.arg({ type: EmployeeByInput, required: true }) },
    reads: readsOfBy,
    resolve: employee,
  }),
  employees: t.field({
    type: 'EmployeeConnection',
    nullable: true,
    description: 'The people of the lead directory: Lucca where it is configured, else NAVER, else Ctrl Hub.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: EmployeeFilterInput }),
      orderBy: t.arg({ type: EmployeeOrderEnum, defaultValue: 'FAMILY_NAME_ASC' }),
    },
    takes: takenByEmployees,
    reads: readsOfEmployees,
    resolve: employees,
  }),
  unlinkedPeople: t.field({
    type: 'EmployeeConnection',
    nullable: true,
    description:
      'People that some configured upstreams know and others do not, by family name: the work list of whoever keeps the systems in step. `missingLinks` tells why, `identityConflicts` of links that were not made.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      missingFrom: t.arg({ type: UpstreamEnum, description: 'Only people whom this upstream does not know.' }),
      status: t.arg({ type: [EmployeeStatus], description: 'Lucca.' }),
      reasons: t.arg({
        type: [UnlinkedReason],
        description:
          'Only people whom an upstream, that of `missingFrom` if given, does not know for one of these reasons.',
      }),
      currentOnly: t.arg.boolean({ description: 'Leave out people whose employment has ended.' }),
    },
    reads: peopleListNames,
    resolve: unlinkedPeople,
  }),
}));
