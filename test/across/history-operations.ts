import { z } from 'zod';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';

/** What operations of one company can be asked with. */
export type Known = {
  nodeIds: string[];
  personIds: string[];
  emails: string[];
  luccaIds: string[];
  naverKeys: string[];
  ctrlHubIds: string[];
  roleIds: string[];
  afterEmployees: string | null;
  afterUnlinked: string | null;
};

/** Takes one of the values by a number that was drawn before they were known. */
type Pick = <T>(values: readonly T[]) => T | undefined;

export type Operation = { document: string; variables: (known: Known, pick: Pick) => Record<string, unknown> };

const card = `id displayName email status hiredOn employeeNumber jobTitle grade { name } position { name }
  jobQualification { rank } profession { title }
  jobRoleAssignments(first: 5) { nodes { id type role { name } } totalCount }
  identities { upstream upstreamId matchedBy } identityConflicts { matchedBy records { upstream upstreamId } }`;
const by = (member: string, fields = card) => `query ($value: ${member === 'id' ? 'ID' : 'String'}!) {
  employee(by: { ${member}: $value }) { ${fields} } }`;
const byEmail = `query ($value: EmailAddress!) { employee(by: { email: $value }) { ${card} } }`;
const page = 'pageInfo { hasNextPage endCursor } totalCount';
const filtered = `query ($filter: EmployeeFilter, $order: EmployeeOrder) {
  employees(first: 7, filter: $filter, orderBy: $order) { nodes { id displayName email } ${page} } }`;
const assignments = `query ($filter: JobRoleAssignmentFilter) {
  jobRoleAssignments(first: 5, filter: $filter) { nodes { id type employee { id displayName } } ${page} } }`;

const none = () => ({});
const canonical = (name: string, variables: Operation['variables'] = none): Operation => ({
  document: operation(name),
  variables,
});
const asked = (document: string, values: (known: Known) => readonly unknown[]): Operation => ({
  document,
  variables: (known, pick) => ({ value: pick(values(known)) }),
});
const some = <T>(pick: Pick, values: readonly T[]): T[] => {
  const first = pick(values.map((_, index) => index)) ?? 0;
  return values.slice(first, first + 6);
};

export const operations: Record<string, Operation> = {
  'a page of the directory': canonical('q01-directory-page'),
  'the full join': canonical('q02-full-join'),
  'a person': canonical('q03-person', ({ emails }, pick) => ({ email: pick(emails) })),
  'the board of roles': canonical('q04-role-board'),
  'the ladder of grades': canonical('q05-grade-ladder'),
  'the matrix of skills': canonical('q06-skills-matrix'),
  'a filter across systems': canonical('q07-across-systems', ({ roleIds }, pick) => ({
    filter: { status: ['ACTIVE'], gradeKeys: ['G1', 'G2', 'G3'], jobRoleIds: some(pick, roleIds) },
  })),
  'the unlinked': canonical('q08-unlinked'),
  'nodes again': canonical('q09-refetch', ({ nodeIds }, pick) => ({ ids: some(pick, nodeIds) })),
  'entities by id': canonical('q10-entities', ({ personIds }, pick) => ({
    people: some(pick, personIds).map((id) => ({ __typename: 'Employee', id })),
  })),
  counts: canonical('q11-counts'),
  'a person by id': asked(by('id'), ({ personIds }) => personIds),
  'a name by id': asked(by('id', 'id displayName'), ({ personIds }) => personIds),
  'a grade by id': asked(by('id', 'id grade { name }'), ({ personIds }) => personIds),
  'a person by address': asked(byEmail, ({ emails }) => emails),
  "a person by Lucca's id": asked(by('luccaId'), ({ luccaIds }) => luccaIds),
  "a person by NAVER's key": asked(by('naverExternalKey'), ({ naverKeys }) => naverKeys),
  "a person by Ctrl Hub's id": asked(by('ctrlHubId'), ({ ctrlHubIds }) => ctrlHubIds),
  'people by address': {
    document: filtered,
    variables: ({ emails }, pick) => ({ filter: { emails: some(pick, emails) } }),
  },
  'people by grade': {
    document: filtered,
    variables: (_, pick) => ({ filter: { gradeKeys: [pick(['G1', 'G2', 'G9'])] } }),
  },
  'people by role': {
    document: filtered,
    variables: ({ roleIds }, pick) => ({ filter: { jobRoleIds: some(pick, roleIds) }, order: 'CREATED_AT_DESC' }),
  },
  'people by name': {
    document: filtered,
    variables: (_, pick) => ({ filter: { search: pick(['a', 'Bo', 'ed', 'oz']) } }),
  },
  'a second page': {
    document: `query ($after: String) { employees(first: 3, after: $after) { nodes { ${card} } ${page} } }`,
    variables: ({ afterEmployees }) => ({ after: afterEmployees }),
  },
  'a page of the unlinked': {
    document: `query ($missing: Upstream) { unlinkedPeople(first: 3, missingFrom: $missing) { nodes { ${card} } ${page} } }`,
    variables: (_, pick) => ({ missing: pick(['LUCCA', 'NAVER', 'CTRL_HUB', null]) }),
  },
  'a second page of the unlinked': {
    document: `query ($after: String) { unlinkedPeople(first: 3, after: $after) { nodes { id displayName email } ${page} } }`,
    variables: ({ afterUnlinked }) => ({ after: afterUnlinked }),
  },
  conflicts: {
    document:
      '{ employees(first: 100) { nodes { id identityConflicts { matchedBy records { upstream upstreamId } } } } }',
    variables: none,
  },
  'entities by address': {
    document: `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Employee { id email grade { name } } } }`,
    variables: ({ emails }, pick) => ({
      people: some(pick, emails).map((email) => ({ __typename: 'Employee', email })),
    }),
  },
  'assignments of people': {
    document: assignments,
    variables: ({ personIds }, pick) => ({ filter: { employeeIds: some(pick, personIds) } }),
  },
  'assignments to roles': {
    document: assignments,
    variables: ({ roleIds }, pick) => ({ filter: { jobRoleIds: some(pick, roleIds), type: 'cover' } }),
  },
  'all assignments': { document: assignments, variables: none },
};

