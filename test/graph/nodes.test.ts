import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { requestLines } from '../helpers/upstream-requests.ts';

let graph: TestGraph;
const objects: Record<string, unknown>[] = [];

const row = z.looseObject({ __typename: z.string(), id: z.string() });
const rows = z.object({ nodes: z.array(row) });

/** Every type that has an id of its own, with a field or two by which to know it again. */
const fields = `
  __typename id
  ... on Employee { displayName }
  ... on JobQualification { luccaId title(locale: "fr") }
  ... on Profession { luccaId isArchived }
  ... on JobRole { ctrlHubId roleName: name }
  ... on JobRoleAssignment { ctrlHubId assignmentType: type }
  ... on Organisation { ctrlHubId organisationName: name }
  ... on Grade { externalKey gradeName: name }
  ... on Position { externalKey positionName: name }
`;

const lists = [
  'employees',
  'jobQualifications',
  'professions',
  'jobRoles',
  'jobRoleAssignments',
  'grades',
  'positions',
];

beforeAll(async () => {
  graph = await startGraph();
  for (const list of lists) {
    const { data } = await graph.query(`{ ${list}(first: 3) { nodes { ...row } } } fragment row on Node { ${fields} }`);
    objects.push(...(z.record(z.string(), rows).parse(data)[list]?.nodes ?? []));
  }
  const { data } = await graph.query(
    `{ jobRoles(first: 100) { nodes { organisation { ...row } } } } fragment row on Node { ${fields} }`,
  );
  const roles = z.object({ jobRoles: z.object({ nodes: z.array(z.object({ organisation: row.nullable() })) }) });
  const organisations = roles.parse(data).jobRoles.nodes.flatMap((it) => it.organisation ?? []);
  objects.push(...new Map(organisations.map((it) => [it.id, it])).values());
});
afterAll(() => graph.stop());

const nodes = async (ids: unknown[]) => graph.query(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`, { ids });
const idsOf = (found: Record<string, unknown>[]) => found.map((it) => it.id);

/** An id as the graph would have given it out for something that no longer exists. */
const gone = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

describe('node', () => {
  it('tells of a person all that the lists tell', async () => {
    const told = 'id missingLinks { upstream reason } identities { upstream mappingKey }';
    const { data } = await graph.query(`{ unlinkedPeople(first: 20) { nodes { ${told} } } }`);
    const people = z.object({ unlinkedPeople: z.object({ nodes: z.array(z.looseObject({ id: z.string() })) }) });
    const { nodes } = people.parse(data).unlinkedPeople;
    const again = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Employee { ${told} } } }`;
    expect((await graph.query(again, { ids: idsOf(nodes) })).data).toEqual({ nodes });
  });

  it('is told of eight types', () => {
    expect(new Set(objects.map((it) => it.__typename)).size).toBe(8);
  });

  it('gives every object back, each alone and by a server that remembers nothing', async () => {
    for (const type of new Set(objects.map((it) => it.__typename))) {
      await graph.restartGraph();
      const object = objects.find((it) => it.__typename === type);
      const { data, errors } = await graph.query(`query ($id: ID!) { node(id: $id) { ${fields} } }`, {
        id: object?.id,
      });
      expect(errors).toEqual([]);
      expect(data).toEqual({ node: object });
    }
  });
});

