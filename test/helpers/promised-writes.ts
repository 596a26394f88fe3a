const outcomes = 'InvalidInputError | ForbiddenError | UpstreamRejectedError | UpstreamUnavailableError';

/** Grades and positions are written alike. */
const itemWrites = (kind: 'Grade' | 'Position', field: 'grade' | 'position') => /* GraphQL */ `
  extend type Mutation {
    create${kind}(input: Create${kind}Input!): Create${kind}Result!
    update${kind}(input: Update${kind}Input!): Update${kind}Result!
    delete${kind}(input: Delete${kind}Input!): Delete${kind}Result!
  }
  input Create${kind}Input {
    externalKey: String!
    name: String!
    names: [LocalizedTextInput!]
    sortOrder: Int!
    isActive: Boolean = true
  }
  input Update${kind}Input {
    externalKey: String!
    name: String
    names: [LocalizedTextInput!]
    sortOrder: Int
    isActive: Boolean
    expectedVersion: String
  }
  input Delete${kind}Input { externalKey: String! expectedVersion: String evenIfInUse: Boolean = false }
  type Create${kind}Success { ${field}: ${kind}! }
  type Update${kind}Success { ${field}: ${kind}! }
  type Delete${kind}Success { deletedId: ID! externalKey: String! }
  union Create${kind}Result = Create${kind}Success | AlreadyExistsError | ${outcomes}
  union Update${kind}Result =
    Update${kind}Success | NotFoundError | AlreadyExistsError | VersionConflictError | ${outcomes}
  union Delete${kind}Result = Delete${kind}Success | NotFoundError | VersionConflictError | InUseError | ${outcomes}
`;

/** What clients were promised to be able to write, and which answers to expect. */
export const promisedWrites = /* GraphQL */ `
  type Mutation {
    createJobRoleAssignment(input: CreateJobRoleAssignmentInput!): CreateJobRoleAssignmentResult!
  }
  ${itemWrites('Grade', 'grade')}
  ${itemWrites('Position', 'position')}
  input CreateJobRoleAssignmentInput {
    employeeId: ID
    ctrlHubUserId: String
    jobRoleId: ID
    ctrlHubRoleId: String
    type: String
  }
  type CreateJobRoleAssignmentSuccess { assignment: JobRoleAssignment! }
  union CreateJobRoleAssignmentResult =
    CreateJobRoleAssignmentSuccess | NotFoundError | AlreadyExistsError | ${outcomes}
  input LocalizedTextInput { locale: Locale! text: String! }

  interface Error { message: String! }
  type FieldError { path: [String!]! message: String! }
  type NotFoundError implements Error { message: String! }
  type AlreadyExistsError implements Error { message: String! field: String! }
  type InvalidInputError implements Error { message: String! fields: [FieldError!]! }
  type VersionConflictError implements Error { message: String! currentVersion: String! }
  type InUseError implements Error { message: String! employeeCount: Int! }
  type ForbiddenError implements Error { message: String! }
  type UpstreamRejectedError implements Error { message: String! upstream: Upstream! code: String }
  type UpstreamUnavailableError implements Error { message: String! upstream: Upstream! retryAfterSeconds: Int }
`;
