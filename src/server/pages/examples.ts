import { type GraphQLSchema, parse, validate } from 'graphql';

/** An operation that runs as it is. */
export type Example = {
  /** What it asks, in a few words. */
  title: string;
  /** What it shows of this graph. */
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
      'People in pages, from the system that leads: whom only others know is not among them. No other one is asked.',
    query: `# People of the lead directory. One request to Lucca, none to the others.
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
      'Grade, qualification and job roles together, and which system knows the person under which identifier, and why.',
    query: `# One person, joined over all three systems, and who knows them under which identifier.
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
    about: 'Of the people in Lucca, those of whom conditions that different systems hold are all true.',
    query: `# NAVER WORKPLACE knows the grades, Lucca the ranks, Ctrl Hub who holds a job role of this type.
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
    query: `# The grade ladder of NAVER WORKPLACE, with everybody who has the grade there: also people whom Lucca does not have.
query GradeLadder($locale: Locale) {
  grades(activeOnly: true) {
    nodes { name(locale: $locale) sortOrder employees(first: 5) { nodes { displayName jobTitle } totalCount } }
  }
}`,
    variables: () => ({ locale: 'ko-KR' }),
  },
  {
    title: 'Who holds which job role',
    about: 'Job roles of Ctrl Hub, what they ask for, and their holders under the names that Lucca has.',
    query: `# Who holds which job role.
query RoleBoard {
  jobRoles(first: 10) {
    nodes { name type requiredQualifications assignments(first: 5) { nodes { type employee { displayName } } totalCount } }
  }
}`,
  },
  {
    title: 'Where the systems disagree',
    about: 'People whom some systems know and others do not, and links that nobody would guess.',
    query: `# The work list of whoever keeps the systems in step.
query Unlinked {
  unlinkedPeople(first: 10) {
    nodes { displayName identities { upstream upstreamId } identityConflicts { matchedBy records { upstream upstreamId } } }
    totalCount
  }
}`,
  },
  {
    title: 'How the systems are doing',
    about: 'State, allowance and directory of each. No system is asked for it.',
    query: `# How the upstreams are doing, and what is left of their allowances.
query Upstreams {
  upstreams { upstream isConfigured state requests lastError rateLimit { limit remaining resetsAt } }
}`,
  },
];

/** Those that the schema knows: a deployment may have given its names a prefix. `email`: of somebody who is there. */
export function examplesFor(schema: GraphQLSchema, email: string): Example[] {
  return examples
    .filter(({ query }) => validate(schema, parse(query)).length === 0)
    .map(({ variables, ...example }) => ({
      ...example,
      variables: variables === undefined ? '' : JSON.stringify(variables(email), null, 2),
    }));
}
