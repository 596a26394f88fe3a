import { afterEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { requestLines, roundsOf } from '../helpers/upstream-requests.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Long enough for requests that wait for one another to be told from those that do not. */
const latencyMs = 200;

const everybody = {
  LUCCA: [
    'GET employees?sort=id&limit=100&include=embedded,links&page=…',
    'GET employees?sort=id&limit=100&include=embedded,totalCount,links',
  ],
  CTRL_HUB: [
    ...[0, 100, 200].map(
      (offset) => `GET job-role-assignments?limit=100&offset=${offset}&include=organisation,role,user`,
    ),
    ...[0, 100].map((offset) => `GET members?limit=100&offset=${offset}`),
  ],
  NAVER: [0, 100].map((offset) => `GET employee?offset=${offset}&limit=100`),
};

/** Lucca's begin when there is a token, which is no part of the readings; nothing else waits for another upstream. */
function rounds(): number {
  const { LUCCA, ...others } = graph.requests();
  return Math.max(roundsOf({ LUCCA, CTRL_HUB: [], NAVER: [] }), roundsOf({ ...others, LUCCA: [] }));
}

const people = '{ employees(first: 1) { totalCount nodes { hiredOn jobRoleAssignments { nodes { id } } } } }';

describe('a process without anything read', () => {
  it('reads everybody in nine requests and two rounds, whether or not somebody asks', async () => {
    graph = await startGraph({ latencyMs });
    expect(requestLines(graph.requests())).toEqual(everybody);
    expect(rounds()).toBe(2);
  });

  it('answers who asks at its first moment, when everybody is there, for no request more', async () => {
    graph = await startGraph({ latencyMs, waitsForDirectory: false });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => graph.query(people.replace('{', `query Early${index} {`))),
    );
    for (const { data, errors } of answers) {
      expect(errors.filter(({ extensions }) => extensions.code !== 'CONFLICT')).toEqual([]);
      expect(data).toEqual(answers[0]?.data);
    }
    expect(answers[0]?.data).toMatchObject({ employees: { totalCount: graph.company.lucca.employees.length } });
    expect(requestLines(graph.requests())).toEqual(everybody);
    expect(rounds()).toBe(2);
  });

  it('asks for a list that people refer to when somebody needs it, once for all who do, in one round', async () => {
    graph = await startGraph({ latencyMs });
    graph.forgetRequests();
    const all =
      '{ grades { totalCount } positions { totalCount } professions { totalCount } jobQualifications { totalCount } }';
    await Promise.all(Array.from({ length: 100 }, (_, index) => graph.query(all.replace('{', `query All${index} {`))));
    expect(requestLines(graph.requests())).toEqual({
      LUCCA: [expect.stringMatching(/^GET job-qualifications\?/), expect.stringMatching(/^GET professions\?/)],
      CTRL_HUB: [],
      NAVER: ['GET grade?offset=0&limit=100', 'GET job?offset=0&limit=100'],
    });
    expect(roundsOf(graph.requests())).toBe(1);
  });
});
