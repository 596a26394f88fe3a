import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const people = z.object({
  totalCount: z.number(),
  nodes: z.array(z.object({ id: z.string(), identities: z.array(z.object({ upstream: z.string() })) })),
});
const shape = z.object({
  grade: z.object({ employees: people }),
  employees: people,
  unlinkedPeople: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
});

const descriptions = z.object({
  query: z.object({ fields: z.array(z.object({ name: z.string(), description: z.string().nullable() })) }),
  filter: z.object({
    description: z.string(),
    inputFields: z.array(z.object({ name: z.string(), description: z.string() })),
  }),
});

async function described() {
  const { data } = await graph.query(`{
    query: __type(name: "Query") { fields { name description } }
    filter: __type(name: "EmployeeFilter") { description inputFields { name description } }
  }`);
  const { query, filter } = descriptions.parse(data);
  return { employees: query.fields.find(({ name }) => name === 'employees')?.description ?? '', filter };
}

describe('people without a record in the upstream that leads', () => {
  it('hold grades, are unlinked people, and are in no filtered directory', async () => {
    const list = '{ totalCount nodes { id identities { upstream } } }';
    const { data, errors } = await graph.query(`{
      grade(externalKey: "G04") { employees(first: 100) ${list} }
      employees(first: 100, filter: { gradeKeys: ["G04"] }) ${list}
      unlinkedPeople(first: 100, missingFrom: LUCCA) { nodes { id } }
    }`);
    expect(errors).toEqual([]);
    const { grade, employees, unlinkedPeople } = shape.parse(data);
    const inDirectory = employees.nodes.map(({ id }) => id);
    const others = grade.employees.nodes.filter(({ id }) => !inDirectory.includes(id));
    expect(others.length).toBeGreaterThan(0);
    expect(grade.employees.totalCount).toBe(employees.totalCount + others.length);
    for (const { id, identities } of others) {
      expect(identities.map(({ upstream }) => upstream)).not.toContain('LUCCA');
      expect(unlinkedPeople.nodes).toContainEqual({ id });
    }
  });

  it('are named, with where they are, by the descriptions of the directory and of its filter', async () => {
    const { employees, filter } = await described();
    for (const text of [employees, filter.description]) {
      expect(text).toContain('not among them');
      expect(text).toContain('`Grade.employees`');
      expect(text).toContain('`unlinkedPeople`');
    }
  });

  it('are in what the example of the start page says of the holders of a grade', async () => {
    const html = await (await fetch(new URL('/', graph.url))).text();
    expect(html).toContain('with everybody who has them, also without a record in Lucca');
    expect(html).not.toContain('with the people that Lucca leads');
  });
});

describe('a key that NAVER does not have', () => {
  it('matches nobody, without an error, and its description says so', async () => {
    const { data, errors } = await graph.query(`{
      name: employees(filter: { gradeKeys: ["Manager"] }) { totalCount }
      one: employees(filter: { gradeKeys: ["Manager", "G04"] }) { totalCount }
      other: employees(filter: { gradeKeys: ["G04"] }) { totalCount }
      position: employees(filter: { positionKeys: ["Manager"] }) { totalCount }
    }`);
    expect(errors).toEqual([]);
    const counts = z.record(z.string(), z.object({ totalCount: z.number() })).parse(data);
    expect(counts).toMatchObject({ name: { totalCount: 0 }, position: { totalCount: 0 }, one: counts.other });
    const { filter } = await described();
    for (const member of ['gradeKeys', 'positionKeys']) {
      const { description } = filter.inputFields.find(({ name }) => name === member) ?? expect.unreachable();
      expect(description).toContain('not their names');
      expect(description).toContain('matches nobody, without an error');
    }
  });
});
