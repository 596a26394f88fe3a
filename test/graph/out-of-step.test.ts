import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { everybody, type PlainPerson } from '../across/plain-people.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { statusOf } from '../helpers/truth.ts';

let graph: TestGraph;
let people: PlainPerson[];
beforeAll(async () => {
  graph = await startGraph();
  people = everybody(graph.company);
});
afterAll(() => graph.stop());

const ids = z.object({ nodes: z.array(z.object({ id: z.string() })), totalCount: z.number() });

async function unlinked(args: string): Promise<string[]> {
  const { data, errors } = await graph.query(`{ list: unlinkedPeople(first: 100${args}) { nodes { id } totalCount } }`);
  expect(errors).toEqual([]);
  const { list } = z.object({ list: ids }).parse(data);
  expect(list.nodes).toHaveLength(list.totalCount);
  return list.nodes.map(({ id }) => Buffer.from(id, 'base64url').toString('utf8').replace('Employee:', ''));
}

const statusOfPerson = ({ rows: { lucca } }: PlainPerson) => (lucca === null ? null : statusOf(graph.company, lucca));
const idsOf = (holds: (person: PlainPerson) => boolean): string[] =>
  people.filter((it) => it.missing.length > 0 && holds(it)).map(({ id }) => id);

describe('unlinkedPeople', () => {
  it.each<[string, (person: PlainPerson) => boolean]>([
    ['', () => true],
    [', currentOnly: false, status: null, reasons: null', () => true],
    [', currentOnly: true', (it) => statusOfPerson(it) !== 'DEACTIVATED'],
    [', status: [DEACTIVATED]', (it) => statusOfPerson(it) === 'DEACTIVATED'],
    [', status: [ACTIVE, UPCOMING]', (it) => ['ACTIVE', 'UPCOMING'].includes(statusOfPerson(it) ?? '')],
    [', status: []', () => false],
    [', reasons: [NOTHING_TO_COMPARE]', (it) => it.missing.some((text) => text.includes(' NOTHING_TO_COMPARE '))],
    [
      ', reasons: [SEVERAL_PEOPLE, HELD_BACK]',
      (it) => it.missing.some((text) => /SEVERAL_PEOPLE|HELD_BACK/.test(text)),
    ],
    [
      ', missingFrom: NAVER, reasons: [NO_MATCH]',
      (it) => it.missing.some((text) => text.startsWith('NAVER NO_MATCH ')),
    ],
    [
      ', missingFrom: LUCCA, reasons: [NO_MATCH], currentOnly: true',
      (it) => it.missing.some((text) => text.startsWith('LUCCA NO_MATCH ')),
    ],
  ])('are those of whom all conditions hold: %s', async (args, holds) => {
    const expected = idsOf(holds);
    expect(expected.length > 0).toBe(!args.includes('[]'));
    expect((await unlinked(args)).sort()).toEqual(expected.sort());
  });

  it('are paged by cursors of the same conditions only', async () => {
    const page = async (args: string) => {
      const { data, errors } = await graph.query(
        `{ list: unlinkedPeople(first: 2${args}) { nodes { id } pageInfo { endCursor } } }`,
      );
      const shape = z.object({ list: z.looseObject({ pageInfo: z.object({ endCursor: z.string() }) }).nullable() });
      return { cursor: shape.parse(data).list?.pageInfo.endCursor, code: errors[0]?.extensions.code };
    };
    const { cursor } = await page(', currentOnly: true');
    expect(await page(`, currentOnly: true, after: "${cursor}"`)).toMatchObject({ code: undefined });
    expect(await page(`, after: "${cursor}"`)).toEqual({ cursor: undefined, code: 'BAD_USER_INPUT' });
  });
});

const conflict = z.object({
  upstream: z.string(),
  matchedBy: z.string(),
  reason: z.string(),
  asOf: z.iso.datetime(),
  records: z.array(
    z.object({ upstreamId: z.string(), personId: z.string().nullable(), status: z.string().nullable() }),
  ),
});

async function conflicts(args = ''): Promise<z.infer<typeof conflict>[]> {
  const found: z.infer<typeof conflict>[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await graph.query(
      `query ($after: String) { list: identityConflicts(first: 2, after: $after${args}) {
        nodes { upstream matchedBy reason asOf records { upstreamId personId status } }
        pageInfo { hasNextPage endCursor } totalCount } }`,
      { after },
    );
    expect(errors).toEqual([]);
    const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
    const { list } = z
      .object({ list: z.object({ nodes: z.array(conflict), pageInfo, totalCount: z.number() }) })
      .parse(data);
    found.push(...list.nodes);
    after = list.pageInfo.endCursor;
    if (list.pageInfo.hasNextPage) continue;
    expect(found).toHaveLength(list.totalCount);
    return found;
  }
}

const lineOf = ({ matchedBy, records }: z.infer<typeof conflict>) =>
  `${matchedBy}: ${records
    .map(({ upstreamId }) => upstreamId)
    .sort()
    .join(' ')}`;

