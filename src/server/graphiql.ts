import { type GraphQLSchema, parse, validate } from 'graphql';
import type { GraphiQLOptions } from 'graphql-yoga';

/** What a newcomer finds in GraphiQL: operations that run as they are. The page and its assets come from the package. */
const examples = [
  `# People of the lead directory. One request to Lucca, none to the others.
query Directory {
  employees(first: 10) {
    nodes { id displayName email status jobTitle }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`,
  `# One person, joined over all three systems, and who knows them under which identifier.
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
  `# The grade ladder of NAVER WORKPLACE in Korean, with the people that Lucca leads.
query GradeLadder {
  grades(activeOnly: true) {
    nodes { name(locale: "ko-KR") sortOrder employees(first: 5) { nodes { displayName jobTitle } totalCount } }
  }
}`,
  `# Who holds which job role.
query RoleBoard {
  jobRoles(first: 10) {
    nodes { name type requiredQualifications assignments(first: 5) { nodes { type employee { displayName } } totalCount } }
  }
}`,
  `# How the upstreams are doing, and what is left of their allowances.
query Upstreams {
  upstreams { upstream isConfigured state requests lastError rateLimit { limit remaining resetsAt } }
}`,
];

/** Examples that the schema does not know, because a deployment has given its names a prefix, are left out. */
export function graphiqlOptions(exampleEmail: string, schema: GraphQLSchema): GraphiQLOptions {
  return {
    title: 'hr-graph',
    // Whoever needs a token writes it here. It is gone with the page.
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    defaultTabs: examples
      .filter((query) => validate(schema, parse(query)).length === 0)
      .map((query) => ({
        query,
        variables: query.includes('$email') ? JSON.stringify({ email: exampleEmail }, null, 2) : null,
      })),
  };
}

/** The tabs animate into place, and the first click on one that still believes itself elsewhere would be lost. */
const steadyTabs = '<style>.graphiql-tab { transform: none !important; }</style>';

/** Loaded when somebody opens the page: it is a fourth of what the process would hold, and gateways never ask for it. */
export async function renderGraphiQL(options?: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL: renderPage } = await import('@graphql-yoga/render-graphiql');
  return renderPage(options).replace('</head>', `${steadyTabs}</head>`);
}
