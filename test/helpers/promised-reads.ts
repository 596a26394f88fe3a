/**
 * What clients were promised to be able to read: names, arguments, defaults and nullability. The schema may have more,
 * and nothing of this may be missing or different.
 */
export const promisedReads = /* GraphQL */ `
  scalar DateTime
  scalar Date
  scalar EmailAddress
  scalar Locale

  interface Node { id: ID! }
  enum Upstream { LUCCA CTRL_HUB NAVER }

  type Employee implements Node {
    id: ID!
    displayName(locale: Locale): String!
    givenName: String
    familyName: String
    email: EmailAddress
    employeeNumber: String
    status: EmployeeStatus
    hiredOn: Date
    jobTitle: String
    grade: Grade
    position: Position
    jobQualification: JobQualification
    profession: Profession
    jobRoleAssignments(first: Int = 25, after: String, type: String): JobRoleAssignmentConnection
    identities(upstreams: [Upstream!]): [EmployeeIdentity!]
    identityConflicts: [IdentityConflict!]
  }
  type IdentityConflict { matchedBy: IdentityMatch! records: [ConflictingRecord!]! }
  type ConflictingRecord { upstream: Upstream! upstreamId: String! }
  enum EmployeeStatus { ACTIVE UPCOMING DEACTIVATED }
  type EmployeeIdentity { upstream: Upstream! upstreamId: String! matchedBy: IdentityMatch! }
  enum IdentityMatch { SOURCE EMAIL REMOTE_ID EMPLOYEE_NUMBER MAPPING_FILE }

  type JobQualification implements Node {
    id: ID!
    luccaId: String!
    title(locale: Locale): String!
    titles: [LocalizedText!]!
    rank: Int!
    profession: Profession
    employees(first: Int = 25, after: String): EmployeeConnection
    createdAt: DateTime
    updatedAt: DateTime
    version: String!
  }
  type Profession implements Node {
    id: ID!
    luccaId: String!
    title(locale: Locale): String!
    titles: [LocalizedText!]!
    isArchived: Boolean!
    jobQualifications(first: Int = 25, after: String): JobQualificationConnection
  }

  type JobRole implements Node {
    id: ID!
    ctrlHubId: String!
    name: String!
    description: String
    type: String
    requiredQualifications: [String!]!
    optionalQualifications: [String!]!
    organisation: Organisation
    assignments(first: Int = 25, after: String, type: String): JobRoleAssignmentConnection
    createdAt: DateTime
    updatedAt: DateTime
    deletedAt: DateTime
  }
  type JobRoleAssignment implements Node {
    id: ID!
    ctrlHubId: String!
    type: String
    createdAt: DateTime
    employee: Employee
    role: JobRole
  }
  type Organisation implements Node { id: ID! ctrlHubId: String! name: String! slug: String }

  type Grade implements Node {
    id: ID!
    externalKey: String!
    name(locale: Locale): String!
    names: [LocalizedText!]!
    sortOrder: Int
    isActive: Boolean!
    employees(first: Int = 25, after: String): EmployeeConnection
    version: String!
  }
  type Position implements Node {
    id: ID!
    externalKey: String!
    name(locale: Locale): String!
    names: [LocalizedText!]!
    sortOrder: Int
    isActive: Boolean!
    employees(first: Int = 25, after: String): EmployeeConnection
    version: String!
  }
  type LocalizedText { locale: Locale! text: String! }

  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type EmployeeConnection { edges: [EmployeeEdge!]! nodes: [Employee!]! pageInfo: PageInfo! totalCount: Int }
  type EmployeeEdge { node: Employee! cursor: String! }
  type JobQualificationConnection {
    edges: [JobQualificationEdge!]! nodes: [JobQualification!]! pageInfo: PageInfo! totalCount: Int
  }
  type JobQualificationEdge { node: JobQualification! cursor: String! }
  type ProfessionConnection { edges: [ProfessionEdge!]! nodes: [Profession!]! pageInfo: PageInfo! totalCount: Int }
  type ProfessionEdge { node: Profession! cursor: String! }
  type JobRoleConnection { edges: [JobRoleEdge!]! nodes: [JobRole!]! pageInfo: PageInfo! totalCount: Int }
  type JobRoleEdge { node: JobRole! cursor: String! }
  type JobRoleAssignmentConnection {
    edges: [JobRoleAssignmentEdge!]! nodes: [JobRoleAssignment!]! pageInfo: PageInfo! totalCount: Int
  }
  type JobRoleAssignmentEdge { node: JobRoleAssignment! cursor: String! }
  type GradeConnection { edges: [GradeEdge!]! nodes: [Grade!]! pageInfo: PageInfo! totalCount: Int }
  type GradeEdge { node: Grade! cursor: String! }
  type PositionConnection { edges: [PositionEdge!]! nodes: [Position!]! pageInfo: PageInfo! totalCount: Int }
  type PositionEdge { node: Position! cursor: String! }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    employee(by: EmployeeBy!): Employee
    employees(
      first: Int = 25, after: String, filter: EmployeeFilter, orderBy: EmployeeOrder = FAMILY_NAME_ASC
    ): EmployeeConnection
    jobQualification(id: ID!): JobQualification
    jobQualifications(first: Int = 25, after: String, filter: JobQualificationFilter): JobQualificationConnection
    profession(id: ID!): Profession
    professions(first: Int = 25, after: String): ProfessionConnection
    jobRole(id: ID!): JobRole
    jobRoles(first: Int = 25, after: String): JobRoleConnection
    jobRoleAssignments(first: Int = 25, after: String, filter: JobRoleAssignmentFilter): JobRoleAssignmentConnection
    grade(externalKey: String!): Grade
    grades(first: Int = 25, after: String, activeOnly: Boolean = false): GradeConnection
    position(externalKey: String!): Position
    positions(first: Int = 25, after: String, activeOnly: Boolean = false): PositionConnection
    unlinkedPeople(first: Int = 25, after: String, missingFrom: Upstream): EmployeeConnection
    upstreams: [UpstreamStatus!]!
  }
  input EmployeeBy @oneOf { id: ID email: EmailAddress luccaId: String ctrlHubId: String naverExternalKey: String }
  input EmployeeFilter {
    search: String
    emails: [EmailAddress!]
    status: [EmployeeStatus!]
    gradeKeys: [String!]
    positionKeys: [String!]
    jobQualificationIds: [ID!]
    professionIds: [ID!]
    minRank: Int
    jobRoleIds: [ID!]
    assignmentType: String
    hiredFrom: Date
    hiredUntil: Date
  }
  enum EmployeeOrder {
    FAMILY_NAME_ASC FAMILY_NAME_DESC CREATED_AT_ASC CREATED_AT_DESC
    GRADE_ASC GRADE_DESC POSITION_ASC POSITION_DESC HIRED_ON_ASC HIRED_ON_DESC
  }
  input JobQualificationFilter { ranks: [Int!] professionIds: [ID!] }
  input JobRoleAssignmentFilter { employeeIds: [ID!] jobRoleIds: [ID!] type: String }

  type UpstreamStatus {
    upstream: Upstream!
    isConfigured: Boolean!
    state: UpstreamState!
    rateLimit: RateLimitStatus
    requests: Int!
    lastError: String
    directory: DirectoryStatus
  }
  type DirectoryStatus {
    people: Int!
    expected: Int
    isComplete: Boolean!
    asOf: DateTime!
    secondsToGo: Int
    skippedRows: [SkippedRows!]!
    links: [LinkCount!]!
    conflicts: Int!
  }
  type SkippedRows { resource: String! reason: String! count: Int! }
  type LinkCount { matchedBy: IdentityMatch! count: Int! }
  enum UpstreamState { UP DEGRADED DOWN NOT_CONFIGURED }
  type RateLimitStatus { limit: Int! remaining: Int! resetsAt: DateTime! }
`;
