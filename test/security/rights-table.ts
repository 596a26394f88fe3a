/** Who may see what, written out: the promise that rights-fields.test.ts compares the server with, field by field. */

const employees = 'employees.readonly';
const qualifications = 'job-qualifications.readonly';
const roles = 'job-roles.readonly';
const grades = 'grades.readonly';
const positions = 'positions.readonly';
const assignments = 'job-role-assignments.readonly';

export const everything = [employees, qualifications, roles, grades, positions, assignments];

/** Of each caller: what was granted, and what that lets them read. */
export const callers: Record<string, { granted: string[]; reads: string[] }> = {
  nobody: { granted: [], reads: [] },
  'grades writer': { granted: ['grades.readwrite'], reads: [grades] },
  'positions writer': { granted: ['positions.readwrite'], reads: [positions] },
  'assignments writer': { granted: ['job-role-assignments.readwrite'], reads: [assignments] },
  all: { granted: everything, reads: everything },
  ...Object.fromEntries(everything.map((it) => [`only ${it}`, { granted: [it], reads: [it] }])),
  ...Object.fromEntries(
    everything.map((it) => {
      const others = everything.filter((other) => other !== it);
      return [`without ${it}`, { granted: others, reads: others }];
    }),
  ),
};

/** `way`: to objects of the type, from the root; what it takes; and of each field what it takes besides. */
type Type = { way: string; takes: string[]; fields: Record<string, string[]> };

const all = (names: string, ...takes: string[]): Record<string, string[]> =>
  Object.fromEntries(names.split(' ').map((name) => [name, takes]));

/** A list's page, its edges, and what they hold, of rows that take this. */
const list = (name: string, way: string, ...takes: string[]): Record<string, Type> => ({
  [`${name}Connection`]: { way, takes, fields: all('edges nodes pageInfo totalCount') },
  [`${name}Edge`]: { way: way.replace('FIELD', 'edges { FIELD }'), takes, fields: all('node cursor') },
});

const item = all('id externalKey name names sortOrder isActive version');

export const types: Record<string, Type> = {
  Query: {
    way: 'FIELD',
    takes: [],
    fields: {
      ...all('upstreams'),
      ...all('employee employees unlinkedPeople identityConflicts linkSuggestions recordComparisons', employees),
      ...all('jobQualification jobQualifications profession professions', qualifications),
      ...all('jobRole jobRoles', roles),
      ...all('jobRoleAssignments', assignments),
      ...all('grade grades', grades),
      ...all('position positions', positions),
      // Of a grade, here.
      ...all('node nodes _entities', grades),
      ...all('_service _sdl'),
      ...all('employeesById employeesByEmail', employees),
      ...all('jobQualificationsById professionsById', qualifications),
      ...all('jobRolesById organisationsById', roles),
      ...all('jobRoleAssignmentsById', assignments),
      ...all('gradesById gradesByKey', grades),
      ...all('positionsById positionsByKey', positions),
    },
  },
  Employee: {
    way: 'employee(by: { email: $email }) { FIELD }',
    takes: [employees],
    fields: {
      ...all('id displayName givenName familyName email employeeNumber status hiredOn jobTitle'),
      ...all('identities identityConflicts missingLinks'),
      ...all('grade', grades),
      ...all('position', positions),
      ...all('jobQualification profession', qualifications),
      ...all('jobRoleAssignments', assignments),
    },
  },
  EmployeeIdentity: {
    way: 'employee(by: { email: $email }) { identities { FIELD } }',
    takes: [employees],
    fields: all('upstream upstreamId matchedBy mappingKey'),
  },
  IdentityConflict: {
    way: 'employees(first: 100) { nodes { identityConflicts { FIELD } } }',
    takes: [employees],
    fields: all('matchedBy upstream reason records asOf'),
  },
  MissingLink: {
    way: 'unlinkedPeople(first: 100) { nodes { missingLinks { FIELD } } }',
    takes: [employees],
    fields: all('upstream reason rule candidates asOf'),
  },
  LinkSuggestion: {
    way: 'linkSuggestions(first: 100) { nodes { FIELD } }',
    takes: [employees],
    fields: all('people score evidence isAmbiguous'),
  },
  RecordComparison: {
    way: 'recordComparisons(pairs: [{ one: { upstream: LUCCA, mappingKey: "20001" }, other: { upstream: NAVER, mappingKey: "emp-00001" } }]) { FIELD }',
    takes: [employees],
    fields: all('matchedBy evidence'),
  },
  ConflictingRecord: {
    way: 'employees(first: 100) { nodes { identityConflicts { records { FIELD } } } }',
    takes: [employees],
    fields: all('upstream upstreamId personId status'),
  },
  JobQualification: {
    way: 'jobQualification(id: $jobQualification) { FIELD }',
    takes: [qualifications],
    fields: {
      ...all('id luccaId title titles rank profession createdAt updatedAt version'),
      ...all('employees', employees),
    },
  },
  Profession: {
    way: 'profession(id: $profession) { FIELD }',
    takes: [qualifications],
    fields: all('id luccaId title titles isArchived jobQualifications'),
  },
  JobRole: {
    way: 'jobRole(id: $jobRole) { FIELD }',
    takes: [roles],
    fields: {
      ...all('id ctrlHubId name description type requiredQualifications optionalQualifications organisation'),
      ...all('createdAt updatedAt deletedAt'),
      ...all('assignments', assignments),
    },
  },
  Organisation: {
    way: 'jobRoles(first: 100) { nodes { organisation { FIELD } } }',
    takes: [roles],
    fields: all('id ctrlHubId name slug'),
  },
  JobRoleAssignment: {
    way: 'jobRoleAssignments(first: 3) { nodes { FIELD } }',
    takes: [assignments],
    fields: { ...all('id ctrlHubId type createdAt'), ...all('employee', employees), ...all('role', roles) },
  },
  Grade: { way: 'grade(externalKey: $grade) { FIELD }', takes: [grades], fields: { ...item, employees: [employees] } },
  Position: {
    way: 'position(externalKey: $position) { FIELD }',
    takes: [positions],
    fields: { ...item, employees: [employees] },
  },
  ...list('Employee', 'employees(first: 3) { FIELD }', employees),
  ...list('IdentityConflict', 'identityConflicts(first: 3) { FIELD }', employees),
  ...list('LinkSuggestion', 'linkSuggestions(first: 3) { FIELD }', employees),
  ...list('JobQualification', 'jobQualifications(first: 3) { FIELD }', qualifications),
  ...list('Profession', 'professions(first: 3) { FIELD }', qualifications),
  ...list('JobRole', 'jobRoles(first: 3) { FIELD }', roles),
  ...list('JobRoleAssignment', 'jobRoleAssignments(first: 3) { FIELD }', assignments),
  ...list('Grade', 'grades(first: 3) { FIELD }', grades),
  ...list('Position', 'positions(first: 3) { FIELD }', positions),
  PageInfo: {
    way: 'professions { pageInfo { FIELD } }',
    takes: [qualifications],
    fields: all('hasNextPage hasPreviousPage startCursor endCursor'),
  },
  LocalizedText: { way: 'grades { nodes { names { FIELD } } }', takes: [grades], fields: all('locale text') },
  UpstreamStatus: {
    way: 'upstreams { FIELD }',
    takes: [],
    // How far the directory is counts people.
    fields: {
      ...all('upstream isConfigured state rateLimit requests lastError circuit cache'),
      directory: [employees],
    },
  },
  _Service: { way: '_service { FIELD }', takes: [], fields: all('sdl') },
  RateLimitStatus: { way: 'upstreams { rateLimit { FIELD } }', takes: [], fields: all('limit remaining resetsAt') },
  UpstreamCircuit: { way: 'upstreams { circuit { FIELD } }', takes: [], fields: all('state probeAt') },
  CacheStatus: {
    way: 'upstreams { cache { FIELD } }',
    takes: [],
    fields: all('hits staleHits shared misses entries bytes'),
  },
  DirectoryStatus: {
    way: 'upstreams { directory { FIELD } }',
    takes: [employees],
    fields: all('people expected isComplete asOf secondsToGo skippedRows links conflicts'),
  },
  SkippedRows: {
    way: 'upstreams { directory { skippedRows { FIELD } } }',
    takes: [employees],
    fields: all('resource reason count'),
  },
  LinkCount: {
    way: 'upstreams { directory { links { FIELD } } }',
    takes: [employees],
    fields: all('matchedBy count'),
  },
};

