import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import { evaluate, type Order, type PlainFilter } from './plain-evaluation.ts';
import { toInput } from './walk-employees.ts';

const nothing = { LUCCA: [], CTRL_HUB: [], NAVER: [] };
const qualifications = { ...nothing, LUCCA: ['GET job-qualifications?limit=100&include=totalCount,links'] };

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** What an operation costs a server that has read everybody and nothing else. */
async function measure(document: string, variables: Record<string, unknown>) {
  await graph.restartGraph();
  graph.forgetRequests();
  const { data, errors } = await graph.query(document, variables);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  return { data, cost: requestLines(graph.requests()) };
}

/** A grade, a profession and a job role that some of the crane crew share. */
function craneCrew() {
  const { lucca, naver, ctrlHub } = graph.company;
  const showcase = graph.sandbox.showcaseEmail;
  const row = naver.employees.find((it) => it.emailAddress?.toLowerCase() === showcase);
  const user = ctrlHub.users.find((it) => it.email === showcase);
  const role = ctrlHub.assignments.find((it) => it.userId === user?.id)?.roleId ?? '';
  const profession = lucca.professions.find((it) => it.title === 'Lifting Operations')?.id ?? '';
  const position = row?.jobExternalKey ?? '';
  return { grade: row?.gradeExternalKey ?? '', position, profession, role, showcase };
}

const q07Shape = z.object({ employees: z.object({ nodes: z.array(z.unknown()), totalCount: z.number() }) });

it('A filter across three systems finds whom a plain evaluation finds, for the list of qualifications', async () => {
  const { grade, profession, role } = craneCrew();
  const filter = { gradeKeys: [grade], professionIds: [profession], minRank: 2, jobRoleIds: [role] };
  const { data, cost } = await measure(operation('q07-across-systems'), { filter: toInput(filter) });
  expect(cost).toEqual(qualifications);
  const expected = evaluate(graph.company, filter, 'FAMILY_NAME_ASC');
  expect(expected.length).toBeGreaterThan(1);
  expect(q07Shape.parse(data).employees.nodes).toHaveLength(expected.length);
  expect(q07Shape.parse(data).employees.totalCount).toBe(expected.length);
});

describe('beyond everybody, who is there, a filter or an order costs the lists that it needs', () => {
  const people = `query ($filter: EmployeeFilter, $orderBy: EmployeeOrder) {
    employees(filter: $filter, orderBy: $orderBy) { nodes { id } totalCount } }`;

  it.each<[string, () => PlainFilter, typeof nothing | typeof qualifications]>([
    ['search', () => ({ search: 'mina' }), nothing],
    ['emails', () => ({ emails: [craneCrew().showcase.toUpperCase(), 'nobody@hanbit-marine.example'] }), nothing],
    ['status', () => ({ status: ['ACTIVE'] }), nothing],
    ['gradeKeys', () => ({ gradeKeys: [craneCrew().grade] }), nothing],
    ['positionKeys', () => ({ positionKeys: [craneCrew().position] }), nothing],
    ['jobQualificationIds', () => ({ jobQualificationIds: ['801'] }), nothing],
    ['professionIds', () => ({ professionIds: [craneCrew().profession] }), qualifications],
    ['minRank', () => ({ minRank: 2 }), qualifications],
    ['jobRoleIds', () => ({ jobRoleIds: [craneCrew().role] }), nothing],
    ['assignmentType', () => ({ assignmentType: 'main_layer' }), nothing],
    ['professionIds that match nobody', () => ({ professionIds: [] }), nothing],
  ])('%s', async (_, filterOf, expected) => {
    const filter = filterOf();
    const { data, cost } = await measure(people, { filter: toInput(filter) });
    expect(cost).toEqual(expected);
    const { length } = evaluate(graph.company, filter, 'FAMILY_NAME_ASC');
    expect(q07Shape.parse(data).employees.totalCount).toBe(length);
  });

  it.each<[Order, Partial<typeof nothing> | { NAVER: string[] }]>([
    ['FAMILY_NAME_DESC', {}],
    ['CREATED_AT_ASC', {}],
    ['HIRED_ON_DESC', {}],
    ['GRADE_ASC', { NAVER: ['GET grade?offset=0&limit=100'] }],
    ['POSITION_DESC', { NAVER: ['GET job?offset=0&limit=100'] }],
  ])('%s', async (orderBy, expected) => {
    expect((await measure(people, { orderBy })).cost).toEqual({ ...nothing, ...expected });
  });
});
