import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';

/** Two servers over companies that are alike: one caches what it has read and answered, one reads everything anew. */
let caching: TestGraph;
let forgetful: TestGraph;
beforeAll(async () => {
  [caching, forgetful] = await Promise.all([
    startGraph({ people: 90, env: { CACHE_FRESH_SECONDS: '600' } }),
    startGraph({ people: 90, env: { CACHE_FRESH_SECONDS: '0' } }),
  ]);
});
afterAll(() => Promise.all([caching.stop(), forgetful.stop()]));

/** Aliases of one list, fragments that overlap and nest, directives, variables inside the nodes, lists below the nodes. */
const document = `
  query Pages($size: Int!, $after: String, $assignments: Int!, $wantsGrade: Boolean!, $language: Locale) {
    page: employees(first: $size, after: $after) { ...Page totalCount }
    twins: employees(first: $size, after: $after) { nodes { email } edges { cursor node { id status } } }
    grades(first: $size) { nodes { name(locale: $language) employees(first: 2) { nodes { displayName } } } }
  }
  fragment Page on EmployeeConnection {
    nodes { __typename ...Person identities { upstream matchedBy } }
    pageInfo { hasNextPage endCursor }
    ... on EmployeeConnection { nodes { ...Person position { name } } }
  }
  fragment Person on Employee {
    displayName
    grade @include(if: $wantsGrade) { name(locale: $language) }
    jobRoleAssignments(first: $assignments) { nodes { role { name } employee { displayName } } }
  }`;

type Variables = {
  size: number;
  after: string | null;
  assignments: number;
  wantsGrade: boolean;
  language: string | null;
};

const pageShape = z.object({
  data: z.object({ page: z.object({ pageInfo: z.object({ endCursor: z.string().nullable() }) }) }),
});
const endOf = (answer: Answer) => pageShape.parse(answer).data.page.pageInfo.endCursor;

const byPath = ({ data, errors }: Answer) => ({
  data,
  errors: errors
    .map((it) => ({ ...it, path: it.path?.join('.') }))
    .sort((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1)),
});

/** Page after page of both servers. */
async function comparePages(
  variables: Omit<Variables, 'after'>,
  headers: Record<string, string> = {},
): Promise<Answer[]> {
  const pages: Answer[] = [];
  for (let [here, there]: (string | null)[] = [null, null]; ; ) {
    const [cached, anew]: [Answer, Answer] = await Promise.all([
      caching.query(document, { ...variables, after: here }, headers),
      forgetful.query(document, { ...variables, after: there }, headers),
    ]);
    expect(byPath(cached)).toEqual(byPath(anew));
    pages.push(cached);
    [here, there] = [endOf(cached), endOf(anew)];
    if (here === null || there === null || pages.length === 4) return pages;
  }
}

const usual = { size: 20, assignments: 3, wantsGrade: true, language: null };

