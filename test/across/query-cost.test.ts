import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { requestLines, roundsOf } from '../helpers/upstream-requests.ts';
import { evaluate, holdersMatching, type PlainFilter } from './plain-evaluation.ts';
import { toInput } from './walk-employees.ts';

const luccaDirectory = [
  'GET employees?sort=id&limit=100&include=embedded,links&page=…',
  'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
];
const naverPeople = ['GET employee?offset=0&limit=100', 'GET employee?offset=100&limit=100'];
const members = ['GET members?limit=100&offset=0', 'GET members?limit=100&offset=100'];

/** Long enough for requests that wait for one another to be told from those that do not. */
const latencyMs = 200;

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ latencyMs });
});
afterAll(() => graph.stop());

/** A process that has a token and nothing else: tokens are no part of an operation's cost. */
async function startCold(): Promise<void> {
  await graph.restartGraph();
  await graph.query('{ employee(by: { luccaId: "1" }) { id } }');
}

async function measure(name: string, variables: Record<string, unknown> = {}) {
  graph.forgetRequests();
  const { data, errors } = await graph.query(operation(name), variables);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  const requests = graph.requests();
  return { data, cost: { ...requestLines(requests), rounds: roundsOf(requests) } };
}

const free = { LUCCA: [], CTRL_HUB: [], NAVER: [], rounds: 0 };

/** A grade, a profession and a job role that some of the crane crew share. */
function craneCrew(): PlainFilter & { jobRoleIds: string[] } {
  const { lucca, naver, ctrlHub } = graph.company;
  const showcase = graph.sandbox.showcaseEmail;
  const grade = naver.employees.find((it) => it.emailAddress?.toLowerCase() === showcase)?.gradeExternalKey ?? '';
  const user = ctrlHub.users.find((it) => it.email === showcase);
  const role = ctrlHub.assignments.find((it) => it.userId === user?.id)?.roleId ?? '';
  const profession = lucca.professions.find((it) => it.title === 'Lifting Operations')?.id ?? '';
  return { gradeKeys: [grade], professionIds: [profession], minRank: 2, jobRoleIds: [role] };
}

const q07Shape = z.object({ employees: z.object({ nodes: z.array(z.unknown()), totalCount: z.number() }) });

describe('q07-across-systems', () => {
  it('asks exactly this in two rounds when cold, and nothing when warm', async () => {
    const filter = craneCrew();
    await startCold();
    const variables = { filter: toInput(filter) };
    const { data, cost } = await measure('q07-across-systems', variables);
    expect(cost).toEqual({
      LUCCA: [...luccaDirectory, 'GET job-qualifications?limit=100&include=links'],
      CTRL_HUB: [`GET job-role-assignments?limit=100&offset=0&include=user&filter=role('${filter.jobRoleIds[0]}')`],
      NAVER: naverPeople,
      rounds: 2,
    });
    expect((await measure('q07-across-systems', variables)).cost).toEqual(free);

    const expected = evaluate(graph.company, filter, 'FAMILY_NAME_ASC', holdersMatching(graph.company, filter));
    expect(expected.length).toBeGreaterThan(1);
    expect(q07Shape.parse(data).employees.nodes).toHaveLength(expected.length);
    expect(q07Shape.parse(data).employees.totalCount).toBe(expected.length);
  });

  it('reads no other upstream than those that its conditions need', async () => {
    const { gradeKeys, jobRoleIds, professionIds } = craneCrew();
    const costOf = async (filter: PlainFilter) => {
      await startCold();
      return (await measure('q07-across-systems', { filter: toInput(filter) })).cost;
    };
    expect(await costOf({ gradeKeys: gradeKeys ?? [] })).toMatchObject({
      LUCCA: luccaDirectory,
      CTRL_HUB: [],
      NAVER: naverPeople,
    });
    expect(await costOf({ jobRoleIds })).toMatchObject({ LUCCA: luccaDirectory, NAVER: [] });
    expect(await costOf({ professionIds: professionIds ?? [] })).toMatchObject({ CTRL_HUB: [], NAVER: [] });
    expect(await costOf({ gradeKeys: [] })).toEqual(free);
  });
});

describe('q08-unlinked', () => {
  it('asks exactly this in two rounds when cold, and nothing when warm', async () => {
    await startCold();
    const { cost } = await measure('q08-unlinked');
    expect(cost).toEqual({ LUCCA: luccaDirectory, CTRL_HUB: members, NAVER: naverPeople, rounds: 2 });
    expect((await measure('q08-unlinked')).cost).toEqual(free);
  });
});
