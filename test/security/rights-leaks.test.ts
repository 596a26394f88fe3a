import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../src/sandbox/company/data.ts';
import { operation } from '../helpers/operation.ts';
import { type GuardedGraph, refusalsOf, startGuardedGraph, takes } from './rights-callers.ts';
import { callers } from './rights-table.ts';

const rich = 'all';
const poor = Object.entries(callers).filter(([name]) => name !== rich);

/** Two servers over the same company: one shares what it has read, one remembers nothing. */
let sharing: GuardedGraph<string>;
let forgetful: GuardedGraph<string>;
beforeAll(async () => {
  const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));
  sharing = await startGuardedGraph(grants, { people: 60, env: { CACHE_FRESH_SECONDS: '3600' } });
  forgetful = await startGuardedGraph(grants, { people: 60, env: { CACHE_FRESH_SECONDS: '0' } });
});
afterAll(() => Promise.all([sharing.stop(), forgetful.stop()]));

/** Everybody's addresses, names and numbers. */
function personalDataOf({ lucca, naver, ctrlHub }: Company): Set<string> {
  const texts = [
    ...lucca.employees.flatMap((it) => [it.email, it.givenName, it.familyName, `${it.givenName} ${it.familyName}`]),
    ...lucca.employees.map((it) => it.employeeNumber),
    ...naver.employees.flatMap((it) => [it.emailAddress, it.name]),
    ...ctrlHub.users.flatMap((it) => [it.email, it.firstName, it.lastName, `${it.firstName} ${it.lastName}`]),
  ];
  return new Set(texts.flatMap((it) => it || []));
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}

const names = ['q01-directory-page', 'q02-full-join', 'q03-person', 'q04-role-board', 'q05-grade-ladder'];

describe.each([...names, 'q06-skills-matrix', 'q08-unlinked', 'q11-counts'])('%s', (name) => {
  const variables = () => (name === 'q03-person' ? { email: sharing.graph.sandbox.showcaseEmail } : {});

  it.each(poor)('shows %s the same whether or not somebody who may see all has asked it', async (caller, { reads }) => {
    expect(refusalsOf(await sharing.as(rich, operation(name), variables()))).toEqual([]);
    const warm = await sharing.askedAs(caller, operation(name), variables());
    const cold = await forgetful.askedAs(caller, operation(name), variables());

    expect(warm.answer).toEqual(cold.answer);
    expect(warm.asked.filter((it) => !cold.asked.includes(it))).toEqual([]);
    if (!reads.includes('employees.readonly')) {
      const personal = personalDataOf(sharing.graph.company);
      expect(textsIn(warm.answer).filter((it) => personal.has(it))).toEqual([]);
    }
  });

  it('shows who asks at the same moment as somebody who may see all no more than at other times', async () => {
    for (const [caller] of poor.filter(([it]) => it.startsWith('without'))) {
      await sharing.graph.restartGraph();
      const [, answer] = await Promise.all([
        sharing.as(rich, operation(name), variables()),
        sharing.as(caller, operation(name), variables()),
      ]);
      expect(answer).toEqual(await forgetful.as(caller, operation(name), variables()));
    }
  });
});

describe('a refusal', () => {
  it('lies at the field, in every place, and leaves the rest', async () => {
    const { data, errors } = await forgetful.as(
      'only grades.readonly',
      '{ grades(first: 2) { nodes { externalKey employees { totalCount nodes { displayName } } } totalCount } }',
    );
    expect(data).toEqual({
      grades: {
        nodes: [
          { externalKey: expect.any(String), employees: null },
          { externalKey: expect.any(String), employees: null },
        ],
        totalCount: expect.any(Number),
      },
    });
    expect(errors.map(({ path, message }) => ({ path, message }))).toEqual(
      [0, 1].map((index) => ({ path: ['grades', 'nodes', index, 'employees'], message: takes('employees.readonly') })),
    );
  });

  it('names the scope for programs as well', async () => {
    const response = await fetch(forgetful.graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...forgetful.headersOf('nobody') },
      body: JSON.stringify({ query: '{ grades { totalCount } }' }),
    });
    expect(await response.json()).toMatchObject({
      data: { grades: null },
      errors: [{ path: ['grades'], extensions: { code: 'FORBIDDEN', scope: 'grades.readonly' } }],
    });
  });

  it.each([
    [
      'an alias',
      '{ a: employees { totalCount } b: employees { nodes { id } } c: employees { pageInfo { endCursor } } }',
      3,
    ],
    [
      'a fragment',
      'query { ...all } fragment all on Query { employees { ...count } } fragment count on EmployeeConnection { totalCount }',
      1,
    ],
    ['directives', '{ employees @include(if: true) { totalCount @skip(if: false) } }', 1],
    ['the type’s name alone', '{ employees { __typename } employee(by: { luccaId: "20001" }) { __typename } }', 2],
    ['another root', '{ unlinkedPeople(missingFrom: NAVER) { totalCount } upstreams { directory { people } } }', 4],
  ])('cannot be got round by %s', async (_, document, count) => {
    const { answer, asked } = await forgetful.askedAs('without employees.readonly', document);
    expect(textsIn(answer.data)).toEqual([]);
    expect(refusalsOf(answer)).toEqual(Array(count).fill(takes('employees.readonly')));
    expect(asked).toEqual([]);
  });

  it('is not lifted by a cursor or an id that somebody else was given', async () => {
    const given = await forgetful.as(rich, '{ employees(first: 1) { nodes { id } pageInfo { endCursor } } }');
    const [id, cursor] = textsIn(given.data);
    const { answer, asked } = await forgetful.askedAs(
      'without employees.readonly',
      `{ employees(first: 1, after: "${cursor}") { nodes { id } } node(id: "${id}") { id } }`,
    );
    expect(answer.data).toEqual({ employees: null, node: null });
    expect(refusalsOf(answer)).toHaveLength(2);
    expect(asked).toEqual([]);
  });
});

describe('what is read ahead', () => {
  it('is only what the caller may see', async () => {
    const { asked } = await forgetful.askedAs(
      'only employees.readonly',
      '{ employees { nodes { displayName grade { name } jobQualification { title } jobRoleAssignments { totalCount } } } }',
    );
    expect(asked).toEqual([expect.stringMatching(/^GET \/lucca-api\/employees\?/)]);
  });
});
