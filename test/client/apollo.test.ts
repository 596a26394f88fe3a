import {
  ApolloClient,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apolloCacheOptions } from '../../src/client/apollo.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
let client: ApolloClient;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());
beforeEach(() => {
  client = new ApolloClient({
    link: new HttpLink({ uri: () => graph.url }),
    cache: new InMemoryCache(apolloCacheOptions(relayStylePagination)),
  });
});

type Person = { id: string; displayName: string };
type Page = { hasNextPage: boolean; endCursor: string | null };
type People = { employees: { nodes: Person[]; edges: { node: Person }[]; pageInfo: Page } | null };
type Grades = { grades: { nodes: { id: string; externalKey: string; name: string }[] } | null };
type Written = { __typename: string; message?: string; grade?: { id: string; name: string } };

const people: TypedDocumentNode<People, { after?: string | null; search?: string }> = gql`
  query People($after: String, $search: String) {
    employees(first: 60, after: $after, filter: { search: $search }) {
      nodes { id displayName }
      edges { node { id displayName } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const grades: TypedDocumentNode<Grades> = gql`
  query Grades { grades(first: 100) { nodes { id externalKey name } } }
`;

const updateGrade: TypedDocumentNode<{ updateGrade: Written }, { input: object }> = gql`
  mutation UpdateGrade($input: UpdateGradeInput!) {
    updateGrade(input: $input) {
      ... on UpdateGradeSuccess { grade { id name } }
      ... on Error { message }
    }
  }
`;

const createGrade: TypedDocumentNode<{ createGrade: Written & { field?: string } }, { input: object }> = gql`
  mutation CreateGrade($input: CreateGradeInput!) {
    createGrade(input: $input) {
      ... on CreateGradeSuccess { grade { id name } }
      ... on AlreadyExistsError { field }
      ... on Error { message }
    }
  }
