import { type GraphQLSchema, parse, validate } from 'graphql';

/** An operation that runs without changes. */
export type Example = {
  /** The question that it answers, in a few words. */
  title: string;
  /** The feature of the graph that it demonstrates. */
  about: string;
  query: string;
  /** As JSON; empty for none. */
  variables: string;
};

type Written = Omit<Example, 'variables'> & { variables?: (email: string) => object };

const examples: Written[] = [
  {
    title: 'The directory',
    about:
      'People in pages, from the leading system, without people that only other systems have. No other system gets a request.',
    query: `# People of the leading system. One request to Lucca, none to the others.
query Directory {
  employees(first: 10) {
    nodes { id displayName email status jobTitle }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`,
  },
  {
    title: 'One person, over all systems',
    about:
      'Grade, qualification and job roles together, with the identifier in each system and the rule that linked the records.',
    query: `# One person, joined over all three systems, with the identifier in each system.
query Person($email: EmailAddress!) {
  employee(by: { email: $email }) {
    displayName status hiredOn
    grade { name }
    position { name }
    jobQualification { title rank profession { title } }
    jobRoleAssignments { nodes { type role { name requiredQualifications organisation { name } } } }
    identities { upstream upstreamId matchedBy }
  }
}`,
    variables: (email) => ({ email }),
  },
  {
    title: 'A question across systems',
    about:
      'All conditions apply together, although different systems have the data, and a third one may set the order.',
    query: `# NAVER WORKPLACE has the grades, Lucca the ranks, Ctrl Hub the assignments of this type.
query AcrossSystems($filter: EmployeeFilter!) {
  employees(filter: $filter, orderBy: HIRED_ON_DESC, first: 10) {
    nodes { displayName hiredOn grade { name } jobQualification { title rank } }
    totalCount
  }
}`,
    variables: () => ({ filter: { gradeKeys: ['G04', 'G05'], minRank: 2, assignmentType: 'main_layer' } }),
  },
  {
    title: 'The grade ladder',
    about:
      'Grades of NAVER WORKPLACE in another language, with everybody who has them, also without a record in Lucca.',
    query: `# The grade ladder of NAVER WORKPLACE, with everybody who has the grade, also without a record in Lucca.
query GradeLadder($locale: Locale) {
  grades(activeOnly: true) {
    nodes { name(locale: $locale) sortOrder employees(first: 5) { nodes { displayName jobTitle } totalCount } }
  }
}`,
    variables: () => ({ locale: 'ko-KR' }),
  },
  {
    title: 'Who holds which job role',
    about: 'Job roles of Ctrl Hub with their required qualifications, and their holders by their names in Lucca.',
    query: `# Who holds which job role.
query RoleBoard {
  jobRoles(first: 10) {
    nodes { name type requiredQualifications assignments(first: 5) { nodes { type employee { displayName } } totalCount } }
  }
}`,
  },
  {
    title: 'Where the systems disagree',
    about: 'People without a record in some system, and records that match several people.',
    query: `# The work list of an HR data steward.
query Unlinked {
  unlinkedPeople(first: 10) {
    nodes { displayName identities { upstream upstreamId } identityConflicts { matchedBy records { upstream upstreamId } } }
    totalCount
  }
}`,
  },
  {
    title: 'How the systems are doing',
    about: 'State, rate limit and directory of each system. No system gets a request for this.',
    query: `# The state of the upstreams, and the rest of their rate limits.
query Upstreams {
  upstreams { upstream isConfigured state requests lastError rateLimit { limit remaining resetsAt } }
}`,
  },
];

/** The examples that are valid in this schema, which may have renamed types. `email` is the address of an existing person. */
export function examplesFor(schema: GraphQLSchema, email: string): Example[] {
  return examples
    .filter(({ query }) => validate(schema, parse(query)).length === 0)
    .map(({ variables, ...example }) => ({
      ...example,
      variables: variables === undefined ? '' : JSON.stringify(variables(email), null, 2),
    }));
}
