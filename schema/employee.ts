import * as resolve from '../resolvers/employee.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import { identityConflictsOf } from '../resolvers/identity-conflicts.ts';
import { assignmentsOfEmployee } from '../resolvers/job-role-assignment.ts';
import { emailOf, familyNameOf, givenNameOf } from '../resolvers/names.ts';
import { missingLinks } from '../resolvers/unlinked-people.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { upstreams } from '../src/domain/upstream.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { EmployeeStatus } from './employee-status.ts';
import { EmployeeIdentityRef, IdentityConflictRef, MissingLinkRef } from './identity.ts';
import { declaredBy } from './node.ts';
import { UpstreamEnum } from './upstream.ts';

builder.objectType('Employee', {
  description:
    "One person, joined from the records of all upstreams. Lucca's record leads, else NAVER's, else Ctrl Hub's.",
  ...declaredBy(employeeEntity),
  fields: (t) => ({
    id: t.id({ resolve: (person) => toNodeId('Employee', employeeEntity.keyOf(person)) }),
    displayName: t.string({
      description:
        "The leading record's name, else its e-mail address, else its identifier; never empty. With a locale: NAVER's name in that language, if there is one.",
      args: { locale: t.arg({ type: 'Locale' }) },
      reads: ({ args }) => (args.locale == null ? [] : ['people']),
      resolve: resolve.displayName,
    }),
    givenName: t.string({
      nullable: true,
      description: "The leading record's given name. NAVER stores one whole name, so it is null if NAVER leads.",
      resolve: givenNameOf,
    }),
    familyName: t.string({
      nullable: true,
      description: "The leading record's family name. NAVER stores one whole name, so it is null if NAVER leads.",
      resolve: familyNameOf,
    }),
    email: t.field({
      type: 'EmailAddress',
      nullable: true,
      description:
        "The leading record's address as spelled there, even if several people share it. Null for a text that is no address.",
      resolve: emailOf,
    }),
    employeeNumber: t.string({
      nullable: true,
      description: "Lucca's employee number.",
      resolve: resolve.employeeNumber,
    }),
    // The status shows who will join and who has left, which few people may know.
    status: t.field({
      type: EmployeeStatus,
      nullable: true,
      description: 'The status of the employment in Lucca.',
      dataClass: 'SENSITIVE',
      resolve: resolve.status,
    }),
    hiredOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        "NAVER's hire date. The start of Lucca's employment if NAVER is not configured, has no record of the person, or has no date.",
      reads: ['people'],
      resolve: resolve.hiredOn,
    }),
    jobTitle: t.string({
      nullable: true,
      description:
        "Lucca: the free text of the applicable job-position. It is independent of the qualification's title.",
      resolve: resolve.jobTitle,
    }),
    grade: t.field({
      type: 'Grade',
      nullable: true,
      description: "The person's grade in NAVER WORKPLACE.",
      reads: ['people', 'grades'],
      resolve: resolve.grade,
    }),
    position: t.field({
      type: 'Position',
      nullable: true,
      description: "The person's job position in NAVER WORKPLACE.",
      reads: ['people', 'positions'],
      resolve: resolve.position,
    }),
    jobQualification: t.field({
      type: 'JobQualification',
      nullable: true,
      description: 'Lucca: the qualification of the applicable job-position.',
      reads: ['jobQualifications'],
      resolve: resolve.jobQualification,
    }),
    profession: t.field({
      type: 'Profession',
      nullable: true,
      description: 'Lucca: the profession of the job-qualification.',
      reads: ['jobQualifications', 'professions'],
      resolve: resolve.profession,
    }),
    jobRoleAssignments: t.field({
      type: 'JobRoleAssignmentConnection',
      nullable: true,
      description: 'Ctrl Hub: the assignments of job roles to the person, oldest first.',
      args: {
        ...pageArgs(t.arg),
        type: t.arg.string({ description: 'Only assignments of this type, such as `main_layer`.' }),
      },
      isPartition: true,
      reads: ['members', 'assignments'],
      resolve: assignmentsOfEmployee,
    }),
    identities: t.field({
      type: [EmployeeIdentityRef],
      nullable: true,
      description:
        'The upstreams that have a record of this person, its identifier there, and the rule that linked it. Null with an error if a requested, configured upstream cannot be read; unconfigured upstreams are left out.',
      args: { upstreams: t.arg({ type: [UpstreamEnum], description: 'Only these upstreams.' }) },
      length: upstreams.length,
      reads: resolve.readsOfIdentities,
      resolve: resolve.identities,
    }),
    identityConflicts: t.field({
      type: [IdentityConflictRef],
      nullable: true,
      description:
        'Links of this person that were not made, because several records or people claim them. Reads the people of all upstreams.',
      reads: peopleListNames,
      resolve: identityConflictsOf,
    }),
    missingLinks: t.field({
      type: [MissingLinkRef],
      nullable: true,
      description: 'The upstreams without a record of this person, and why. Reads the people of all upstreams.',
      length: upstreams.length,
      reads: peopleListNames,
      resolve: missingLinks,
    }),
  }),
});

addConnection('Employee');
