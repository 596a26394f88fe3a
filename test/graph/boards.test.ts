import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { holdersOfItems, roleBoard, skillsMatrix } from '../helpers/truth-boards.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

async function answerOf(document: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const { data, errors } = await graph.query(document, variables);
  expect(errors).toEqual([]);
  return data;
}

const holders = z.object({ totalCount: z.number(), nodes: z.array(z.object({ displayName: z.string() })) });
const namesIn = ({ nodes }: z.infer<typeof holders>): string[] => nodes.map((it) => it.displayName);

describe('q03, one person', () => {
  const person = (email: string) => answerOf(operation('q03-person'), { email });

  it('has all of Mina Han from three systems', async () => {
    const { lucca, naver, ctrlHub } = graph.company;
    const row = naver.employees.find((it) => it.externalKey === 'emp-00001');
    const user = ctrlHub.users.find((it) => it.email === 'mina.han@hanbit-marine.example');
    const held = ctrlHub.assignments
      .filter((it) => it.userId === user?.id)
      .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
    expect(await person('mina.han@hanbit-marine.example')).toMatchObject({
      employee: {
        displayName: 'Mina Han',
        status: 'ACTIVE',
        hiredOn: row?.employYmd,
        grade: { name: naver.grades.find((it) => it.externalKey === row?.gradeExternalKey)?.name },
        position: { name: naver.jobs.find((it) => it.externalKey === row?.jobExternalKey)?.name },
        jobQualification: { title: 'Senior Crane Operator', rank: 3, profession: { title: 'Lifting Operations' } },
        jobRoleAssignments: {
          totalCount: held.length,
          nodes: held.map(({ type, roleId }) => {
            const role = ctrlHub.jobRoles.find((it) => it.id === roleId);
            const organisation = ctrlHub.organisations.find((it) => it.id === role?.organisationId);
            return {
              type,
              role: {
                name: role?.name,
                description: role?.description,
                requiredQualifications: role?.required,
                optionalQualifications: role?.optional,
                organisation: organisation === undefined ? null : { name: organisation.name },
              },
            };
          }),
        },
        identities: [
          { upstream: 'LUCCA', upstreamId: lucca.employees[0]?.id, matchedBy: 'SOURCE' },
          { upstream: 'NAVER', upstreamId: 'emp-00001', matchedBy: 'EMAIL' },
          { upstream: 'CTRL_HUB', upstreamId: user?.id, matchedBy: 'EMAIL' },
        ],
      },
    });
  });

  it('is null for an address that nobody has', async () => {
    expect(await person('nobody@hanbit-marine.example')).toEqual({ employee: null });
  });
});

describe('q04, the role board', () => {
  it('has every role that somebody holds, and everybody who holds it', async () => {
    const board = z.object({
      jobRoles: z.object({
        nodes: z.array(
          z.looseObject({
            name: z.string(),
            assignments: z.object({
              totalCount: z.number(),
              nodes: z.array(z.looseObject({ employee: z.looseObject({ id: z.string(), displayName: z.string() }) })),
            }),
          }),
        ),
      }),
    });
    const { nodes } = board.parse(await answerOf(operation('q04-role-board'))).jobRoles;
    const told = nodes.map(({ name, type, requiredQualifications, assignments }) => ({
      name,
      type,
      requiredQualifications,
      assignments: assignments.nodes.map((it) => ({
        type: it.type,
        employee: { displayName: it.employee.displayName },
      })),
    }));
    expect(told).toEqual(roleBoard(graph.company));
    for (const { assignments } of nodes) expect(assignments.totalCount).toBe(assignments.nodes.length);
  });

  it('tells of roles that are deleted, that are the platform’s, and of organisations', async () => {
    const roles = z.object({ jobRoles: z.object({ nodes: z.array(z.looseObject({ ctrlHubId: z.string() })) }) });
    const { nodes } = roles.parse(
      await answerOf(`{ jobRoles(first: 100) { nodes {
        ctrlHubId name description type createdAt updatedAt deletedAt organisation { ctrlHubId name slug }
      } } }`),
    ).jobRoles;
    for (const told of nodes) {
      const role = graph.company.ctrlHub.jobRoles.find((it) => it.id === told.ctrlHubId);
      const organisation = graph.company.ctrlHub.organisations.find((it) => it.id === role?.organisationId);
      expect(told).toEqual({
        ctrlHubId: role?.id,
        name: role?.name,
        description: role?.description,
        type: role?.jobRoleType,
        createdAt: role?.createdAt,
        updatedAt: role?.updatedAt,
        deletedAt: role?.deletedAt,
        organisation: organisation
          ? { ctrlHubId: organisation.id, name: organisation.name, slug: organisation.slug }
          : null,
      });
    }
    expect(nodes.filter((it) => it.deletedAt !== null)).toHaveLength(1);
    expect(nodes.filter((it) => it.organisation === null).length).toBeGreaterThan(1);
  });
});

