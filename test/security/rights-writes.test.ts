import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schema } from '../../schema/schema.ts';
import { toNodeId } from '../../src/domain/node-id.ts';
import { type GuardedGraph, refusalsOf, startGuardedGraph, takes } from './rights-callers.ts';
import { callers } from './rights-table.ts';

/** What each mutation takes, and an input of it that would succeed, given somebody of Ctrl Hub. */
const table: Record<string, { scope: string; writer: string; input: string }> = {
  createGrade: {
    scope: 'grades.readwrite',
    writer: 'grades writer',
    input: '{ externalKey: "G-901", name: "Shipwright", sortOrder: 90 }',
  },
  updateGrade: { scope: 'grades.readwrite', writer: 'grades writer', input: '{ externalKey: "G-901", sortOrder: 91 }' },
  deleteGrade: { scope: 'grades.readwrite', writer: 'grades writer', input: '{ externalKey: "G-901" }' },
  createPosition: {
    scope: 'positions.readwrite',
    writer: 'positions writer',
    input: '{ externalKey: "P-901", name: "Dock lead", sortOrder: 90 }',
  },
  updatePosition: {
    scope: 'positions.readwrite',
    writer: 'positions writer',
    input: '{ externalKey: "P-901", sortOrder: 91 }',
  },
  deletePosition: { scope: 'positions.readwrite', writer: 'positions writer', input: '{ externalKey: "P-901" }' },
  createJobRoleAssignment: {
    scope: 'job-role-assignments.readwrite',
    writer: 'assignments writer',
    input: '{ ctrlHubUserId: $user, jobRoleId: $role, type: "stand_in" }',
  },
};

let guarded: GuardedGraph<string>;
let values: Record<string, string | undefined>;
beforeAll(async () => {
  const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));
  guarded = await startGuardedGraph(grants, { people: 40 });
  const { data } = await guarded.as('all', '{ jobRoles { nodes { id } } }');
  const shape = z.object({ jobRoles: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
  const [role] = shape.parse(data).jobRoles.nodes;
  values = { user: guarded.graph.company.ctrlHub.users[0]?.id, role: role?.id };
});
afterAll(() => guarded.stop());

const resultShape = z.object({ result: z.object({ __typename: z.string(), message: z.string().optional() }) });

async function write(caller: string, mutation: string) {
  const input = (table[mutation]?.input ?? '').replaceAll(/\$(\w+)/g, (_, name: string) =>
    JSON.stringify(values[name]),
  );
  const document = `mutation { result: ${mutation}(input: ${input}) { __typename ... on Error { message } } }`;
  const { answer, asked } = await guarded.askedAs(caller, document);
  return { ...resultShape.parse(answer.data).result, errors: answer.errors, asked };
}

it('the table has every mutation', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort());
});

describe.each(Object.entries(table))('%s', (mutation, { scope, writer }) => {
  it.each(Object.keys(callers).filter((it) => it !== writer))('is refused to %s, who reads at most', async (caller) => {
    expect(await write(caller, mutation)).toEqual({
      __typename: 'ForbiddenError',
      message: takes(scope),
      errors: [],
      asked: [],
    });
  });

  it(`is done for who was granted ${scope} alone`, async () => {
    const { __typename, errors, asked } = await write(writer, mutation);
    expect({ __typename, errors }).toEqual({
      __typename: `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Success`,
      errors: [],
    });
    expect(asked.some((it) => /^(POST|PUT|DELETE) /.test(it))).toBe(true);
  });
});

describe('what a mutation answers', () => {
  it('is seen by the writer, but for what it leads to', async () => {
    const answer = await guarded.as(
      'grades writer',
      `mutation { createGrade(input: { externalKey: "G-902", name: "Rigger", sortOrder: 92 }) {
        ... on CreateGradeSuccess { grade { externalKey name isActive employees { totalCount } } } } }`,
    );
    expect(answer.data).toEqual({
      createGrade: { grade: { externalKey: 'G-902', name: 'Rigger', isActive: true, employees: null } },
    });
    expect(refusalsOf(answer)).toEqual([takes('employees.readonly')]);
  });

  it('does not name the person nor the role of an assignment to who may not see them', async () => {
    const answer = await guarded.as(
      'assignments writer',
      `mutation { createJobRoleAssignment(input: { ctrlHubUserId: "${values.user}", jobRoleId: "${values.role}", type: "deputy" }) {
        ... on CreateJobRoleAssignmentSuccess { assignment { type employee { displayName } role { name } } } } }`,
    );
    expect(answer.data).toEqual({
      createJobRoleAssignment: { assignment: { type: 'deputy', employee: null, role: null } },
    });
    expect(refusalsOf(answer)).toEqual([takes('employees.readonly'), takes('job-roles.readonly')]);
  });

  it('does not count the people who have what was not deleted to who may not see them', async () => {
    const { naver } = guarded.graph.company;
    const key = naver.employees.find((it) => it.gradeExternalKey !== null)?.gradeExternalKey;
    const remove = (fields: string) =>
      `mutation ($key: String!) { deleteGrade(input: { externalKey: $key }) { ${fields} } }`;
    const message = '__typename ... on Error { message }';
    expect((await guarded.as('grades writer', remove(message), { key })).data).toEqual({
      deleteGrade: {
        __typename: 'InUseError',
        message: 'Somebody has this grade; nothing was deleted. To delete it nevertheless, set evenIfInUse.',
      },
    });
    const counting = await guarded.as('grades writer', remove('... on InUseError { employeeCount }'), { key });
    expect(counting.data).toBeNull();
    expect(refusalsOf(counting)).toEqual([takes('employees.readonly')]);
  });

  it('does not tell who may not see people whether there is somebody of an id', async () => {
    const document = `mutation ($id: ID!, $role: ID!) {
      createJobRoleAssignment(input: { employeeId: $id, jobRoleId: $role, type: "probe" }) { __typename ... on Error { message } } }`;
    const somebody = guarded.graph.company.lucca.employees[0]?.id;
    for (const id of [somebody, '999999']) {
      const variables = { id: toNodeId('Employee', `L:${id}`), role: values.role };
      const { answer, asked } = await guarded.askedAs('assignments writer', document, variables);
      expect(answer.data).toEqual({
        createJobRoleAssignment: { __typename: 'ForbiddenError', message: takes('employees.readonly') },
      });
      expect(asked).toEqual([]);
    }
  });
});