describe('an operation that is asked again and again, among others', () => {
  it('is answered as by a server that has answered nothing before, errors and their paths included', async () => {
    const pages = [];
    for (const size of [20, 21, 33, 20, 47, 21, 60]) pages.push(...(await comparePages({ ...usual, size })));
    const codes = pages.flatMap(({ errors }) => errors.map((it) => it.extensions.code));
    expect(codes).toContain('CONFLICT');
  });

  it('is answered as its variables ask, and the caller’s language', async () => {
    for (const assignments of [1, 3]) {
      for (const wantsGrade of [true, false]) await comparePages({ ...usual, assignments, wantsGrade });
    }
    for (const language of ['ko-KR', 'en-US', null]) {
      await comparePages({ ...usual, language });
      await comparePages(usual, { 'accept-language': language ?? '*' });
    }
  });

  const compare = async (asked: string, variables: Record<string, unknown>) => {
    const [cached, anew] = await Promise.all([caching.query(asked, variables), forgetful.query(asked, variables)]);
    expect(anew.data, JSON.stringify(anew.errors)).toBeDefined();
    expect(byPath(cached), JSON.stringify(variables)).toEqual(byPath(anew));
  };

  it('is answered as a default asks where nothing is given, and not as null does', async () => {
    const asked = `query ($size: Int!, $count: Int = 1) {
      employees(first: $size) { nodes { jobRoleAssignments(first: $count) { nodes { type } } } } }`;
    for (const size of [50, 51, 52, 53]) {
      for (const given of [{}, { count: null }, { count: 2 }, {}]) await compare(asked, { size, ...given });
    }
  });

  it('is answered with what a directive leaves of two selections of one list', async () => {
    const asked = `query ($size: Int!, $isLong: Boolean!) {
      employees(first: $size) {
        nodes { displayName }
        nodes @include(if: $isLong) { email }
        ... @skip(if: $isLong) { nodes { status } }
      } }`;
    const nodes = z.array(z.record(z.string(), z.unknown()));
    const shape = z.object({ employees: z.object({ nodes }) });
    for (const size of [30, 31, 32, 33]) {
      for (const isLong of [true, false]) {
        await compare(asked, { size, isLong });
        const { employees } = shape.parse((await caching.query(asked, { size, isLong })).data);
        const names = new Set(employees.nodes.flatMap((it) => Object.keys(it)));
        expect([...names]).toEqual(['displayName', isLong ? 'email' : 'status']);
      }
    }
  });

  it('is answered as each type asks, where the type shows only when it is there', async () => {
    const asked = `query ($id: ID!, $size: Int!) {
      node(id: $id) {
        ... on Grade { employees(first: $size) { nodes { id email } } }
        ... on Position { employees(first: $size) { nodes { id displayName } } }
      } }`;
    const lists = await caching.query('{ grades { nodes { id } } positions { nodes { id } } }');
    const items = z.object({ nodes: z.array(z.object({ id: z.string() })) });
    const { grades, positions } = z.object({ grades: items, positions: items }).parse(lists.data);
    const ids = [...grades.nodes, ...positions.nodes].map(({ id }) => id);
    for (const size of [100, 1, 2]) for (const id of ids) await compare(asked, { id, size });
  });

  it('is answered anew after a write that touches it', async () => {
    const names = 'query ($size: Int!) { employees(first: $size) { nodes { id grade { externalKey name } } } }';
    const nodesShape = z.object({
      data: z.object({
        employees: z.object({
          nodes: z.array(z.object({ grade: z.object({ externalKey: z.string(), name: z.string() }).nullable() })),
        }),
      }),
    });
    const gradesShown = async (size: number) => {
      const { data } = nodesShape.parse(await caching.query(names, { size }));
      return data.employees.nodes.flatMap(({ grade }) => grade ?? []);
    };
    for (const size of [60, 61, 62, 63]) await gradesShown(size);
    const [grade] = await gradesShown(64);
    const update = `mutation ($key: String!) { updateGrade(input: { externalKey: $key, name: "Renamed" }) {
      ... on UpdateGradeSuccess { grade { name } } ... on Error { message } } }`;
    const written = await caching.query(update, { key: grade?.externalKey });
    expect(JSON.stringify(written.data)).toContain('Renamed');
    const after = (await gradesShown(59)).filter((it) => it.externalKey === grade?.externalKey);
    expect(after).not.toHaveLength(0);
    expect(after.map((it) => it.name)).toEqual(after.map(() => 'Renamed'));
  });
});

describe('a response in which something else stands in for what could not be read', () => {
  it('is not cached: names are translated as soon as NAVER answers again', async () => {
    const outage = { times: 10_000, reply: { status: 503 } };
    const prepare = ({ naver }: Sandbox) => naver.inject(outage);
    const graph = await startGraph({ people: 40, prepare, waitsForDirectory: false });
    const names = (name: string) =>
      graph.query(`query ${name} { employees(first: 100) { nodes { displayName(locale: "ko") } } }`);
    const before = await names('Names');
    graph.sandbox.naver.recover();
    const isBack = async () => (await graph.query('{ employees { nodes { hiredOn } } }')).errors.length === 0;
    await expect.poll(isBack, { timeout: 15_000 }).toBe(true);
    const anew = await names('Anew');
    expect(anew).not.toEqual(before);
    expect(await names('Names')).toEqual(anew);
    await graph.stop();
  }, 30_000);
});

describe('operations that run at the same moment', () => {
  it('share no execution where their variables only look alike', async () => {
    const graph = await startGraph({ people: 40, env: { SUBGRAPH: 'true' } });
    const [first, second] = graph.company.naver.grades.map(({ externalKey }) => externalKey);
    const document = `query Find($them: [_Any!]!) { _entities(representations: $them) { ... on Grade { externalKey } } }`;
    const find = (last: unknown) =>
      graph.query(document, { them: [{ __typename: 'Grade', externalKey: first }, last] });
    graph.sandbox.naver.inject({ delayMs: 1_000 });
    const odd = find([
      ['__typename', 'Grade'],
      ['externalKey', second],
    ]);
    await expect.poll(() => graph.requests().NAVER.some(({ status }) => status === null)).toBe(true);
    expect((await find({ externalKey: second, __typename: 'Grade' })).errors).toEqual([]);
    expect((await odd).errors).toHaveLength(1);
    await graph.stop();
  });
});
