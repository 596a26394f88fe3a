import { employees, readsOfEmployees, scopesForEmployees } from '../resolvers/employees.ts';
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
  description: 'The identifier of the person.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'An id of this graph.' }),
    email: t.field({ type: 'EmailAddress', description: 'An address in any upstream; letter case is ignored.' }),
    luccaId: t.string({ description: "The employee's id in Lucca." }),
    ctrlHubId: t.string({ description: "The user's id in Ctrl Hub." }),
    naverExternalKey: t.string({ description: "The employee's external key in NAVER WORKPLACE, else the empId." }),
  }),
});

// No error: a saved filter outlives its grade, and NAVER's people may have keys that its list of grades lacks.
const unknownKey = 'A key that NAVER does not have matches nobody, without an error.';
const orNoRecord = 'People without a record in that upstream have none.';

const EmployeeFilterInput = builder.inputRef<EmployeeFilter>('EmployeeFilter').implement({
  description: [
    "Narrows the leading upstream's people. Conditions are ANDed, also across upstreams. Values of one condition are ORed. An empty list matches nobody.",
    'People without a record in the leading upstream are not among them, whatever other upstreams say: `Grade.employees` and `Position.employees` include them, and `unlinkedPeople` lists them.',
    'A person whose link to an upstream is contested meets none of its conditions, because it is not known which record is theirs. `contested` in `extensions.upstreams` counts the people who were left out for this reason.',
  ].join('\n\n'),
  fields: (t) => ({
    search: t.string({
      description:
        'Each word must be a prefix of a word in the given or family name; case and accents are ignored. A text without words is no condition.',
    }),
    emails: t.field({ type: ['EmailAddress'], description: 'Letter case is ignored.' }),
    status: t.field({ type: [EmployeeStatus], description: 'Lucca: the status of the employment.' }),
    gradeKeys: t.stringList({ description: `NAVER: the external keys of grades, not their names. ${unknownKey}` }),
    positionKeys: t.stringList({
      description: `NAVER: the external keys of job positions, not their names. ${unknownKey}`,
    }),
    jobQualificationIds: t.idList({ description: 'Lucca: ids of job-qualifications.' }),
    professionIds: t.idList({ description: 'Lucca: ids of professions.' }),
    minRank: t.int({ description: 'Lucca: the job-qualification has at least this rank.' }),
    jobRoleIds: t.idList({ description: 'Ctrl Hub: ids of job roles; the person holds one of them.' }),
    assignmentType: t.string({
      description:
        'Ctrl Hub: the type of a job role assignment of the person; with jobRoleIds, of an assignment to one of these roles.',
    }),
    hiredFrom: t.field({ type: 'Date', description: 'NAVER, else Lucca: hired on or after this day.' }),
    hiredUntil: t.field({ type: 'Date', description: 'NAVER, else Lucca: hired on or before this day.' }),
    hasGrade: t.boolean({ description: `NAVER: the record names a grade, or names none. ${orNoRecord}` }),
    hasPosition: t.boolean({ description: `NAVER: the record names a job position, or names none. ${orNoRecord}` }),
    hasJobQualification: t.boolean({
      description: 'Lucca: the job-position that applies has a qualification, or none.',
    }),
    hasJobRole: t.boolean({
      description: `Ctrl Hub: has a visible job role assignment, or has none. ${orNoRecord}`,
    }),
  }),
});

const EmployeeOrderEnum = builder.enumType('EmployeeOrder', {
  description: 'The order of a list, the same on all its pages.',
  values: {
    FAMILY_NAME_ASC: {},
    FAMILY_NAME_DESC: {},
    CREATED_AT_ASC: { description: "By the creation date of Lucca's record." },
    CREATED_AT_DESC: { description: "By the creation date of Lucca's record, newest first." },
    GRADE_ASC: { description: "By NAVER's sortOrder of the grade; people without one last." },
    GRADE_DESC: { description: "By NAVER's sortOrder of the grade, highest first; people without one last." },
    POSITION_ASC: { description: "By NAVER's sortOrder of the position; people without one last." },
    POSITION_DESC: { description: "By NAVER's sortOrder of the position, highest first; people without one last." },
    HIRED_ON_ASC: { description: 'By hire date; people without one last.' },
    HIRED_ON_DESC: { description: 'By hire date, newest first; people without one last.' },
  },
});

builder.queryFields((t) => ({
  employee: t.field({
    type: 'Employee',
    nullable: true,
    description: 'One person. An e-mail address that several people have fails with CONFLICT.',
    dataClass: 'PERSONAL',
    args: { by: t.arg({ type: EmployeeByInput, required: true }) },
    reads: readsOfBy,
    resolve: employee,
  }),
  employees: t.field({
    type: 'EmployeeConnection',
    nullable: true,
    description:
      'The people of the leading upstream: Lucca if it is configured, else NAVER, else Ctrl Hub. People without a record there are not among them: `unlinkedPeople` lists them, and `Grade.employees` and `Position.employees` include them.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: EmployeeFilterInput }),
      orderBy: t.arg({ type: EmployeeOrderEnum, defaultValue: 'FAMILY_NAME_ASC' }),
    },
    requires: scopesForEmployees,
    reads: readsOfEmployees,
    resolve: employees,
  }),
  unlinkedPeople: t.field({
    type: 'EmployeeConnection',
    nullable: true,
    description:
      'People with a record in some configured upstreams but not in others, by family name: a work list for keeping the systems in step. `missingLinks` gives the reasons, `identityConflicts` the links that were not made.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      missingFrom: t.arg({ type: UpstreamEnum, description: 'Only people without a record in this upstream.' }),
      status: t.arg({ type: [EmployeeStatus], description: 'Only people with one of these statuses in Lucca.' }),
      reasons: t.arg({
        type: [UnlinkedReason],
        description:
          'Only people whose record is missing for one of these reasons, in the upstream of `missingFrom` if given.',
      }),
      currentOnly: t.arg.boolean({ description: 'Leave out people whose employment has ended.' }),
    },
    reads: peopleListNames,
    resolve: unlinkedPeople,
  }),
}));
