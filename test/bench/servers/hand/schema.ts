import SchemaBuilder from '@pothos/core';
import type { Loaders } from './loaders.ts';
import type { Assignment, Employee, Item, JobQualification, List, Organisation, Profession, Role } from './rows.ts';
import { lucca } from './upstreams.ts';

type Identity = { upstream: string; upstreamId: string; matchedBy: string };
type Connection<Row> = { nodes: Row[]; endCursor: string | null; totalCount: number };

const builder = new SchemaBuilder<{
  Context: { loaders: Loaders };
  Scalars: { EmailAddress: { Input: string; Output: string } };
}>({});
builder.scalarType('EmailAddress', { serialize: String });

const grade = builder.objectRef<Item>('Grade').implement({
  fields: (t) => ({
    externalKey: t.exposeString('externalKey'),
    name: t.exposeString('name'),
    sortOrder: t.exposeInt('sortOrder'),
  }),
});
const position = builder.objectRef<Item>('Position').implement({
  fields: (t) => ({ externalKey: t.exposeString('externalKey'), name: t.exposeString('name') }),
});
const profession = builder
  .objectRef<Profession>('Profession')
  .implement({ fields: (t) => ({ title: t.exposeString('title') }) });
const jobQualification = builder.objectRef<JobQualification>('JobQualification').implement({
  fields: (t) => ({
    title: t.exposeString('title'),
    rank: t.exposeInt('rank'),
    profession: t.field({
      type: profession,
      nullable: true,
      resolve: ({ profession: of }, _, { loaders }) => of && loaders.profession.load(of.id),
    }),
  }),
});
const organisation = builder
  .objectRef<Organisation>('Organisation')
  .implement({ fields: (t) => ({ name: t.string({ resolve: (it) => it.attributes.name }) }) });
const role = builder.objectRef<{ role: Role; organisation: Organisation | undefined }>('JobRole').implement({
  fields: (t) => ({
    name: t.string({ resolve: (it) => it.role.attributes.name }),
    description: t.string({ nullable: true, resolve: (it) => it.role.attributes.description }),
    requiredQualifications: t.stringList({ resolve: (it) => it.role.attributes.qualifications.required }),
    optionalQualifications: t.stringList({ resolve: (it) => it.role.attributes.qualifications.optional }),
    organisation: t.field({ type: organisation, nullable: true, resolve: (it) => it.organisation ?? null }),
  }),
});
const assignment = builder.objectRef<Assignment>('JobRoleAssignment').implement({
  fields: (t) => ({
    type: t.string({ nullable: true, resolve: (it) => it.row.meta.type ?? null }),
    createdAt: t.string({ resolve: (it) => it.row.meta.created_at }),
    role: t.field({
      type: role,
      nullable: true,
      resolve: ({ role: of, organisation: its }) => (of === undefined ? null : { role: of, organisation: its }),
    }),
  }),
});
const assignments = builder.objectRef<Connection<Assignment>>('JobRoleAssignmentConnection').implement({
  fields: (t) => ({
    nodes: t.field({ type: [assignment], resolve: (it) => it.nodes }),
    totalCount: t.exposeInt('totalCount'),
  }),
});
const identity = builder.objectRef<Identity>('EmployeeIdentity').implement({
  fields: (t) => ({
    upstream: t.exposeString('upstream'),
    upstreamId: t.exposeString('upstreamId'),
    matchedBy: t.exposeString('matchedBy'),
  }),
});

const personOf = ({ email }: Employee, loaders: Loaders) => (email === null ? null : loaders.person(email));
const memberOf = ({ email }: Employee, loaders: Loaders) => (email === null ? null : loaders.member(email));
const jobPositionOf = ({ applicableJobPosition: of }: Employee, loaders: Loaders) =>
  of && loaders.jobPosition.load(of.id);