describe('nodes', () => {
  it('gives a mixed batch back in the order asked, repeats included', async () => {
    const asked = [...objects.toReversed(), ...objects.slice(0, 5), ...objects];
    const { data, errors } = await nodes(idsOf(asked));
    expect(errors).toEqual([]);
    expect(data).toEqual({ nodes: asked });
  });

  it('asks for the lists of the kinds that are asked for, each once, and for no others', async () => {
    await graph.restartGraph();
    graph.forgetRequests();
    const asked = async (...kinds: string[]) => {
      await nodes(idsOf(objects.filter((it) => kinds.includes(String(it.__typename)))));
      return requestLines(graph.requests());
    };
    const none = { LUCCA: [], CTRL_HUB: [], NAVER: [] };
    expect(await asked('Employee', 'JobRole', 'JobRoleAssignment', 'Organisation')).toEqual(none);
    expect(await asked('Grade')).toEqual({ ...none, NAVER: ['GET grade?offset=0&limit=100'] });
    expect(await asked('JobQualification', 'Grade', 'Position', 'Profession')).toEqual({
      LUCCA: [
        'GET job-qualifications?limit=100&include=totalCount,links',
        'GET professions?limit=100&include=totalCount,links',
      ],
      CTRL_HUB: [],
      NAVER: ['GET grade?offset=0&limit=100', 'GET job?offset=0&limit=100'],
    });
  });

  it('is empty for no ids, and asks nobody', async () => {
    graph.forgetRequests();
    expect(await nodes([])).toMatchObject({ data: { nodes: [] }, errors: [] });
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });

  it('is null without an error for what is gone', async () => {
    const absent = '00000000-0000-4000-8000-00000000dead';
    const ids = [
      gone('Employee', 'L:999999'),
      gone('Employee', 'N:emp-99999'),
      gone('Employee', `C:${absent}`),
      gone('JobQualification', '999999'),
      gone('Profession', '999999'),
      gone('JobRole', absent),
      gone('JobRoleAssignment', `${absent}.${absent}`),
      gone('Organisation', absent),
      gone('Grade', 'G77'),
      gone('Position', 'J77'),
    ];
    const { data, errors } = await nodes(ids);
    expect(errors).toEqual([]);
    expect(data).toEqual({ nodes: ids.map(() => null) });
    for (const id of ids) expect(await nodes([id])).toMatchObject({ data: { nodes: [null] }, errors: [] });
  });

  it('is null with BAD_USER_INPUT at its own place for what never was an id', async () => {
    const garbage = [
      '',
      'x',
      '1',
      'RW1wbG95ZWU',
      gone('Nothing', '1'),
      gone('Employee', ''),
      '../../etc/passwd',
      '%00',
      'é',
    ];
    const [first] = objects;
    const { data, errors } = await nodes([first?.id, ...garbage, first?.id]);
    expect(data).toEqual({ nodes: [first, ...garbage.map(() => null), first] });
    expect(errors.map((it) => it.path)).toEqual(garbage.map((_, index) => ['nodes', index + 1]));
    expect(new Set(errors.map((it) => it.extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it.each(['L:', 'X:1', 'L', '::', 'L:20001/../20002', 'L:20001,20002', 'E:', 'N:', 'C:not-a-uuid'])(
    'is nobody for an employee’s id that holds %j',
    async (key) => {
      const { data, errors } = await nodes([gone('Employee', key)]);
      expect(data).toEqual({ nodes: [null] });
      // Ids of this form were once made of addresses: whoever has one is told so.
      const expected = key === 'E:' ? ['NOT_FOUND'] : [];
      expect(errors.map((it) => it.extensions.code)).toEqual(expected);
    },
  );
});

describe('an id of another kind', () => {
  it.each([
    ['jobQualification', 'Grade'],
    ['profession', 'JobQualification'],
    ['jobRole', 'Organisation'],
  ])('is refused by %s', async (field, type) => {
    const id = objects.find((it) => it.__typename === type)?.id;
    const { data, errors } = await graph.query(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
    expect(data).toEqual({ [field]: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: [field], extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('is refused by employee, and in filters', async () => {
    const id = objects.find((it) => it.__typename === 'Grade')?.id;
    const { data, errors } = await graph.query(
      `query ($id: ID!) {
        employee(by: { id: $id }) { id }
        jobQualifications(filter: { professionIds: [$id] }) { totalCount }
        jobRoleAssignments(filter: { employeeIds: [$id] }) { totalCount }
        byRole: jobRoleAssignments(filter: { jobRoleIds: [$id] }) { totalCount }
      }`,
      { id },
    );
    expect(data).toEqual({ employee: null, jobQualifications: null, jobRoleAssignments: null, byRole: null });
    expect(errors).toHaveLength(4);
    for (const it of errors) expect(it.extensions.code).toBe('BAD_USER_INPUT');
  });
});