`;

/** What a component sees that asks with `errorPolicy: 'all'`. */
const ask = <Data, Variables extends Record<string, unknown>>(
  query: TypedDocumentNode<Data, Variables>,
  variables?: Variables,
) => client.query<Data>({ query, ...(variables && { variables }), errorPolicy: 'all' });

const codesOf = (error: unknown): unknown[] =>
  CombinedGraphQLErrors.is(error) ? error.errors.map((it) => it.extensions?.code) : [error];

async function readAll(search?: string): Promise<People['employees']> {
  const list = client.watchQuery({ query: people, variables: { ...(search !== undefined && { search }) } });
  let { data } = await client.query({ query: people, variables: list.variables });
  while (data?.employees?.pageInfo.hasNextPage === true) {
    const { endCursor } = data.employees.pageInfo;
    ({ data } = await list.fetchMore({ variables: { after: endCursor } }));
  }
  return client.readQuery({ query: people, variables: list.variables })?.employees ?? null;
}

describe('Apollo Client', () => {
  it('joins the pages of a list, be it asked for edges or for nodes', async () => {
    const all = await readAll();
    expect(all?.edges).toHaveLength(graph.company.lucca.employees.length);
    expect(all?.nodes).toEqual(all?.edges.map(({ node }) => node));
    expect(new Set(all?.nodes.map(({ id }) => id)).size).toBe(all?.nodes.length);
    expect(all?.pageInfo.hasNextPage).toBe(false);
  });

  it('keeps lists of different filters apart', async () => {
    const all = await readAll();
    const found = await readAll('han');
    expect(found?.nodes.length).toBeGreaterThan(0);
    expect(found?.nodes.length).toBeLessThan(all?.nodes.length ?? 0);
    expect(client.readQuery({ query: people })?.employees?.nodes).toHaveLength(all?.nodes.length ?? 0);
  });

  it('puts a page that is read again in its former place', async () => {
    const { data } = await client.query({ query: people });
    const { endCursor = null } = data?.employees?.pageInfo ?? {};
    const list = client.watchQuery({ query: people });
    for (const _ of [1, 2]) await list.fetchMore({ variables: { after: endCursor } });
    const { nodes = [], edges = [] } = client.readQuery({ query: people })?.employees ?? {};
    expect(nodes).toHaveLength(120);
    expect(nodes).toEqual(edges.map(({ node }) => node));
  });

  it('keeps what fields of the same object were answered to different operations', async () => {
    await readAll();
    const one: TypedDocumentNode<{ employee: { id: string; grade: { name: string } | null } | null }> = gql`
      query One($email: EmailAddress!) { employee(by: { email: $email }) { id grade { id name } } }
    `;
    const { data } = await ask(one, { email: graph.sandbox.showcaseEmail });
    const id = data?.employee?.id ?? '';
    const whole = client.cache.readFragment<Person>({
      id: `Employee:${id}`,
      fragment: gql`fragment Whole on Employee { id displayName grade { id name } }`,
    });
    expect(whole).toEqual({ __typename: 'Employee', id, displayName: 'Mina Han', grade: data?.employee?.grade });
    expect(whole).toHaveProperty('grade.name', expect.any(String));
  });

  it('reads one object anew by its id, for every list that shows it', async () => {
    const { data } = await client.query({ query: grades });
    const [grade] = data?.grades?.nodes ?? [];
    await graph.query('mutation ($input: UpdateGradeInput!) { updateGrade(input: $input) { __typename } }', {
      input: { externalKey: grade?.externalKey, name: 'Renamed elsewhere' },
    });
    const node = gql`query Node($id: ID!) { node(id: $id) { id ... on Grade { name } } }`;
    await client.query({ query: node, variables: { id: grade?.id }, fetchPolicy: 'network-only' });
    expect(client.readQuery({ query: grades })?.grades?.nodes[0]).toMatchObject({
      id: grade?.id,
      name: 'Renamed elsewhere',
    });
  });

  it('shows what a mutation has written wherever it is shown', async () => {
    const { data } = await client.query({ query: grades });
    const last = data?.grades?.nodes.at(-1);
    const input = { externalKey: last?.externalKey, name: 'Renamed here' };
    const written = await client.mutate({ mutation: updateGrade, variables: { input } });
    expect(written.data?.updateGrade).toMatchObject({ __typename: 'UpdateGradeSuccess', grade: { id: last?.id } });
    expect(client.readQuery({ query: grades })?.grades?.nodes.at(-1)?.name).toBe('Renamed here');
  });

  it('hands out the named error of a mutation with its message', async () => {
    const input = { externalKey: 'APOLLO', name: 'Apollo', sortOrder: 1 };
    const create = () => client.mutate({ mutation: createGrade, variables: { input } });
    expect((await create()).data?.createGrade.__typename).toBe('CreateGradeSuccess');
    expect((await create()).data?.createGrade).toEqual({
      __typename: 'AlreadyExistsError',
      field: 'externalKey',
      message: expect.stringMatching(/./),
    });
  });
});

describe('Apollo Client, where an upstream fails', () => {
  const graded: TypedDocumentNode<{ employees: { nodes: (Person & { grade: { name: string } | null })[] } | null }> =
    gql`
    query Graded { employees(first: 10) { nodes { id displayName grade { id name } } } }
  `;
  const outage = { times: 999, reply: { status: 503 } };

  it('shows all that is good, with a code for each field that is not, by the error policy "all"', async () => {
    await graph.restartGraph(() => {
      graph.sandbox.naver.inject(outage);
      return {};
    });
    const { data, error } = await ask(graded);
    expect(data?.employees?.nodes).toHaveLength(10);
    expect(data?.employees?.nodes.map((it) => it.grade)).toEqual(Array(10).fill(null));
    expect(new Set(codesOf(error))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
  });

  it('throws all of it away by its own policy, which is why', async () => {
    await expect(client.query({ query: graded })).rejects.toThrow(CombinedGraphQLErrors);
  });

  it('does not take a list that could not be read for an empty one', async () => {
    const { data, error } = await ask(grades);
    expect(data).toEqual({ grades: null });
    expect(codesOf(error)).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(client.readQuery({ query: grades })).toEqual({ grades: null });
  });

  it('shows the list once it can be read', async () => {
    graph.sandbox.naver.recover();
    await graph.restartGraph();
    expect((await ask(grades)).data?.grades?.nodes.length).toBeGreaterThan(5);
  });
});