const employee = builder.objectRef<Employee>('Employee').implement({
  fields: (t) => ({
    id: t.id({ resolve: (it) => Buffer.from(`Employee:${it.id}`).toString('base64url') }),
    displayName: t.string({ resolve: (it) => `${it.givenName} ${it.familyName}` }),
    email: t.exposeString('email', { nullable: true }),
    employeeNumber: t.exposeString('employeeNumber', { nullable: true }),
    status: t.string({ resolve: (it) => it.status.toUpperCase() }),
    hiredOn: t.string({
      nullable: true,
      resolve: async (it, _, { loaders }) => (await personOf(it, loaders))?.employYmd || null,
    }),
    jobTitle: t.string({
      nullable: true,
      resolve: async (it, _, { loaders }) => (await jobPositionOf(it, loaders))?.jobTitle ?? null,
    }),
    grade: t.field({
      type: grade,
      nullable: true,
      resolve: async (it, _, { loaders }) => {
        const key = (await personOf(it, loaders))?.gradeExternalKey;
        return key ? loaders.grade.load(key) : null;
      },
    }),
    position: t.field({
      type: position,
      nullable: true,
      resolve: async (it, _, { loaders }) => {
        const key = (await personOf(it, loaders))?.jobExternalKey;
        return key ? loaders.position.load(key) : null;
      },
    }),
    jobQualification: t.field({
      type: jobQualification,
      nullable: true,
      resolve: async (it, _, { loaders }) => {
        const of = (await jobPositionOf(it, loaders))?.jobQualification;
        return of ? loaders.jobQualification.load(of.id) : null;
      },
    }),
    jobRoleAssignments: t.field({
      type: assignments,
      nullable: true,
      args: { first: t.arg.int({ defaultValue: 25 }) },
      resolve: async (it, { first }, { loaders }) => {
        const member = await memberOf(it, loaders);
        const all = member ? await loaders.assignments.load(member.id) : [];
        return { nodes: all.slice(0, first ?? 25), endCursor: null, totalCount: all.length };
      },
    }),
    identities: t.field({
      type: [identity],
      resolve: async (it, _, { loaders }): Promise<Identity[]> => {
        const [person, member] = await Promise.all([personOf(it, loaders), memberOf(it, loaders)]);
        const key = person?.externalKey ?? person?.empId;
        return [
          { upstream: 'LUCCA', upstreamId: it.id, matchedBy: 'SOURCE' },
          ...(key ? [{ upstream: 'NAVER', upstreamId: key, matchedBy: 'EMAIL' }] : []),
          ...(member ? [{ upstream: 'CTRL_HUB', upstreamId: member.id, matchedBy: 'EMAIL' }] : []),
        ];
      },
    }),
  }),
});

const pageInfo = builder.objectRef<{ endCursor: string | null }>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.boolean({ resolve: (it) => it.endCursor !== null }),
    endCursor: t.exposeString('endCursor', { nullable: true }),
  }),
});
const employees = builder.objectRef<Omit<Connection<Employee>, 'totalCount'>>('EmployeeConnection').implement({
  fields: (t) => ({
    nodes: t.field({ type: [employee], resolve: (it) => it.nodes }),
    pageInfo: t.field({ type: pageInfo, resolve: (it) => it }),
  }),
});
const by = builder.inputType('EmployeeBy', { fields: (t) => ({ email: t.field({ type: 'EmailAddress' }) }) });

builder.queryType({
  fields: (t) => ({
    employees: t.field({
      type: employees,
      args: { first: t.arg.int({ defaultValue: 25 }), after: t.arg.string() },
      resolve: async (_, { first, after }) => {
        const page = after ? `&page=${encodeURIComponent(after)}` : '';
        const found = await lucca<List<Employee>>(`employees?sort=familyName&include=links&limit=${first}${page}`);
        const next = found.links?.next?.href;
        return { nodes: found.items, endCursor: next ? new URL(next).searchParams.get('page') : null };
      },
    }),
    employee: t.field({
      type: employee,
      nullable: true,
      args: { by: t.arg({ type: by, required: true }) },
      resolve: (_, { by: { email } }, { loaders }) => (email ? loaders.employeeByEmail.load(email) : null),
    }),
  }),
});

export const schema = builder.toSchema();