describe('identityConflicts of everybody', () => {
  it('are those of all people, each once, on as many pages as they take', async () => {
    const told = (await conflicts()).map(lineOf);
    expect(told.length).toBeGreaterThan(2);
    expect(told.toSorted()).toEqual([...new Set(people.flatMap((it) => it.conflicts))].sort());
  });

  it('tell whom each record leads, what became of them, and since when the data is', async () => {
    const startedAt = Date.now();
    for (const { records, asOf } of await conflicts()) {
      expect(Date.parse(asOf)).toBeLessThanOrEqual(startedAt);
      for (const { upstreamId, personId, status } of records) {
        const person = people.find((it) => [it.LUCCA, it.NAVER, it.CTRL_HUB].includes(upstreamId));
        expect(personId && Buffer.from(personId, 'base64url').toString('utf8')).toBe(`Employee:${person?.id}`);
        expect(status).toBe(person && statusOfPerson(person));
      }
    }
  });

  it.each<[string, (it: z.infer<typeof conflict>) => boolean]>([
    [', upstream: CTRL_HUB', (it) => it.upstream === 'CTRL_HUB'],
    [', reasons: [SEVERAL_RECORDS]', (it) => it.reason === 'SEVERAL_RECORDS'],
    [', reasons: [SEVERAL_OF_BOTH]', (it) => it.reason === 'SEVERAL_OF_BOTH'],
    [', status: [DEACTIVATED]', (it) => it.records.some(({ status }) => status === 'DEACTIVATED')],
    [
      ', upstream: NAVER, status: [ACTIVE]',
      (it) => it.upstream === 'NAVER' && it.records.some((one) => one.status === 'ACTIVE'),
    ],
    [', currentOnly: true', () => true],
  ])('are those of which all conditions hold: %s', async (args, holds) => {
    expect(await conflicts(args)).toEqual((await conflicts()).filter(holds));
  });
});

describe('linkSuggestions', () => {
  it('are two people each whom no system knows both, the likeliest first', async () => {
    const { data, errors } = await graph.query(`{ linkSuggestions(first: 100) { totalCount nodes {
      score evidence isAmbiguous people { id displayName identities { upstream mappingKey } } } } }`);
    expect(errors).toEqual([]);
    const person = z.object({ id: z.string(), identities: z.array(z.object({ upstream: z.string() })) });
    const suggestion = z.object({ score: z.number(), people: z.array(person).length(2) });
    const { nodes } = z
      .object({ linkSuggestions: z.object({ nodes: z.array(suggestion) }) })
      .parse(data).linkSuggestions;
    expect(nodes.length).toBeGreaterThan(3);
    expect(nodes.map(({ score }) => score)).toEqual(nodes.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { people: two } of nodes) {
      const systems = two.flatMap(({ identities }) => identities.map(({ upstream }) => upstream));
      expect(new Set(systems).size).toBe(systems.length);
    }
  });

  it('are likelier of people with the same birthday, and unlikely of people with different ones', async () => {
    const named = z.object({
      nodes: z.array(
        z.object({ score: z.number(), evidence: z.array(z.string()), people: z.array(z.object({ id: z.string() })) }),
      ),
    });
    const asked = '{ linkSuggestions(first: 100) { nodes { score evidence people { id } } } }';
    const suggestions = async () =>
      z.object({ linkSuggestions: named }).parse((await graph.query(asked)).data).linkSuggestions.nodes;
    const [only] = (await suggestions()).filter(({ evidence, people: [one, other] }) => {
      const keys = [one, other].map((it) => Buffer.from(it?.id ?? '', 'base64url').toString('utf8'));
      return (
        evidence.join() === 'SAME_NAME' &&
        keys.some((it) => it.includes(':L:')) &&
        keys.some((it) => it.includes(':N:'))
      );
    });
    const keys = only?.people.map(({ id }) => Buffer.from(id, 'base64url').toString('utf8').split(':')[2]) ?? [];
    const { lucca, naver } = graph.company;
    const employee = lucca.employees.find((it) => keys.includes(it.id));
    const row = naver.employees.find((it) => keys.includes(it.externalKey ?? ''));
    if (only === undefined || employee === undefined || row === undefined)
      throw new Error('Nobody is suggested by name.');
    const isThem = ({ people: them }: { people: { id: string }[] }) =>
      them.every(({ id }) => only.people.some((it) => it.id === id));
    for (const [birthYmd, expected] of [
      ['1987-05-04', [{ score: 0.76, evidence: ['SAME_NAME', 'SAME_BIRTHDAY'] }]],
      ['1987-04-05', []],
      ['4 May 1987', [{ score: 0.6, evidence: ['SAME_NAME'] }]],
    ] as const) {
      await graph.restartGraph(() => {
        employee.birthDay = { day: 4, month: 5 };
        row.birthYmd = birthYmd;
        return {};
      });
      expect((await suggestions()).filter(isThem)).toMatchObject(expected);
    }
  });

  it('link nobody: the same people are unlinked whether or not they were asked for', async () => {
    const before = await unlinked('');
    await graph.query('{ linkSuggestions { totalCount } }');
    expect(await unlinked('')).toEqual(before);
  });
});

describe('people of whom hundreds share an address', () => {
  let crowd: TestGraph;
  beforeAll(async () => {
    const company = createCompany({ people: 1_000 });
    for (const row of company.lucca.employees) {
      Object.assign(row, { email: 'shop@crowd.example', employeeNumber: null, remoteId: null });
    }
    for (const row of company.naver.employees) Object.assign(row, { emailAddress: 'shop@crowd.example', empNo: null });
    crowd = await startGraph({ company });
  });
  afterAll(() => crowd.stop());

  it.each(['missingLinks { candidates { upstreamId } }', 'identityConflicts { records { upstreamId } }'])(
    'have as many %s as one operation may show, and the others an error',
    async (field) => {
      const ask = (first: number) => crowd.query(`{ unlinkedPeople(first: ${first}) { nodes { id ${field} } } }`);
      const { data, errors } = await ask(100);
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['QUERY_TOO_COMPLEX']));
      expect(JSON.stringify(data).split('upstreamId').length).toBeLessThan(50_001);
      const few = await ask(5);
      expect(few.errors).toEqual([]);
      expect(JSON.stringify(few.data).split('upstreamId').length).toBeGreaterThan(500);
    },
  );
});
