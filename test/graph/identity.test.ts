import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { naverKeyOf } from '../helpers/truth.ts';
import { keyOf, type Person, peopleOf, type Rows } from '../helpers/truth-people.ts';

const person = z.object({
  id: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string() })),
});
type Told = z.infer<typeof person>;
const directory = z.object({ nodes: z.array(person) });

const fields = 'id displayName email identities { upstream upstreamId } jobRoleAssignments(first: 1) { totalCount }';
const holders = `employees(first: 100) { nodes { ${fields} } }`;

let graph: TestGraph;
let truth: Person[];
/** What each path told of people, and under which ids. */
const told = new Map<string, Told[]>();

/** The paths to people, each an operation of its own, answered by a server that remembers nothing. */
const paths: [string, string, (data: unknown) => Told[]][] = [
  [
    'the directory',
    `query ($after: String) { employees(first: 100, after: $after) { nodes { ${fields} } pageInfo { endCursor } } }`,
    (data) => z.object({ employees: directory }).parse(data).employees.nodes,
  ],
  [
    'the people whom some system does not know',
    `query ($after: String) { unlinkedPeople(first: 100, after: $after) { nodes { ${fields} } pageInfo { endCursor } } }`,
    (data) => z.object({ unlinkedPeople: directory }).parse(data).unlinkedPeople.nodes,
  ],
  ['the holders of each grade', `{ grades(first: 100) { nodes { ${holders} } } }`, (data) => holdersIn('grades', data)],
  [
    'the holders of each position',
    `{ positions(first: 100) { nodes { ${holders} } } }`,
    (data) => holdersIn('positions', data),
  ],
  [
    'the holders of each qualification',
    `{ jobQualifications(first: 100) { nodes { ${holders} } } }`,
    (data) => holdersIn('jobQualifications', data),
  ],
  [
    'the qualifications of each profession',
    `{ professions(first: 100) { nodes { jobQualifications { nodes { ${holders} } } } } }`,
    (data) =>
      z
        .object({ professions: z.object({ nodes: z.array(z.object({ jobQualifications: holderLists })) }) })
        .parse(data)
        .professions.nodes.flatMap((it) => peopleIn(it.jobQualifications)),
  ],
  [
    'the assignments of each job role',
    `{ jobRoles(first: 100) { nodes { assignments(first: 100) { nodes { employee { ${fields} } } } } } }`,
    (data) =>
      z
        .object({ jobRoles: z.object({ nodes: z.array(z.object({ assignments })) }) })
        .parse(data)
        .jobRoles.nodes.flatMap((it) => it.assignments.nodes.map(({ employee }) => employee)),
  ],
  [
    'the list of assignments',
    `query ($after: String) { jobRoleAssignments(first: 100, after: $after) {
      nodes { employee { ${fields} } } pageInfo { endCursor }
    } }`,
    (data) =>
      z
        .object({ jobRoleAssignments: assignments })
        .parse(data)
        .jobRoleAssignments.nodes.map((it) => it.employee),
  ],
  [
    'short pages of assignments',
    `query ($after: String) { jobRoleAssignments(first: 7, after: $after) {
      nodes { employee { ${fields} } } pageInfo { endCursor }
    } }`,
    (data) =>
      z
        .object({ jobRoleAssignments: assignments })
        .parse(data)
        .jobRoleAssignments.nodes.map((it) => it.employee),
  ],
];

const assignments = z.object({ nodes: z.array(z.object({ employee: person })) });
const holderLists = z.object({ nodes: z.array(z.object({ employees: directory })) });
const peopleIn = ({ nodes }: z.infer<typeof holderLists>): Told[] => nodes.flatMap((it) => it.employees.nodes);
const holdersIn = (field: string, data: unknown): Told[] =>
  peopleIn(holderLists.parse(z.record(z.string(), z.unknown()).parse(data)[field]));

const paged = z.record(z.string(), z.object({ pageInfo: z.object({ endCursor: z.string().nullable() }) }));

