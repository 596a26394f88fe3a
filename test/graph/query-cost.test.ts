import { afterEach, describe, expect, it } from 'vitest';
import { type CostCase, costCases } from '../helpers/cost-cases.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { answerInRounds } from '../helpers/rounds.ts';
import { requestLines } from '../helpers/upstream-requests.ts';
import { costOf, everything } from '../helpers/whole-lists.ts';

const none = { LUCCA: [], CTRL_HUB: [], NAVER: [] };

let graph: TestGraph;
let rounds: () => number;
afterEach(() => graph.stop());

/** A fresh process, asked at once. */
async function startCold(latencyMs = 0): Promise<void> {
  graph = await startGraph({ waitsForDirectory: false, latencyMs });
}

async function ask({ name, variables }: CostCase): Promise<void> {
  const { data, errors } = await graph.query(operation(name), variables?.(graph.company));
  expect(data).not.toBeNull();
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
}

const asked = () => requestLines(graph.requests());

/** An operation that needs no more than Lucca may be answered before the others have been read. */
const untilAsked = (expected: typeof everything) => expect.poll(asked, { timeout: 5_000 }).toEqual(expected);

describe.each(costCases)('$name', (cost) => {
  it('asks exactly this in two rounds when cold, and nothing when warm', async () => {
    const expected = costOf(cost.lists);
    graph = await startGraph({
      waitsForDirectory: false,
      prepare: ({ lucca, ctrlHub, naver }) => {
        rounds = answerInRounds([lucca, ctrlHub, naver]);
      },
    });
    await ask(cost);
    await untilAsked(expected);
    expect(rounds()).toBe(2);
    await ask(cost);
    expect(asked()).toEqual(expected);
  });
});

describe('all eleven in one fresh process', () => {
  const total = ({ LUCCA, CTRL_HUB, NAVER }: typeof everything) => [LUCCA.length, CTRL_HUB.length, NAVER.length];

  it.each([
    ['one after another', costCases],
    ['from the last to the first', costCases.toReversed()],
  ])('ask 13 requests: %s', async (_, cases) => {
    await startCold();
    for (const it of cases) await ask(it);
    await untilAsked(everything);
    expect(total(asked())).toEqual([4, 5, 4]);
    for (const it of cases) await ask(it);
    expect(asked()).toEqual(everything);
  });

  it('ask 13 requests when they come all at once, three times each', async () => {
    await startCold(50);
    await Promise.all([...costCases, ...costCases, ...costCases].map(ask));
    await untilAsked(everything);
    graph.forgetRequests();
    await Promise.all(costCases.map(ask));
    expect(asked()).toEqual(none);
  });
});

describe('a process that has read what it needs', () => {
  it.each([
    ['pages of every size', 'query ($n: Int) { employees(first: $n) { nodes { id email hiredOn } totalCount } }'],
    [
      'every order',
      `query ($n: Int) { a: employees(first: $n, orderBy: FAMILY_NAME_DESC) { totalCount }
        b: employees(first: $n, orderBy: CREATED_AT_DESC) { totalCount } c: employees(first: $n, orderBy: GRADE_ASC) { totalCount }
        d: employees(first: $n, orderBy: POSITION_DESC) { totalCount } e: employees(first: $n, orderBy: HIRED_ON_ASC) { totalCount } }`,
    ],
    [
      'filters across systems',
      `query ($n: Int) { employees(first: $n, filter: { search: "a", status: [ACTIVE], gradeKeys: ["G03"], minRank: 1,
        assignmentType: "cover", hiredFrom: "2001-01-01" }) { totalCount } }`,
    ],
    [
      'single items, known and unknown',
      `query ($n: Int) { employees(first: $n) { totalCount } a: employee(by: { luccaId: "20001" }) { id }
        b: employee(by: { luccaId: "999999" }) { id } c: employee(by: { email: "nobody@elsewhere.example" }) { id }
        d: employee(by: { ctrlHubId: "x" }) { id } e: grade(externalKey: "G77") { id } f: position(externalKey: "J01") { id } }`,
    ],
    [
      'nested lists',
      `query ($n: Int) { jobRoles(first: $n) { nodes { assignments(first: 5) { nodes { employee { grade { name } } } } } }
        jobQualifications(first: $n) { nodes { employees(first: 5) { nodes { jobTitle profession { title } } } } } }`,
    ],
  ])('asks nothing for %s', async (_, document) => {
    await startCold();
    for (const it of costCases) await ask(it);
    await untilAsked(everything);
    for (const n of [1, 3, 25, 77, 100]) expect((await graph.query(document, { n })).errors).toEqual([]);
    expect(asked()).toEqual(everything);
  });
});
