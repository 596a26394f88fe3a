import { isEnumType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { toNodeId } from '../../src/domain/node-id.ts';
import { type GuardedGraph, refusalsOf, startGuardedGraph, takes } from './rights-callers.ts';
import { callers, everything } from './rights-table.ts';

let guarded: GuardedGraph<string>;
beforeAll(async () => {
  const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));
  guarded = await startGuardedGraph(grants, { people: 40, env: { CACHE_FRESH_SECONDS: '0' } });
});
afterAll(() => guarded.stop());

const jobQualification = toNodeId('JobQualification', '1');
const profession = toNodeId('Profession', '1');
const jobRole = toNodeId('JobRole', '401e0000-0000-4000-8000-000000000001');
const employee = toNodeId('Employee', 'L:1001');

/** What each condition takes, written out: as much as the field that shows the same. The root's own scope comes first. */
const conditions: [root: string, condition: string, value: unknown, ...takes: string[]][] = [
  ['employees', 'search', 'mina', 'employees.readonly'],
  ['employees', 'emails', ['mina.han@hanbit-marine.example'], 'employees.readonly'],
  ['employees', 'status', ['ACTIVE'], 'employees.readonly'],
  ['employees', 'gradeKeys', ['G-01'], 'employees.readonly', 'grades.readonly'],
  ['employees', 'gradeKeys', [], 'employees.readonly', 'grades.readonly'],
  ['employees', 'positionKeys', ['P-01'], 'employees.readonly', 'positions.readonly'],
  ['employees', 'jobQualificationIds', [jobQualification], 'employees.readonly', 'job-qualifications.readonly'],
  ['employees', 'jobQualificationIds', ['damaged'], 'employees.readonly', 'job-qualifications.readonly'],
  ['employees', 'professionIds', [profession], 'employees.readonly', 'job-qualifications.readonly'],
  ['employees', 'minRank', 2, 'employees.readonly', 'job-qualifications.readonly'],
  ['employees', 'jobRoleIds', [jobRole], 'employees.readonly', 'job-role-assignments.readonly', 'job-roles.readonly'],
  ['employees', 'assignmentType', 'main_layer', 'employees.readonly', 'job-role-assignments.readonly'],
  ['employees', 'hiredFrom', '2020-01-01', 'employees.readonly'],
  ['employees', 'hiredUntil', '2020-12-31', 'employees.readonly'],
  ['employees', 'hasGrade', false, 'employees.readonly', 'grades.readonly'],
  ['employees', 'hasPosition', true, 'employees.readonly', 'positions.readonly'],
  ['employees', 'hasJobQualification', false, 'employees.readonly', 'job-qualifications.readonly'],
  ['employees', 'hasJobRole', false, 'employees.readonly', 'job-role-assignments.readonly'],
  ['jobRoleAssignments', 'employeeIds', [employee], 'job-role-assignments.readonly', 'employees.readonly'],
  ['jobRoleAssignments', 'jobRoleIds', [jobRole], 'job-role-assignments.readonly', 'job-roles.readonly'],
  ['jobRoleAssignments', 'type', 'main_layer', 'job-role-assignments.readonly'],
  ['jobQualifications', 'ranks', [1], 'job-qualifications.readonly'],
  ['jobQualifications', 'professionIds', [profession], 'job-qualifications.readonly'],
];

const filterTypes: Record<string, string> = {
  employees: 'EmployeeFilter',
  jobRoleAssignments: 'JobRoleAssignmentFilter',
  jobQualifications: 'JobQualificationFilter',
};

/** Below the root, fields whose lists would be read ahead. */
const selections: Record<string, string> = {
  employees: 'nodes { hiredOn grade { name } jobRoleAssignments { totalCount } profession { title } }',
  jobRoleAssignments: 'nodes { employee { displayName } role { name organisation { name } } }',
  jobQualifications: 'nodes { profession { title } employees { totalCount } }',
};

const askWith = (caller: string, root: string, filter: object) =>
  guarded.askedAs(
    caller,
    `query ($filter: ${filterTypes[root]}) { ${root}(filter: $filter) { ${selections[root]} totalCount } }`,
    { filter },
  );

const lacks = ({ reads }: { reads: string[] }, required: string[]) => required.find((it) => !reads.includes(it));

// Before all that may ask something, some of which goes on after its answer.
describe.each(conditions)('%s by %s %j', (root, condition, value, ...required) => {
  const refused = Object.entries(callers).filter(([, caller]) => lacks(caller, required) !== undefined);

  it.each(refused)('tells %s nothing, and asks nothing', async (name, caller) => {
    const { answer, asked } = await askWith(name, root, { [condition]: value });
    expect(answer.data).toEqual({ [root]: null });
    expect(answer.errors).toHaveLength(1);
    expect(refusalsOf(answer)).toEqual([takes(lacks(caller, required) ?? '')]);
    expect(asked).toEqual([]);
  });
});

