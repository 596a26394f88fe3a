import { Client, cacheExchange as documentCache, type Exchange, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { graphcacheOptions } from '../../src/client/graphcache.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const clientWith = (cache: Exchange) =>
  new Client({ url: graph.url, exchanges: [cache, fetchExchange], preferGetMethod: false });
const normalising = () => clientWith(cacheExchange(graphcacheOptions(relayPagination)));

type Person = { id: string; displayName: string; grade?: { id: string; name: string } | null };
type Grade = { id: string; externalKey: string; name: string };
type Page = { hasNextPage: boolean; endCursor: string | null };
type People = { employees: { nodes: Person[]; pageInfo: Page } | null };

const people = gql<People, { after?: string | null }>`
  query People($after: String) {
    employees(first: 60, after: $after) {
      nodes { id displayName }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const grades = gql<{ grades: { nodes: Grade[] } | null }, object>`
  query Grades { grades(first: 100) { nodes { id externalKey name } } }
`;
const graded = gql<People, object>`
  query Graded { employees(first: 10) { nodes { id displayName grade { id name } } pageInfo { hasNextPage endCursor } } }
`;
const createGrade = gql<{ createGrade: { __typename: string; message?: string; field?: string } }, { input: object }>`
  mutation CreateGrade($input: CreateGradeInput!) {
    createGrade(input: $input) {
      __typename
      ... on AlreadyExistsError { field }
      ... on Error { message }
    }
  }
`;

describe('urql', () => {
  it.each([
    ['its cache of documents', () => clientWith(documentCache)],
    ['its normalising cache', normalising],
  ])('with %s hands out the named error of a mutation with its message', async (name, open) => {
    const client = open();
    const input = { externalKey: name.replaceAll(' ', '-'), name, sortOrder: 1 };
    expect((await client.mutation(createGrade, { input })).data?.createGrade.__typename).toBe('CreateGradeSuccess');
    const { data, error } = await client.mutation(createGrade, { input });
    expect(error).toBeUndefined();
    const message = expect.stringMatching(/./);
    expect(data?.createGrade).toEqual({ __typename: 'AlreadyExistsError', field: 'externalKey', message });
  });

  it('joins the pages of a list', async () => {
    const client = normalising();
    for (let after: string | null = null, more = true; more; ) {
      const { data }: { data?: People | undefined } = await client.query(people, { after });
      ({ hasNextPage: more, endCursor: after } = data?.employees?.pageInfo ?? { hasNextPage: false, endCursor: null });
    }
    const all = client.readQuery(people, {})?.data?.employees;
    expect(all?.nodes).toHaveLength(graph.company.lucca.employees.length);
    expect(new Set(all?.nodes.map(({ id }) => id)).size).toBe(all?.nodes.length);
    expect(all?.pageInfo.hasNextPage).toBe(false);
  });

  it('reads one object anew by its id, for every list that shows it', async () => {
    const client = normalising();
    const [grade] = (await client.query(grades, {})).data?.grades?.nodes ?? [];
    await graph.query('mutation ($input: UpdateGradeInput!) { updateGrade(input: $input) { __typename } }', {
      input: { externalKey: grade?.externalKey, name: 'Renamed elsewhere' },
    });
    const node = gql`query Node($id: ID!) { node(id: $id) { id ... on Grade { name } } }`;
    await client.query(node, { id: grade?.id }, { requestPolicy: 'network-only' });
    const [renamed] = client.readQuery(grades, {})?.data?.grades?.nodes ?? [];
    expect(renamed).toMatchObject({ id: grade?.id, name: 'Renamed elsewhere' });
  });

  it('knows beforehand which types have no id, and what stands behind interfaces: it warns of nothing', async () => {
    const warnings = vi.spyOn(console, 'warn').mockReturnValue();
    const client = normalising();
    await client.query(graded, {});
    await client.query(
      gql`{ upstreams { upstream cache { entries } directory { links { count } } } employees { edges { node { id identities { upstream } } } } }`,
      {},
    );
    await client.mutation(createGrade, { input: { externalKey: '', name: '', sortOrder: 0 } });
    expect(warnings.mock.calls).toEqual([]);
    warnings.mockRestore();
  });

  it('shows all that is good where an upstream fails, with a code for each field that is not', async () => {
    await graph.restartGraph(() => {
      graph.sandbox.naver.inject({ times: 999, reply: { status: 503 } });
      return {};
    });
    const client = normalising();
    const { data, error } = await client.query(graded, {});
    expect(data?.employees?.nodes.map((it) => it.grade)).toEqual(Array(10).fill(null));
    expect(new Set(error?.graphQLErrors.map((it) => it.extensions.code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    const failed = await client.query(grades, {});
    expect(failed.data).toBeNull();
    expect(failed.error?.graphQLErrors[0]?.extensions.upstream).toBe('NAVER');
    graph.sandbox.naver.recover();
    await graph.restartGraph();
    expect((await normalising().query(grades, {})).data?.grades?.nodes.length).toBeGreaterThan(5);
  });
});