async function follow(document: string, read: (data: unknown) => Told[]): Promise<Told[]> {
  const gathered: Told[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await graph.query(document, { after });
    // A contested link to Ctrl Hub: what hangs on it is null, and says so.
    const problems = errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`);
    expect(problems.filter((it) => it !== 'jobRoleAssignments CONFLICT')).toEqual([]);
    gathered.push(...read(data));
    after = Object.values(paged.safeParse(data).data ?? {})[0]?.pageInfo.endCursor ?? null;
    if (after === null) return gathered;
  }
}

beforeAll(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
  truth = peopleOf(graph.company);
  for (const [path, document, read] of paths) told.set(path, await follow(document, read));
});
afterAll(() => graph.stop());

const upstreamIdsOf = ({ lucca, naver, user }: Rows): string[] =>
  [lucca?.id, naver && (naverKeyOf(naver) ?? naver.loginId), user?.id].filter((it) => it != null);

const whoIs = ({ identities }: Told): Person | undefined =>
  truth.find((it) => identities.some(({ upstreamId }) => upstreamIdsOf(it).includes(upstreamId)));

describe.each(paths.map(([path]) => path))('%s', (path) => {
  it('names nobody whom the systems do not hold', () => {
    const unknown = told.get(path)?.filter((it) => whoIs(it) === undefined);
    expect(unknown).toEqual([]);
  });

  it('knows each person by all of their records, and no others', () => {
    const wrong = (told.get(path) ?? []).flatMap((it) => {
      const known = it.identities.map(({ upstreamId }) => upstreamId).sort();
      const real = upstreamIdsOf(whoIs(it) ?? { lucca: null, naver: null, user: null }).sort();
      return known.join() === real.join() ? [] : [`${it.displayName}: told ${known}, are ${real}`];
    });
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describe('over all paths', () => {
  it('identities are the same when nothing else is asked', async () => {
    const alone = `query ($after: String) { employees(first: 100, after: $after) {
      nodes { id displayName email identities { upstream upstreamId } } pageInfo { endCursor }
    } }`;
    const people = await follow(alone, (data) => z.object({ employees: directory }).parse(data).employees.nodes);
    expect(people).toEqual(told.get('the directory'));
  });

  const idsByPerson = () => {
    const ids = new Map<Person, Set<string>>();
    for (const it of [...told.values()].flat()) {
      const who = whoIs(it);
      if (who !== undefined) ids.set(who, (ids.get(who) ?? new Set()).add(it.id));
    }
    return ids;
  };

  it('everybody has one id, which holds the key of the record that leads', () => {
    for (const [who, ids] of idsByPerson()) {
      expect([...ids]).toEqual([Buffer.from(`Employee:${keyOf(who)}`).toString('base64url')]);
    }
  });

  it('no two people have the same id', () => {
    const ids = [...idsByPerson().values()].flatMap((it) => [...it]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('everybody is met whom the systems hold', () => {
    const met = idsByPerson();
    expect(truth.filter((it) => !met.has(it)).map(keyOf)).toEqual([]);
  });

  it('people whom Lucca does not know are met, in NAVER, in Ctrl Hub and in both', () => {
    const strangers = [...idsByPerson().keys()].filter((it) => it.lucca === null);
    expect(strangers.some((it) => it.naver !== null && it.user === null)).toBe(true);
    expect(strangers.some((it) => it.naver === null && it.user !== null)).toBe(true);
    expect(strangers.some((it) => it.naver !== null && it.user !== null)).toBe(true);
  });

  it('no id shows an address or a name in any form', () => {
    for (const it of [...told.values()].flat()) {
      const decoded = Buffer.from(it.id, 'base64url').toString('utf8').toLowerCase();
      expect(decoded).not.toContain('@');
      if (it.email !== null) expect(decoded).not.toContain(it.email.split('@')[0]?.toLowerCase());
    }
  });

  it('node gives everybody back under the same id', async () => {
    const ids = [...new Set([...told.values()].flat().map((it) => it.id))];
    const { data, errors } = await graph.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    expect(errors).toEqual([]);
    expect(data).toEqual({ nodes: ids.map((id) => ({ __typename: 'Employee', id })) });
  });
});
