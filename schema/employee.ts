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
    "One person, joined from every upstream that knows them. Lucca's record leads, else NAVER's, else Ctrl Hub's.",
  ...declaredBy(employeeEntity),
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Employee', employeeEntity.keyOf(it)) }),
    displayName: t.string({
      description:
        "Never empty: the leading record's name, else its e-mail, else its identifier; no other upstream is asked. With a locale: NAVER's name in that language where there is one.",
      args: { locale: t.arg({ type: 'Locale' }) },
      reads: ({ args }) => (args.locale == null ? [] : ['people']),
      resolve: resolve.displayName,
    }),
    givenName: t.string({
      nullable: true,
      description: 'NAVER keeps names unsplit: null where it leads.',
      resolve: givenNameOf,
    }),
    familyName: t.string({
      nullable: true,
      description: 'NAVER keeps names unsplit: null where it leads.',
      resolve: familyNameOf,
    }),
    email: t.field({
      type: 'EmailAddress',
      nullable: true,
      description:
        'As the leading record spells it, also where several people share it. Null for a text that is no address.',
      resolve: emailOf,
    }),
    employeeNumber: t.string({ nullable: true, description: 'Lucca.', resolve: resolve.employeeNumber }),
    // It tells who is to come and who has left, which may be known to few.
    status: t.field({
      type: EmployeeStatus,
      nullable: true,
      description: 'Lucca.',
      dataClass: 'SENSITIVE',
      resolve: resolve.status,
    }),
    hiredOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        "NAVER's hire date; the start of Lucca's employment where NAVER is not configured, does not know the person or has no date.",
      reads: ['people'],
      resolve: resolve.hiredOn,
    }),
    jobTitle: t.string({
      nullable: true,
      description: "Lucca: the free text of the applicable job-position, independent of the qualification's title.",
      resolve: resolve.jobTitle,
    }),
    grade: t.field({
      type: 'Grade',
      nullable: true,
      description: 'NAVER WORKPLACE.',
      reads: ['people', 'grades'],
      resolve: resolve.grade,
    }),
    position: t.field({
      type: 'Position',
      nullable: true,
      description: 'NAVER WORKPLACE.',
      reads: ['people', 'positions'],
      resolve: resolve.position,
    }),
    jobQualification: t.field({
      type: 'JobQualification',
      nullable: true,
      description: 'Lucca: of the applicable job-position.',
      reads: ['jobQualifications'],
      resolve: resolve.jobQualification,
    }),
    profession: t.field({
      type: 'Profession',
      nullable: true,
      description: 'Lucca: of the job-qualification.',
      reads: ['jobQualifications', 'professions'],
      resolve: resolve.profession,
    }),
    jobRoleAssignments: t.field({
      type: 'JobRoleAssignmentConnection',
      nullable: true,
      description: 'Ctrl Hub: the job roles that the person holds, the oldest assignment first.',
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
        'Who knows this person, under which identifier, and why we believe it. Null with an error when an asked, configured upstream cannot answer; unconfigured ones are left out.',
      args: { upstreams: t.arg({ type: [UpstreamEnum], description: 'Ask these only.' }) },
      length: upstreams.length,
      reads: resolve.readsOfIdentities,
      resolve: resolve.identities,
    }),
    identityConflicts: t.field({
      type: [IdentityConflictRef],
      nullable: true,
      description:
        'Links of this person that were not made, because several records or people claim them. Reads every directory.',
      reads: peopleListNames,
      resolve: identityConflictsOf,
    }),
    missingLinks: t.field({
      type: [MissingLinkRef],
      nullable: true,
      description: 'The upstreams that do not know this person, and why. Reads every directory.',
      length: upstreams.length,
      reads: peopleListNames,
      resolve: missingLinks,
    }),
  }),
});

addConnection('Employee');
