import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';
import { requestLines } from '../helpers/upstream-requests.ts';

// Nothing is remembered, so that what an operation asks of the upstreams is all its own.
let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterAll(() => graph.stop());

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

const entitiesOf = (representations: readonly unknown[], fields = '... on Node { id }') => {
  graph.forgetRequests();
  return graph.query(`query ($them: [_Any!]!) { _entities(representations: $them) { __typename ${fields} } }`, {
    them: representations,
  });
};
const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');
const problemsOf = ({ errors }: Answer) =>
  errors.map(({ path = [], extensions }) => `${path.join('.')} ${extensions.code}`).sort();

/** Of each type: its keys, as the graph itself gives them out. */
async function keysOfEachType(): Promise<Record<string, unknown>[]> {
  const rows = z.object({ nodes: z.tuple([z.looseObject({ __typename: z.string() })], z.unknown()) });
  const { data } = await graph.query(`{
    employees { nodes { __typename id email } } jobQualifications { nodes { __typename id } }
    professions { nodes { __typename id } } jobRoleAssignments { nodes { __typename id } }
    grades { nodes { __typename id externalKey } } positions { nodes { __typename id externalKey } }
    jobRoles(first: 100) { nodes { __typename id organisation { __typename id } } }
  }`);
  const { jobRoles, ...lists } = z.record(z.string(), z.looseObject({ nodes: z.array(z.unknown()) })).parse(data);
  const role = z.looseObject({ id: z.string(), organisation: z.looseObject({ id: z.string() }).nullable() });
  const withOrganisation = z
    .array(role)
    .parse(jobRoles?.nodes)
    .find((it) => it.organisation !== null);
  const firsts = Object.values(lists).map((it) => rows.parse(it).nodes[0]);
  const found = [...firsts, { __typename: 'JobRole', id: withOrganisation?.id }, withOrganisation?.organisation];
  return found.flatMap((it) => {
    const { __typename, ...keys } = it ?? {};
    return Object.entries(keys).map(([key, value]) => ({ __typename, [key]: value }));
  });
}

describe('_entities', () => {
  it('finds every type by each of its keys, mixed in one call, in the order asked', async () => {
    const keys = await keysOfEachType();
    expect(keys).toHaveLength(11);
    const asked = [...keys, ...keys.toReversed()];
    const { data, errors } = await entitiesOf(
      asked,
      '... on Node { id } ... on Employee { email } ... on Grade { externalKey } ... on Position { externalKey }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ _entities: asked.map((it) => expect.objectContaining(it)) });
  });

  it('reads the lists of what is asked for, each once, however many are asked for by however many keys', async () => {
    const { employees } = graph.company.lucca;
    const [byId, byEmail] = [employees.slice(50, 90), employees.slice(90, 130)];
    const { errors } = await entitiesOf([
      ...byId.map((it) => ({ __typename: 'Employee', id: nodeId('Employee', `L:${it.id}`) })),
      ...byEmail.flatMap(({ email }) => (email === null ? [] : [{ __typename: 'Employee', email }])),
      ...graph.company.naver.grades.map((it) => ({ __typename: 'Grade', externalKey: it.externalKey })),
    ]);
    expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: [expect.stringMatching(/^GET employees\?sort=id&/), expect.stringMatching(/^GET employees\?sort=id&/)],
      CTRL_HUB: [0, 100, 200, 0, 100].map((offset, index) =>
        expect.stringMatching(
          index < 3 ? `^GET job-role-assignments\\?.*offset=${offset}&` : `^GET members\\?.*offset=${offset}$`,
        ),
      ),
      NAVER: ['GET employee?offset=0&limit=100', 'GET employee?offset=100&limit=100', 'GET grade?offset=0&limit=100'],
    });
  });

  it('matches an address in any case, and answers with the one that leads', async () => {
    const email = graph.sandbox.showcaseEmail;
    const { data, errors } = await entitiesOf(
      [{ __typename: 'Employee', email: ` ${email.toUpperCase()}` }],
      '... on Employee { email }',
    );
    expect({ data, errors }).toEqual({ data: { _entities: [{ __typename: 'Employee', email }] }, errors: [] });
  });

  it('is null without an error, and asks nobody, where a key is null', async () => {
    const answer = await entitiesOf([
      { __typename: 'Employee', email: null },
      { __typename: 'Employee', id: null },
      { __typename: 'Grade', externalKey: null, id: null },
    ]);
    expect(answer).toMatchObject({ data: { _entities: [null, null, null] }, errors: [] });
    expect(requestLines(graph.requests())).toEqual(nothing);
  });

  it('takes the key that is not null where several came', async () => {
    const { data } = await entitiesOf(
      [{ __typename: 'Grade', id: null, externalKey: 'G04' }],
      '... on Grade { externalKey }',
    );
    expect(data).toEqual({ _entities: [{ __typename: 'Grade', externalKey: 'G04' }] });
  });

  it('is null with an error at its own place for what is not there and for what names nothing', async () => {
    const known = { __typename: 'Grade', externalKey: 'G04' };
    const cases: [unknown, string][] = [
      [{ __typename: 'Employee', email: 'nobody@elsewhere.example' }, 'NOT_FOUND'],
      [{ __typename: 'Employee', email: 'no address' }, 'NOT_FOUND'],
      [{ __typename: 'Employee', id: nodeId('Employee', 'L:999999') }, 'NOT_FOUND'],
      [{ __typename: 'Grade', externalKey: 'G77' }, 'NOT_FOUND'],
      [{ __typename: 'Employee', id: 'x' }, 'BAD_USER_INPUT'],
      [{ __typename: 'Employee', id: nodeId('Grade', 'G04') }, 'BAD_USER_INPUT'],
      [{ __typename: 'Employee', email: 7 }, 'BAD_USER_INPUT'],
      [{ __typename: 'Employee' }, 'BAD_USER_INPUT'],
      [{ __typename: 'Desk', id: '1' }, 'BAD_USER_INPUT'],
      [{ __typename: 'UpstreamStatus', upstream: 'LUCCA' }, 'BAD_USER_INPUT'],
      [{ externalKey: 'G04' }, 'BAD_USER_INPUT'],
      ['Employee', 'BAD_USER_INPUT'],
      [[], 'BAD_USER_INPUT'],
    ];
    const answer = await entitiesOf([known, ...cases.map(([it]) => it), known], '... on Grade { externalKey }');
    expect(answer.data).toEqual({ _entities: [known, ...cases.map(() => null), known] });
    expect(problemsOf(answer)).toEqual(cases.map(([, code], index) => `_entities.${index + 1} ${code}`).sort());
    expect(JSON.stringify(answer.errors)).not.toMatch(/nobody@|no address|999999|G77|Desk/);
  });

  it('takes representations that are written into the operation', async () => {
    const { data, errors } = await graph.query(
      '{ _entities(representations: [{ __typename: "Grade", externalKey: "G04" }]) { ... on Grade { externalKey } } }',
    );
    expect({ data, errors }).toEqual({ data: { _entities: [{ externalKey: 'G04' }] }, errors: [] });
  });

  it('answers a thousand and refuses more, and says of what', async () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ __typename: 'Grade', externalKey: 'G04' }));
    const { data, errors } = await entitiesOf(many(1_000), '... on Grade { externalKey name }');
    expect(errors).toEqual([]);
    expect(
      z.object({ _entities: z.array(z.object({ externalKey: z.literal('G04') })) }).parse(data)._entities,
    ).toHaveLength(1_000);

    expect((await entitiesOf(many(1_001))).errors).toEqual([
      {
        message: 'The operation is too large: 1001 representations; the limit is 1000.',
        extensions: { code: 'QUERY_TOO_COMPLEX' },
      },
    ]);
    expect((await entitiesOf(many(100_000))).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect(requestLines(graph.requests())).toEqual(nothing);
  });
});

