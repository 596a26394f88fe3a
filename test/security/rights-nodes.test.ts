import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type NodeType, toNodeId } from '../../src/domain/node-id.ts';
import { type GuardedGraph, refusalsOf, startGuardedGraph, takes } from './rights-callers.ts';
import { callers } from './rights-table.ts';

const table: Record<NodeType, string> = {
  Employee: 'employees.readonly',
  JobQualification: 'job-qualifications.readonly',
  Profession: 'job-qualifications.readonly',
  JobRole: 'job-roles.readonly',
  Organisation: 'job-roles.readonly',
  JobRoleAssignment: 'job-role-assignments.readonly',
  Grade: 'grades.readonly',
  Position: 'positions.readonly',
};
const typeNames = Object.keys(table).filter((it): it is NodeType => it in table);

let guarded: GuardedGraph<string>;
let ids: Record<NodeType, string>;
beforeAll(async () => {
  const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));
  guarded = await startGuardedGraph(grants, { people: 40, env: { SUBGRAPH: 'on', CACHE_FRESH_SECONDS: '0' } });
  ids = await idsOfEachType();
});
afterAll(() => guarded.stop());

async function idsOfEachType(): Promise<Record<NodeType, string>> {
  const one = z.object({ id: z.string() });
  const list = z.object({ nodes: z.array(one) }).transform(({ nodes: [first] }) => one.parse(first).id);
  const roles = z.object({ nodes: z.array(z.object({ id: z.string(), organisation: one.nullable() })) });
  const { data } = await guarded.as(
    'all',
    `{ employees { nodes { id } } jobQualifications { nodes { id } } professions { nodes { id } }
      jobRoles { nodes { id organisation { id } } } jobRoleAssignments { nodes { id } }
      grades { nodes { id } } positions { nodes { id } } }`,
  );
  const lists = { employees: list, jobQualifications: list, professions: list, jobRoleAssignments: list, grades: list };
  const found = z.object({ ...lists, positions: list, jobRoles: roles }).parse(data);
  const [role] = found.jobRoles.nodes.filter((it) => it.organisation !== null);
  return {
    Employee: found.employees,
    JobQualification: found.jobQualifications,
    Profession: found.professions,
    JobRole: role?.id ?? '',
    Organisation: role?.organisation?.id ?? '',
    JobRoleAssignment: found.jobRoleAssignments,
    Grade: found.grades,
    Position: found.positions,
  };
}

/** Something of every type, and much that would be read ahead for it. */
const fragments = `
  __typename id
  ... on Employee { displayName grade { name } jobRoleAssignments { totalCount } profession { title } }
  ... on JobQualification { title profession { title } employees { totalCount } }
  ... on Profession { title jobQualifications { totalCount } }
  ... on JobRole { name organisation { name } assignments { totalCount } }
  ... on Organisation { name }
  ... on JobRoleAssignment { type employee { displayName } role { name } }
  ... on Grade { name employees { totalCount } }
  ... on Position { name employees { totalCount } }`;

const everythingOf = `query ($id: ID!) { node(id: $id) { ${fragments} } }`;

describe.each(typeNames)('node: %s', (typeName) => {
  const refused = Object.entries(callers).filter(([, { reads }]) => !reads.includes(table[typeName]));
  const allowed = Object.entries(callers).filter(([, { reads }]) => reads.includes(table[typeName]));

  it.each(refused)('tells %s nothing, not even whether it is there', async (name) => {
    for (const id of [ids[typeName], toNodeId(typeName, 'nobody-has-this-key')]) {
      const { answer, asked } = await guarded.askedAs(name, everythingOf, { id });
      expect(answer.data).toEqual({ node: null });
      expect(answer.errors).toHaveLength(1);
      expect(refusalsOf(answer)).toEqual([takes(table[typeName])]);
      expect(asked).toEqual([]);
    }
  });

  it.each(allowed)('is there for %s', async (name) => {
    const answer = await guarded.as(name, 'query ($id: ID!) { node(id: $id) { __typename id } }', {
      id: ids[typeName],
    });
    expect({ data: answer.data, errors: answer.errors }).toEqual({
      data: { node: { __typename: typeName, id: ids[typeName] } },
      errors: [],
    });
  });
});

