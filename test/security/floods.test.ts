import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operation } from '../helpers/operation.ts';
import { expectRefusal, type GuardedGraph, startGuarded } from './guarded-graph.ts';

let graph: GuardedGraph;
beforeAll(async () => {
  graph = await startGuarded();
});
afterAll(() => graph.stop());

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** A hundred people, of each their grade, of each hundred people who have it, and so on. */
const roundTrips = (levels: number): string =>
  levels === 0 ? 'id' : `grade { employees(first: 100) { nodes { ${roundTrips(levels - 1)} } } }`;

/** Each fragment spreads the next one, and the last one all of them. */
const circle = (size: number): string => {
  const spreads = (index: number) => (index < size - 1 ? `...F${index + 1}` : times(size, (i) => `...F${i}`));
  return `{ ...F0 } ${times(size, (i) => `fragment F${i} on Query { ${spreads(i)} }`)}`;
};

const floods: { name: string; document: string; measure: string; limit: number; variables?: object }[] = [
  { name: 'aliases', document: `{ ${times(201, (i) => `a${i}: __typename`)} }`, measure: 'aliases', limit: 200 },
  {
    name: 'directives on one field',
    document: `{ __typename ${times(1_000, () => '@skip(if: false)')} }`,
    measure: 'tokens',
    limit: 4_000,
  },
  {
    name: 'directives',
    document: `{ ${times(51, () => '__typename @skip(if: false)')} }`,
    measure: 'directives',
    limit: 50,
  },
  { name: 'root fields', document: `{ ${times(201, () => '__typename')} }`, measure: 'root fields', limit: 200 },
  { name: 'fields', document: `{ upstreams { ${times(5_000, () => 'state')} } }`, measure: 'tokens', limit: 4_000 },
  {
    name: 'fragments',
    document: `{ ...F } ${times(1_000, (i) => `fragment F${i} on Query { x }`)}`,
    measure: 'tokens',
    limit: 4_000,
  },
  {
    name: 'one alias for a hundred rows',
    document: `{ employees(first: 100) { nodes { ${'a'.repeat(500_000)}: id } } }`,
    measure: 'characters in a name',
    limit: 100,
  },
  {
    name: 'an operation for the log',
    document: `query ${'Log'.repeat(40)} { __typename }`,
    measure: 'characters in a name',
    limit: 100,
  },
  {
    name: 'fragments that lead to all others',
    document: circle(200),
    measure: 'fragments',
    limit: 100,
  },
  {
    name: 'descriptions of the schema',
    document: `{ __schema { types { ${times(180, (i) => `a${i}: fields { type { fields { name } } }`)} } } }`,
    measure: 'values',
    limit: 300_000,
  },
  { name: 'brackets', document: `{ nodes(ids: ${'['.repeat(20_000)}`, measure: 'levels of brackets', limit: 100 },
  { name: 'braces', document: '{a'.repeat(20_000), measure: 'levels of brackets', limit: 100 },
  {
    name: 'depth',
    document: `{ employees { nodes { ${roundTrips(5)} } } }`,
    measure: 'levels of fields',
    limit: 15,
  },
  {
    name: 'depth behind fragments',
    document: `{ employees { nodes { ...F0 } } }
      ${times(8, (i) => `fragment F${i} on Employee { grade { employees { nodes { ...F${i + 1} } } } }`)}
      fragment F8 on Employee { id }`,
    measure: 'levels of fields',
    limit: 15,
  },
  {
    name: 'fragments that double each other',
    document: `{ employees { nodes { ...F0 } } }
      ${times(40, (i) => `fragment F${i} on Employee { ...F${i + 1} ...F${i + 1} }`)}
      fragment F40 on Employee { id }`,
    measure: 'selections',
    limit: 10_000,
  },
  {
    name: 'pages of pages of pages',
    document: `{ employees(first: 100) { nodes { ${roundTrips(2)} } } }`,
    measure: 'values',
    limit: 300_000,
  },
  {
    name: 'pages whose size is a variable',
    document: `query ($n: Int) { jobRoles(first: $n) { nodes { assignments(first: $n) { nodes { employee {
      jobRoleAssignments(first: $n) { nodes { type } } } } } } } }`,
    measure: 'values',
    limit: 300_000,
    variables: { n: 100 },
  },
  {
    name: 'ids by the thousand',
    document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    measure: 'ids',
    limit: 1_000,
    variables: { ids: Array.from({ length: 1_001 }, (_, index) => `none-${index}`) },
  },
  {
    name: 'mutations',
    document: `mutation { ${times(21, (i) => `d${i}: deleteGrade(input: { externalKey: "G${i}" }) { __typename }`)} }`,
    measure: 'reads of the upstreams',
    limit: 60,
  },
];