describe('a batched field', () => {
  it('answers in the order asked, null for null and for what is not there', async () => {
    const emails = graph.company.lucca.employees.slice(0, 2).map((it) => it.email);
    const { data, errors } = await graph.query(
      `query ($emails: [String]!, $keys: [String]!, $ids: [ID]!) {
        employeesByEmail(emails: $emails) { email } gradesByKey(keys: $keys) { externalKey } positionsById(ids: $ids) { id } }`,
      {
        emails: [emails[1], null, 'no address', 'nobody@elsewhere.example', emails[0], emails[1]],
        keys: ['G77', 'G04', null, 'G04'],
        ids: [nodeId('Position', 'J77'), nodeId('Position', 'J01')],
      },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      employeesByEmail: [emails[1], null, null, null, emails[0], emails[1]].map((email) => email && { email }),
      gradesByKey: [null, { externalKey: 'G04' }, null, { externalKey: 'G04' }],
      positionsById: [null, { id: nodeId('Position', 'J01') }],
    });
  });

  it('costs an id of another kind its own place', async () => {
    const ids = ['x', nodeId('Employee', 'L:20001'), nodeId('Grade', 'G04')];
    const answer = await graph.query('query ($ids: [ID]!) { gradesById(ids: $ids) { externalKey } }', { ids });
    expect(answer.data).toEqual({ gradesById: [null, null, { externalKey: 'G04' }] });
    expect(problemsOf(answer)).toEqual(['gradesById.0 BAD_USER_INPUT', 'gradesById.1 BAD_USER_INPUT']);
  });

  it.each([
    ['employeesByEmail', 'emails', 'String'],
    ['gradesByKey', 'keys', 'String'],
    ['jobRolesById', 'ids', 'ID'],
  ])('answers at most a thousand: %s', async (field, argument, type) => {
    const values = Array.from({ length: 1_001 }, (_, index) => `v${index}`);
    const document = `query ($values: [${type}]!) { ${field}(${argument}: $values) { id } }`;
    const { errors } = await graph.query(document, { values });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(`1001 ${argument};`), extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
  });
});
