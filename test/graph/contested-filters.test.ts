import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHrGraphClient, freshnessOf } from '../../src/client/client.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { type Person, peopleOf } from '../helpers/truth-people.ts';

let graph: TestGraph;
let ofNaver: Person[];
let ofCtrlHub: Person[];
beforeAll(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '600' } });
  const contested = peopleOf(graph.company).filter((it) => it.lucca !== null && it.contested.length > 0);
  ofNaver = contested.filter((it) => it.contested.includes('naver'));
  ofCtrlHub = contested.filter((it) => it.contested.includes('user'));
});
afterAll(() => graph.stop());

const shape = z.object({
  data: z.record(z.string(), z.object({ totalCount: z.number() })),
  errors: z.undefined().optional(),
  extensions: z.object({ upstreams: z.record(z.string(), z.looseObject({ contested: z.number().optional() })) }),
});

/** `NAVER 3` for each upstream that contested links are told of, and how many people were found. */
async function ask(document: string, variables: object = {}) {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, extensions } = shape.parse(await response.json());
  const told = Object.entries(extensions.upstreams).flatMap(([upstream, { contested }]) =>
    contested === undefined ? [] : [`${upstream} ${contested}`],
  );
  return { told, counts: Object.values(data).map(({ totalCount }) => totalCount) };
}

const filtered = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }';
const told = async (filter: object) => (await ask(filtered, { filter })).told;

const everyGrade = () => graph.company.naver.grades.flatMap((it) => it.externalKey ?? []);
const nameOf = ({ lucca }: Person): string => `${lucca?.givenName} ${lucca?.familyName}`;

describe('people whom a filter leaves out because a link is contested', () => {
  it('are counted beside the upstream whose record would decide', async () => {
    expect(ofNaver.length).toBeGreaterThan(1);
    expect(ofCtrlHub.length).toBeGreaterThan(0);
    const count = ofNaver.length;
    expect(await told({ gradeKeys: everyGrade() })).toEqual([`NAVER ${count}`]);
    expect(await told({ positionKeys: ['nobody'] })).toEqual([`NAVER ${count}`]);
    for (const hasGrade of [true, false]) expect(await told({ hasGrade })).toEqual([`NAVER ${count}`]);
    expect(await told({ hasJobRole: false })).toEqual([`CTRL_HUB ${ofCtrlHub.length}`]);
    expect(await told({ hiredFrom: '1900-01-01' })).toEqual([`NAVER ${count}`]);
    expect(await told({ assignmentType: 'main_layer' })).toEqual([`CTRL_HUB ${ofCtrlHub.length}`]);
  });

  it('are counted of those only who meet the other conditions', async () => {
    const [person] = ofNaver;
    if (person === undefined) throw new Error('Nobody is contested.');
    const gradeKeys = everyGrade();
    const search = nameOf(person);
    expect(await ask(filtered, { filter: { search, gradeKeys } })).toEqual({ told: ['NAVER 1'], counts: [0] });
    expect(await ask(filtered, { filter: { search } })).toEqual({ told: [], counts: [1] });
    expect(await told({ search: 'nobody is called so', gradeKeys })).toEqual([]);
  });

  it('are counted once, however many lists leave them out, and not where nothing is asked of that record', async () => {
    const filter = '(filter: { gradeKeys: ["G01"] })';
    const two = `{ a: employees${filter} { totalCount } b: employees${filter} { totalCount } c: employees { totalCount } }`;
    expect((await ask(two)).told).toEqual([`NAVER ${ofNaver.length}`]);
    expect((await ask('{ employees { totalCount } grades { totalCount } }')).told).toEqual([]);
  });

  it('are told of in every answer, be it cached or shared with somebody who asked at the same moment', async () => {
    const filter = { gradeKeys: ['G02'] };
    const expected = [`NAVER ${ofNaver.length}`];
    expect(await Promise.all([1, 2, 3, 4].map(() => told(filter)))).toEqual([1, 2, 3, 4].map(() => expected));
    for (let times = 0; times < 3; times += 1) expect(await told(filter)).toEqual(expected);
  });

  it('are told by the typed client', async () => {
    const answer = await createHrGraphClient({ url: graph.url }).directoryPage({ filter: { gradeKeys: ['G01'] } });
    expect(freshnessOf(answer).get('NAVER')?.contested).toBe(ofNaver.length);
    expect(freshnessOf(answer).get('LUCCA')?.contested).toBe(0);
  });

  it('are spoken of where the filter is described', async () => {
    const { data } = await graph.query('{ __type(name: "EmployeeFilter") { description } }');
    expect(JSON.stringify(data)).toContain('contested');
  });
});