describe('a filter', () => {
  it('with a condition that may be set and one that may not is refused as a whole', async () => {
    const { answer, asked } = await askWith('only employees.readonly', 'employees', { search: 'mina', minRank: 1 });
    expect(refusalsOf(answer)).toEqual([takes('job-qualifications.readonly')]);
    expect(asked).toEqual([]);
  });

  it('takes nothing for a condition that is null', async () => {
    const filter = { search: 'mina', gradeKeys: null, minRank: null, jobRoleIds: null, assignmentType: null };
    const document = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { email } } }';
    const { data, errors } = await guarded.as('only employees.readonly', document, { filter });
    expect({ data, errors }).toEqual({
      data: { employees: { nodes: [{ email: guarded.graph.sandbox.showcaseEmail }] } },
      errors: [],
    });
  });

  it('is refused however it is written', async () => {
    const literal = await guarded.askedAs(
      'only employees.readonly',
      '{ employees(filter: { minRank: 1 }) { totalCount } }',
    );
    const inner = await guarded.askedAs(
      'only employees.readonly',
      'query ($rank: Int = 1) { ...people } fragment people on Query { people: employees(filter: { minRank: $rank }) { totalCount } }',
    );
    for (const { answer, asked } of [literal, inner]) {
      expect(refusalsOf(answer)).toEqual([takes('job-qualifications.readonly')]);
      expect(asked).toEqual([]);
    }
  });

  it('does not keep another field of the operation from its answer', async () => {
    const { data } = await guarded.as(
      'only employees.readonly',
      '{ refused: employees(filter: { gradeKeys: ["G-01"] }) { totalCount } allowed: employees(first: 1) { nodes { __typename } } }',
    );
    expect(data).toEqual({ refused: null, allowed: { nodes: [{ __typename: 'Employee' }] } });
  });
});

/** What an order takes besides the people: who stands before whom tells as much as the field that it follows from. */
const orders: Record<string, string[]> = {
  FAMILY_NAME: [],
  CREATED_AT: [],
  HIRED_ON: [],
  GRADE: ['grades.readonly'],
  POSITION: ['positions.readonly'],
};
const directed = Object.entries(orders).flatMap(([order, besides]): [string, string[]][] => [
  [`${order}_ASC`, besides],
  [`${order}_DESC`, besides],
]);

describe.each(directed)('people in the order %s', (order, besides) => {
  const required = ['employees.readonly', ...besides];

  it.each(Object.entries(callers))(
    'are for %s where it has all scopes, and else nothing is asked',
    async (name, it) => {
      const documents = [
        `{ employees(first: 3, orderBy: ${order}) { nodes { id } } }`,
        `query ($order: EmployeeOrder = ${order}) { ...p } fragment p on Query { employees(first: 3, orderBy: $order) { nodes { id } } }`,
      ];
      for (const document of documents) {
        const { answer, asked } = await guarded.askedAs(name, document);
        const lacking = lacks(it, required);
        if (lacking === undefined) {
          expect(answer).toMatchObject({ data: { employees: { nodes: [{}, {}, {}] } }, errors: [] });
        } else {
          expect(answer.data).toEqual({ employees: null });
          expect(refusalsOf(answer)).toEqual([takes(lacking)]);
          expect(asked).toEqual([]);
        }
      }
    },
  );
});

describe.each(conditions)('%s by %s %j, for who may', (root, condition, value, ...required) => {
  const allowed = Object.entries(callers).filter(([, caller]) => lacks(caller, required) === undefined);

  it.each(allowed)('is as open to %s as the fields that show the same', async (name) => {
    const { errors } = (await askWith(name, root, { [condition]: value })).answer;
    expect(errors.filter((it) => it.path?.length === 1 && it.extensions.code !== 'BAD_USER_INPUT')).toEqual([]);
  });
});

it('the table has every condition and every order of the schema', () => {
  for (const [root, type] of Object.entries(filterTypes)) {
    const members = schema.getType(type);
    const tabled = conditions.filter(([it]) => it === root).map(([, condition]) => condition);
    expect({ [type]: [...new Set(tabled)].sort() }).toEqual({
      [type]: isInputObjectType(members) ? Object.keys(members.getFields()).sort() : [],
    });
  }
  const order = schema.getType('EmployeeOrder');
  expect(directed.map(([it]) => it).sort()).toEqual(
    isEnumType(order)
      ? order
          .getValues()
          .map((it) => it.name)
          .sort()
      : [],
  );
});

it('the scopes of the table are those of the graph', () => {
  expect(new Set(conditions.flatMap(([, , , ...required]) => required)).isSubsetOf(new Set(everything))).toBe(true);
});