describe('a flood', () => {
  it.each(floods)(
    'of $name is refused before anything is asked',
    async ({ name, document, measure, limit, variables }) => {
      const reply = await expectRefusal(graph, name, () => graph.ask(document, variables), {
        status: 200,
        code: 'QUERY_TOO_COMPLEX',
        message: /^The operation is too large: \d+ .+; the limit is \d+\.$/,
        details: { measure, limit, cost: expect.any(Number) },
      });
      expect(reply.json?.errors[0]?.extensions.cost).toBeGreaterThan(limit);
    },
  );

  it('is a bad request for clients that accept GraphQL answers', async () => {
    const headers = { accept: 'application/graphql-response+json' };
    expect(await graph.ask(`{ ${times(201, () => '__typename')} }`, undefined, headers)).toMatchObject({ status: 400 });
  });

  it('is told apart from the same operation with a smaller page', async () => {
    const document =
      'query ($n: Int!) { employees(first: $n) { nodes { grade { employees(first: $n) { nodes { grade { employees(first: $n) { nodes { id } } } } } } } } }';
    expect((await graph.ask(document, { n: 100 })).json?.errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
    expect((await graph.ask(document, { n: 5 })).json?.errors).toEqual([]);
  });
});

describe('an argument that is null after all', () => {
  it('is bad input, and nothing of it is repeated', async () => {
    const document = 'query ($ids: [ID!] = []) { nodes(ids: $ids) { id } }';
    await expectRefusal(graph, 'null for a list', () => graph.ask(document, { ids: null }), {
      status: 200,
      code: 'BAD_USER_INPUT',
      message: /^Argument "ids": expected a value, got null from a variable\.$/,
    });
  });
});

describe('a document that cannot be', () => {
  it.each([
    [
      'fragments in a circle',
      '{ employees { nodes { ...A } } } fragment A on Employee { ...B } fragment B on Employee { ...A }',
    ],
    ['fragments that all lead to each other', circle(100)],
    [
      'a fragment in itself',
      '{ employees { nodes { ...A } } } fragment A on Employee { grade { employees { nodes { ...A } } } }',
    ],
    [
      'introspection in circles',
      '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }',
    ],
    [
      'thousands of ways to merge',
      `{ ${times(49, () => 'employees { nodes { id displayName email } }')} employees { nodes { id: displayName } } }`,
    ],
  ])('for %s is invalid, and that is found out quickly', async (name, document) => {
    const before = graph.upstreamRequests();
    const reply = await graph.ask(document);
    process.stdout.write(`refused in ${reply.milliseconds.toFixed(1).padStart(7)} ms: ${name}\n`);
    expect(reply.json?.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(graph.upstreamRequests()).toBe(before);
  });
});

const costShape = z.object({ employees: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });

describe('an honest operation', () => {
  it.each([
    'q01-directory-page',
    'q02-full-join',
    'q03-person',
    'q04-role-board',
    'q05-grade-ladder',
    'q06-skills-matrix',
    'q11-counts',
  ])('such as %s is well within the limits', async (name) => {
    const reply = await graph.ask(operation(name), { email: graph.sandbox.showcaseEmail });
    expect(reply.status).toBe(200);
    // Of people whose links are contested.
    expect(reply.json?.errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  });

  it('such as q09-refetch is well within the limits', async () => {
    const found = await graph.ask('{ employees(first: 100) { nodes { id } } }');
    const ids = costShape.parse(found.json?.data).employees.nodes.map((it) => it.id);
    expect(await graph.ask(operation('q09-refetch'), { ids })).toMatchObject({ status: 200, json: { errors: [] } });
  });

  it('may ask for the schema as tools do', async () => {
    const document = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, oneOf: true });
    expect(await graph.ask(document)).toMatchObject({ status: 200, json: { errors: [] } });
  });
});