describe('q05, the grade ladder', () => {
  const ladder = z.object({
    grades: z.object({
      totalCount: z.number(),
      nodes: z.array(z.object({ externalKey: z.string(), name: z.string(), employees: holders })),
    }),
  });

  it('has the grades in use in their order, in Korean, and the first ten people of each', async () => {
    const { totalCount, nodes } = ladder.parse(await answerOf(operation('q05-grade-ladder'))).grades;
    const truth = holdersOfItems(graph.company, 'grades');
    expect(totalCount).toBe(truth.length);
    expect(nodes.map((it) => [it.externalKey, it.name, it.employees.totalCount])).toEqual(
      truth.map((it) => [it.key, it.title, it.people.length]),
    );
    expect(nodes.map((it) => namesIn(it.employees))).toEqual(truth.map((it) => it.people.slice(0, 10)));
  });

  it.each(['grades', 'positions'] as const)('has everybody, where all holders of the %s are asked', async (list) => {
    const data = await answerOf(`{ list: ${list}(first: 100, activeOnly: true) { nodes {
      externalKey employees(first: 100) { totalCount nodes { displayName } }
    } } }`);
    const rows = z.object({ externalKey: z.string(), employees: holders });
    const { nodes } = z.object({ list: z.object({ nodes: z.array(rows) }) }).parse(data).list;
    const truth = holdersOfItems(graph.company, list === 'grades' ? 'grades' : 'jobs');
    expect(nodes.map((it) => [it.externalKey, namesIn(it.employees)])).toEqual(truth.map((it) => [it.key, it.people]));
  });
});

describe('q06, the skills matrix', () => {
  it('has every profession, its ranks and everybody at them', async () => {
    const qualification = z.object({ title: z.string(), rank: z.number(), employees: holders });
    const profession = z.object({
      title: z.string(),
      isArchived: z.boolean(),
      jobQualifications: z.object({ nodes: z.array(qualification) }),
    });
    const matrix = z.object({ professions: z.object({ nodes: z.array(profession) }) });
    const { nodes } = matrix.parse(await answerOf(operation('q06-skills-matrix'))).professions;
    const told = nodes.map(({ title, isArchived, jobQualifications }) => ({
      title,
      isArchived,
      ranks: jobQualifications.nodes.map((it) => ({ title: it.title, rank: it.rank, people: namesIn(it.employees) })),
    }));
    expect(told).toEqual(skillsMatrix(graph.company));
  });
});

describe('q11, the counts', () => {
  it('counts what each system holds', async () => {
    const { lucca, naver, ctrlHub } = graph.company;
    expect(await answerOf(operation('q11-counts'))).toEqual({
      employees: { totalCount: lucca.employees.length },
      jobQualifications: { totalCount: lucca.jobQualifications.length },
      professions: { totalCount: lucca.professions.length },
      jobRoleAssignments: { totalCount: ctrlHub.assignments.length },
      grades: { totalCount: naver.grades.filter((it) => it.externalKey !== null).length },
      positions: { totalCount: naver.jobs.filter((it) => it.externalKey !== null).length },
    });
  });
});