describe('nodes', () => {
  const rows = z.object({ nodes: z.array(z.looseObject({ __typename: z.string() }).nullable()) });

  it.each(Object.entries(callers))(
    'gives %s each object it may see, and costs the others their place',
    async (name, { reads }) => {
      const { data, errors } = await guarded.as(name, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
        ids: typeNames.map((it) => ids[it]),
      });
      const seen = (it: NodeType) => reads.includes(table[it]);
      expect(rows.parse(data).nodes.map((it) => it?.__typename ?? null)).toEqual(
        typeNames.map((it) => (seen(it) ? it : null)),
      );
      const lost = typeNames.flatMap((it, index) =>
        seen(it) ? [] : [{ path: ['nodes', index], message: takes(table[it]) }],
      );
      expect(errors.map(({ path, message }) => ({ path, message }))).toEqual(lost);
    },
  );

  it('asks nothing for the id of what may not be seen, beside others that may', async () => {
    const document = `query ($id: ID!, $other: ID!) { node(id: $id) { ${fragments} } other: node(id: $other) { id } }`;
    const variables = { id: ids.Employee, other: ids.Grade };
    const { answer, asked } = await guarded.askedAs('without employees.readonly', document, variables);
    expect(answer.data).toEqual({ node: null, other: { id: ids.Grade } });
    expect(asked).toEqual([expect.stringMatching(/\/grade\?offset=0&limit=100$/)]);
  });

  it('asks only for the types of the ids that may be seen, whatever fragments there are', async () => {
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ${fragments} } }`;
    const { answer, asked } = await guarded.askedAs('without employees.readonly', document, {
      ids: [ids.Employee, ids.Grade],
    });
    expect(refusalsOf(answer)).toEqual([takes('employees.readonly'), takes('employees.readonly')]);
    expect(asked).toEqual([
      expect.stringMatching(/^GET \/organization\/apigw\/v2\/company\/[^/]+\/grade\?offset=0&limit=100$/),
    ]);
  });
});

describe('_entities', () => {
  const rows = z.object({ _entities: z.array(z.object({ __typename: z.string() }).nullable()) });
  const document = `query ($them: [_Any!]!) { _entities(representations: $them) { __typename ${fragments.replace('__typename id', '')} } }`;
  const representations = () => typeNames.map((it) => ({ __typename: it, id: ids[it] }));

  it.each(Object.entries(callers))(
    'gives %s each entity it may see, and costs the others their place',
    async (name, { reads }) => {
      const bare = 'query ($them: [_Any!]!) { _entities(representations: $them) { __typename } }';
      const { data, errors } = await guarded.as(name, bare, { them: representations() });
      const seen = (it: NodeType) => reads.includes(table[it]);
      expect(rows.parse(data)._entities.map((it) => it?.__typename ?? null)).toEqual(
        typeNames.map((it) => (seen(it) ? it : null)),
      );
      const lost = typeNames.flatMap((it, index) =>
        seen(it) ? [] : [{ path: ['_entities', index], message: takes(table[it]) }],
      );
      expect(errors.map(({ path, message }) => ({ path, message }))).toEqual(lost);
    },
  );

  it('tells nobody without the scope whether there is such an entity, and asks nothing', async () => {
    const them = [...representations(), ...typeNames.map((it) => ({ __typename: it, id: toNodeId(it, 'nobody') }))];
    const { answer, asked } = await guarded.askedAs('nobody', document, { them });
    expect(answer.data).toEqual({ _entities: them.map(() => null) });
    expect(refusalsOf(answer)).toEqual(them.map((it) => takes(table[it.__typename])));
    expect(asked).toEqual([]);
  });

  it('asks only for the types of the representations that may be seen, whatever fragments there are', async () => {
    const them = [
      { __typename: 'Employee', email: guarded.graph.sandbox.showcaseEmail },
      { __typename: 'Grade', id: ids.Grade },
    ];
    const { answer, asked } = await guarded.askedAs('without employees.readonly', document, { them });
    expect(refusalsOf(answer)).toEqual([takes('employees.readonly'), takes('employees.readonly')]);
    expect(asked).toEqual([
      expect.stringMatching(/^GET \/organization\/apigw\/v2\/company\/[^/]+\/grade\?offset=0&limit=100$/),
    ]);
  });
});
