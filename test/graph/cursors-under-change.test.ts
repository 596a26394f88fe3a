import { afterEach, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/sandbox/company/random.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { type List, readPage } from '../helpers/walk.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const nodeId = (key: string): string => Buffer.from(`Employee:${key}`).toString('base64url');

/** Who was touched while the list was read: they may be met twice, or missed. */
type Touched = Set<string>;

const names = ['Aalto', "D'Ávila", 'Ōta', 'Østergaard', 'nwosu', 'Zubiri', 'Lim', 'Łoś', 'de la Cruz', 'Îlot'];

/** People come, go and are renamed in Lucca; a row of theirs in NAVER is dated, and given another grade. */
function changePeople(random: Random, touched: Touched): void {
  const { lucca, naver } = graph.company;
  for (let times = 0; times < 2; times += 1) {
    const id = String(30_000 + touched.size);
    lucca.employees.push({
      ...{ id, givenName: 'Newly', familyName: random.pick(names), remoteId: null, email: null, employeeNumber: null },
      ...{ createdAt: '2019-06-01T08:00:00.0000Z', lastUpdatedAt: '2026-01-05T08:00:00.0000Z' },
    });
    touched.add(nodeId(`L:${id}`));
    const [gone] = lucca.employees.splice(random.below(lucca.employees.length), 1);
    touched.add(nodeId(`L:${gone?.id}`));
    const renamed = random.pick(lucca.employees);
    renamed.familyName = random.pick(names);
    touched.add(nodeId(`L:${renamed.id}`));
    random.pick(lucca.employees).givenName = 'Whoever';
  }
  const row = random.pick(naver.employees);
  Object.assign(row, { employYmd: '2011-11-11', gradeExternalKey: 'G03' });
  for (const it of lucca.employees) {
    const isSame =
      row.externalKey === it.remoteId || row.emailAddress?.trim().toLowerCase() === it.email?.toLowerCase();
    if (isSame || row.empNo === it.employeeNumber) touched.add(nodeId(`L:${it.id}`));
  }
}

/** Removes the person whose cursor the next page begins at. */
function removeLast(id: string | undefined, touched: Touched): void {
  const { lucca } = graph.company;
  const index = lucca.employees.findIndex((it) => nodeId(`L:${it.id}`) === id);
  if (index >= 0) lucca.employees.splice(index, 1);
  if (id !== undefined) touched.add(id);
}

type Walked = { met: string[]; touched: Touched; pages: number };

async function walkWhile(list: List, size: number, change: (last: string | undefined, touched: Touched) => void) {
  const walked: Walked = { met: [], touched: new Set(), pages: 0 };
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await readPage(graph, list, size, after);
    walked.met.push(...edges.map(({ node }) => node.id));
    walked.pages += 1;
    if (!pageInfo.hasNextPage) return walked;
    after = pageInfo.endCursor;
    change(edges.at(-1)?.node.id, walked.touched);
  }
}

const timesMet = (met: string[], id: string): number => met.filter((it) => it === id).length;

/** Every one of these who was left alone was met once. */
function expectAllMetOnce(before: string[], { met, touched, pages }: Walked): void {
  const leftAlone = before.filter((id) => !touched.has(id));
  expect(leftAlone.length).toBeGreaterThan(before.length / 3);
  expect(pages).toBeGreaterThan(5);
  expect(leftAlone.filter((id) => timesMet(met, id) !== 1)).toEqual([]);
}

// Every operation reads anew: each page is of the company as it is then.
const startUncached = async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
};

describe('a walk while people are added, removed and renamed', () => {
  it.each([
    ['FAMILY_NAME_ASC', 11],
    ['FAMILY_NAME_DESC', 14],
    ['CREATED_AT_ASC', 17],
    ['HIRED_ON_DESC', 13],
    ['GRADE_ASC', 12],
  ])('meets everybody else once: %s', async (orderBy, size) => {
    await startUncached();
    const random = createRandom(size);
    const before = graph.company.lucca.employees.map(({ id }) => nodeId(`L:${id}`));
    const walked = await walkWhile({ field: 'employees', args: `orderBy: ${orderBy}` }, size, (last, touched) => {
      removeLast(last, touched);
      changePeople(random, touched);
    });
    expectAllMetOnce(before, walked);
  });

  it('goes on behind a person who is gone', async () => {
    await startUncached();
    const before = graph.company.lucca.employees.map(({ id }) => nodeId(`L:${id}`));
    const walked = await walkWhile({ field: 'employees' }, 20, removeLast);
    expect(walked.met.toSorted()).toEqual(before.toSorted());
  });

  it('meets nobody anew who came in before the place that it has reached, and everybody who came in behind it', async () => {
    await startUncached();
    const before = graph.company.lucca.employees.map(({ id }) => nodeId(`L:${id}`));
    let count = 0;
    const enter = (familyName: string) => {
      count += 1;
      graph.company.lucca.employees.push({
        ...{ id: `3100${count}`, givenName: 'Newly', familyName, remoteId: null, email: null, employeeNumber: null },
        ...{ createdAt: '2019-06-01T08:00:00.0000Z', lastUpdatedAt: '2026-01-05T08:00:00.0000Z' },
      });
    };
    const walked = await walkWhile({ field: 'employees' }, 40, () => {
      enter('Aaaa');
      enter('Zzzz');
    });
    const late = Array.from({ length: count / 2 }, (_, index) => nodeId(`L:3100${2 * index + 2}`));
    expect(late.length).toBeGreaterThan(3);
    expect(walked.met.toSorted()).toEqual([...before, ...late].toSorted());
  });
});

describe('a walk over assignments while some are made and others ended', () => {
  it('meets every other once', async () => {
    await startUncached();
    const random = createRandom(5);
    const { ctrlHub } = graph.company;
    const idOf = ({ id, userId }: (typeof ctrlHub.assignments)[number]) =>
      Buffer.from(`JobRoleAssignment:${id}.${userId}`).toString('base64url');
    const before = ctrlHub.assignments.map(idOf);
    const walked = await walkWhile({ field: 'jobRoleAssignments' }, 23, (last, touched) => {
      const atCursor = ctrlHub.assignments.findIndex((it) => idOf(it) === last);
      for (const index of [atCursor, random.below(ctrlHub.assignments.length - 1)]) {
        const [ended] = ctrlHub.assignments.splice(index, 1);
        if (ended) touched.add(idOf(ended));
      }
      const { userId, roleId } = random.pick(ctrlHub.assignments);
      const id = `a5500000-0000-4000-8000-00000000${String(8000 + touched.size)}`;
      const createdAt = `${2022 + random.below(4)}-03-01T10:00:00Z`;
      ctrlHub.assignments.push({ id, userId, roleId, type: 'cover', createdAt });
    });
    expectAllMetOnce(before, walked);
  });
});