/** The arguments of the fields that cannot do without. */
export const argumentsOf: Record<string, string> = {
  'Query.employee': '(by: { email: $email })',
  'Query.jobQualification': '(id: $jobQualification)',
  'Query.profession': '(id: $profession)',
  'Query.jobRole': '(id: $jobRole)',
  'Query.grade': '(externalKey: $grade)',
  'Query.position': '(externalKey: $position)',
  'Query.node': '(id: $gradeId)',
  'Query.nodes': '(ids: [$gradeId])',
  'Query._entities': '(representations: [{ __typename: "Grade", externalKey: $grade }])',
  'Query.recordComparisons':
    '(pairs: [{ one: { upstream: LUCCA, mappingKey: "20001" }, other: { upstream: NAVER, mappingKey: "emp-00001" } }])',
  'Query.employeesById': '(ids: [$employee])',
  'Query.employeesByEmail': '(emails: [$email])',
  'Query.jobQualificationsById': '(ids: [$jobQualification])',
  'Query.professionsById': '(ids: [$profession])',
  'Query.jobRolesById': '(ids: [$jobRole])',
  'Query.organisationsById': '(ids: [$organisation])',
  'Query.jobRoleAssignmentsById': '(ids: [$assignment])',
  'Query.gradesById': '(ids: [$gradeId])',
  'Query.gradesByKey': '(keys: [$grade])',
  'Query.positionsById': '(ids: [$positionId])',
  'Query.positionsByKey': '(keys: [$position])',
};

/** What mutations answer: rights-writes.test.ts. */
export const typesOfMutations = [
  'Mutation',
  ...['Create', 'Update', 'Delete'].flatMap((verb) => [`${verb}GradeSuccess`, `${verb}PositionSuccess`]),
  'CreateJobRoleAssignmentSuccess',
  ...['NotFound', 'AlreadyExists', 'InvalidInput', 'VersionConflict', 'InUse', 'Forbidden'].map((it) => `${it}Error`),
  ...['UpstreamRejectedError', 'UpstreamUnavailableError', 'FieldError'],
];