const nodes = z.object({ nodes: z.array(z.object({ id: z.string() })) });
const paged = z.object({ pageInfo: z.object({ endCursor: z.string().nullable() }) });
const gathered = z.object({
  employees: nodes,
  unlinkedPeople: nodes,
  jobRoles: nodes,
  jobRoleAssignments: nodes,
  jobQualifications: nodes,
  grades: nodes,
  someEmployees: paged,
  someUnlinked: paged,
});

/** Ids as the graph gives them out, and as it has to understand them; identifiers and addresses as the systems spell them. */
export async function knownOf(graph: TestGraph, company: Company): Promise<Known> {
  const { data, errors } = await graph.query(`{
    employees(first: 100) { nodes { id } } unlinkedPeople(first: 100) { nodes { id } }
    jobRoles(first: 100) { nodes { id } } jobRoleAssignments(first: 100) { nodes { id } }
    jobQualifications(first: 10) { nodes { id } } grades { nodes { id } }
    someEmployees: employees(first: 3) { pageInfo { endCursor } }
    someUnlinked: unlinkedPeople(first: 3) { pageInfo { endCursor } }
  }`);
  if (errors.length > 0) throw new Error(`expected ids of the company, got ${JSON.stringify(errors)}`);
  const found = gathered.parse(data);
  const idsOf = (list: { nodes: { id: string }[] }) => list.nodes.map(({ id }) => id);
  const luccaIds = [...company.lucca.employees.map(({ id }) => id), '424242'];
  const naverKeys = company.naver.employees.flatMap(({ externalKey }) => externalKey ?? []);
  const ctrlHubIds = company.ctrlHub.users.map(({ id }) => id);
  const identifiers = [
    ...luccaIds.map((it) => `L:${it}`),
    ...naverKeys.map((it) => `N:${it}`),
    ...ctrlHubIds.map((it) => `C:${it}`),
  ];
  const ofPeople = identifiers.map((it) => Buffer.from(`Employee:${it}`).toString('base64url'));
  const personIds = [...new Set([...idsOf(found.employees), ...idsOf(found.unlinkedPeople), ...ofPeople])];
  const addresses = [
    ...company.lucca.employees.map(({ email }) => email),
    ...company.naver.employees.map(({ emailAddress }) => emailAddress),
    ...company.ctrlHub.users.map(({ email }) => email),
  ].flatMap((it) => it?.trim() || []);
  const roleIds = idsOf(found.jobRoles);
  return {
    nodeIds: interleaved(
      personIds,
      idsOf(found.jobRoleAssignments),
      roleIds,
      idsOf(found.jobQualifications),
      idsOf(found.grades),
    ),
    personIds,
    emails: [...new Set([...addresses, 'reception@yard.example', 'nobody@yard.example'])],
    luccaIds,
    naverKeys: [...naverKeys, 'nobody'],
    ctrlHubIds: [...ctrlHubIds, '00000000-0000-4000-8000-000000000000'],
    roleIds,
    afterEmployees: found.someEmployees.pageInfo.endCursor,
    afterUnlinked: found.someUnlinked.pageInfo.endCursor,
  };
}

const interleaved = (...lists: string[][]): string[] =>
  Array.from({ length: Math.max(...lists.map((it) => it.length)) }, (_, index) =>
    lists.flatMap((it) => it[index] ?? []),
  ).flat();
