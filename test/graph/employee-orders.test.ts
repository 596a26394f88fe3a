import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { employmentOf } from '../helpers/truth.ts';
import { luccaPeople } from '../helpers/truth-full-join.ts';
import { walkList } from '../helpers/walk.ts';
import { refusalsOf, startGuardedGraph, takes } from '../security/rights-callers.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

type LuccaPerson = ReturnType<typeof luccaPeople>[number];
type Key = string | number | null;

const sortOrderOf = (list: 'grades' | 'jobs', key: string | null | undefined): number | null =>
  graph.company.naver[list].find((it) => it.externalKey !== null && it.externalKey === key)?.sortOrder ?? null;

/** What each property of people is, of those of whom it is known. */
const keys: Record<string, (person: LuccaPerson) => Key> = {
  GRADE: ({ naver }) => sortOrderOf('grades', naver?.gradeExternalKey),
  POSITION: ({ naver }) => sortOrderOf('jobs', naver?.jobExternalKey),
  HIRED_ON: ({ lucca, naver, contested }) =>
    contested.includes('naver') ? null : naver?.employYmd || (employmentOf(graph.company, lucca)?.startsOn ?? null),
  CREATED_AT: ({ lucca }) => Date.parse(lucca.createdAt),
};

/** Lucca's ids in order: ties by id, both turned round for the descending order; people without a key last in both. */
function expected(property: string, direction: string, people = luccaPeople(graph.company)): string[] {
  const sign = direction === 'DESC' ? -1 : 1;
  const rows = people.map((person) => ({ id: person.lucca.id, key: keys[property]?.(person) ?? null }));
  const known = rows.filter((it) => it.key !== null);
  const compare = (a: Key, b: Key) => (a === b ? 0 : (a ?? 0) < (b ?? 0) ? -1 : 1);
  const byKey = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    sign * (compare(a.key, b.key) || Number(a.id) - Number(b.id));
  return [...known.sort(byKey), ...rows.filter((it) => it.key === null).sort(byKey)].map((it) => it.id);
}

const idsIn = (rows: { id: string }[]): string[] =>
  rows.map(({ id }) => Buffer.from(id, 'base64url').toString('utf8').replace('Employee:L:', ''));

describe.each(['GRADE', 'POSITION', 'HIRED_ON', 'CREATED_AT'])('employees by %s', (property) => {
  it.each(['ASC', 'DESC'])('come in order, those without one last: %s', async (direction) => {
    const list = { field: 'employees', args: `orderBy: ${property}_${direction}` };
    for (const sizes of [[100], [7], [1, 30, 2, 99]]) {
      expect(idsIn(await walkList(graph, list, sizes))).toEqual(expected(property, direction));
    }
  });

  it('come in the same order under a filter', async () => {
    const list = { field: 'employees', args: `orderBy: ${property}_DESC filter: { search: "k" }` };
    const found = idsIn(await walkList(graph, list, [5]));
    const rest = luccaPeople(graph.company).filter(({ lucca }) => found.includes(lucca.id));
    expect(found.length).toBeGreaterThan(10);
    expect(found).toEqual(expected(property, 'DESC', rest));
  });
});

describe('the company that is ordered', () => {
  it('has people with and without each property, and several with the same', () => {
    for (const property of ['GRADE', 'POSITION', 'HIRED_ON']) {
      const values = luccaPeople(graph.company).map((person) => keys[property]?.(person) ?? null);
      expect(values.filter((it) => it === null).length, property).toBeGreaterThan(2);
      expect(new Set(values).size, property).toBeGreaterThan(5);
    }
  });
});

describe('an order by what another type holds', () => {
  it('takes the scope of that type, before anything is read', async () => {
    const grants = {
      people: ['employees.readonly'],
      grades: ['employees.readonly', 'grades.readonly'],
      positions: ['employees.readonly', 'positions.readonly'],
    };
    const guarded = await startGuardedGraph(grants, { people: 20 });
    const ask = (caller: keyof typeof grants, orderBy: string) =>
      guarded.askedAs(caller, `{ employees(orderBy: ${orderBy}) { nodes { id } } }`);
    try {
      for (const direction of ['ASC', 'DESC']) {
        for (const [property, scope, granted] of [
          ['GRADE', 'grades.readonly', 'grades'],
          ['POSITION', 'positions.readonly', 'positions'],
        ] as const) {
          const others = (['people', 'grades', 'positions'] as const).filter((it) => it !== granted);
          for (const caller of others) {
            const { answer, asked } = await ask(caller, `${property}_${direction}`);
            expect(answer.data).toEqual({ employees: null });
            expect(refusalsOf(answer)).toEqual([takes(scope)]);
            expect(asked).toEqual([]);
          }
          const { answer } = await ask(granted, `${property}_${direction}`);
          expect(answer.errors).toEqual([]);
          expect(answer.data).toMatchObject({ employees: { nodes: expect.any(Array) } });
        }
        expect((await ask('people', `HIRED_ON_${direction}`)).answer.errors).toEqual([]);
      }
    } finally {
      await guarded.stop();
    }
  });
});
