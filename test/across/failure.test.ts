import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';
import { evaluate, type PlainFilter } from './plain-evaluation.ts';
import { allSystems } from './plain-people.ts';
import { toInput } from './walk-employees.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

type Upstream = 'LUCCA' | 'NAVER' | 'CTRL_HUB';

const emulatorOf = (upstream: Upstream): Emulator =>
  ({ LUCCA: graph.sandbox.lucca, CTRL_HUB: graph.sandbox.ctrlHub, NAVER: graph.sandbox.naver })[upstream];

/** Conditions that many people fulfil, by the upstream that decides them. */
const conditionsOf: Record<Upstream, PlainFilter> = {
  LUCCA: { minRank: 1 },
  NAVER: { gradeKeys: ['G03', 'G04', 'G05'] },
  CTRL_HUB: { assignmentType: 'main_layer' },
};

const several = `query ($lucca: EmployeeFilter, $naver: EmployeeFilter, $ctrlHub: EmployeeFilter, $all: EmployeeFilter) {
  LUCCA: employees(filter: $lucca) { totalCount }
  NAVER: employees(filter: $naver) { totalCount }
  CTRL_HUB: employees(filter: $ctrlHub) { totalCount }
  all: employees(filter: $all) { nodes { id } totalCount }
}`;

const askSeveral = () =>
  graph.query(several, {
    lucca: toInput(conditionsOf.LUCCA),
    naver: toInput(conditionsOf.NAVER),
    ctrlHub: toInput(conditionsOf.CTRL_HUB),
    all: toInput({ ...conditionsOf.LUCCA, ...conditionsOf.NAVER, ...conditionsOf.CTRL_HUB }),
  });

const failures = ({ errors }: Answer): string[] =>
  errors.map(({ path = [], extensions }) => `${path.join('.')} ${extensions.code} ${extensions.upstream}`).sort();

const countOf = (filter: PlainFilter, systems: readonly Upstream[] = allSystems): number =>
  evaluate(graph.company, filter, 'FAMILY_NAME_ASC', systems).length;

/** A server that has never read the upstream: it was in trouble before the server began to read. */
async function startWith(trouble: () => void | Promise<void>): Promise<void> {
  graph = await startGraph();
  await trouble();
  await graph.restartGraph();
}

const totals = z.record(z.string(), z.object({ totalCount: z.number() }).nullable());

/** What becomes of each upstream, and the code that says so. */
const troubles: [string, string, (upstream: Upstream) => void | Promise<void>][] = [
  ['is down', 'UPSTREAM_UNAVAILABLE', (upstream) => emulatorOf(upstream).close()],
  [
    'refuses the credentials',
    'UPSTREAM_AUTH_FAILED',
    (upstream) => answerAlways(upstream, { status: 401, headers: { 'content-type': 'application/json' }, body: '{}' }),
  ],
  [
    'answers with something else',
    'UPSTREAM_INVALID_RESPONSE',
    (upstream) => answerAlways(upstream, { status: 200, body: { welcome: 'to the portal' } }),
  ],
];

function answerAlways(
  upstream: Upstream,
  reply: { status: number; headers?: Record<string, string>; body: unknown },
): void {
  emulatorOf(upstream).inject({ times: 1_000, matches: ({ path }) => path !== '/connect/token', reply });
}

describe.each(troubles)('an upstream that %s', (_, code, befall) => {
  it.each(['NAVER', 'CTRL_HUB'] as const)('fails the filters that need it, and no others: %s', async (upstream) => {
    await startWith(() => befall(upstream));
    const answer = await askSeveral();
    expect(failures(answer)).toEqual([`${upstream} ${code} ${upstream}`, `all ${code} ${upstream}`].sort());
    const found = totals.parse(answer.data);
    for (const other of ['LUCCA', 'NAVER', 'CTRL_HUB'] as const) {
      const expected = other === upstream ? null : { totalCount: countOf(conditionsOf[other]) };
      expect(found[other], other).toEqual(expected);
      expect(countOf(conditionsOf[other]), other).toBeGreaterThan(0);
    }
    expect(found.all).toBeNull();
  });

  it.each(['LUCCA', 'NAVER', 'CTRL_HUB'] as const)(
    'changes nothing while what was read serves: %s',
    async (upstream) => {
      graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '600' } });
      const professions = '{ professions { totalCount } jobQualifications { totalCount } }';
      expect((await graph.query(professions)).errors).toEqual([]);
      await befall(upstream);
      const { data, errors } = await askSeveral();
      expect(errors).toEqual([]);
      const found = totals.parse(data);
      for (const it of allSystems) expect(found[it], it).toEqual({ totalCount: countOf(conditionsOf[it]) });
    },
  );

  it('fails every filter where it is Lucca, which leads', async () => {
    await startWith(() => befall('LUCCA'));
    const answer = await askSeveral();
    expect(answer.data).toEqual({ LUCCA: null, NAVER: null, CTRL_HUB: null, all: null });
    expect(failures(answer)).toEqual(['CTRL_HUB', 'LUCCA', 'NAVER', 'all'].map((field) => `${field} ${code} LUCCA`));
  });
});

describe('a list that breaks off', () => {
  // Each of these lists has more than one page.
  it.each([
    ['NAVER', 'gradeKeys', '/employee'],
    ['CTRL_HUB', 'assignmentType', '/job-role-assignments'],
    ['LUCCA', 'gradeKeys', '/employees'],
  ] as const)('of %s is no answer in part', async (upstream, member, path) => {
    await startWith(() =>
      emulatorOf(upstream).inject({
        times: 1_000,
        matches: (it) => it.path.endsWith(path) && (it.query.has('page') || Number(it.query.get('offset') ?? 0) > 0),
        reply: { status: 503, body: undefined },
      }),
    );
    const filter = { ...conditionsOf.NAVER, ...conditionsOf.CTRL_HUB };
    const answer = await graph.query('query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }', {
      filter: { [member]: filter[member] },
    });
    expect(answer.data).toEqual({ employees: null });
    expect(failures(answer)).toEqual([`employees UPSTREAM_UNAVAILABLE ${upstream}`]);
  });
});

describe('unlinkedPeople', () => {
  it.each(['LUCCA', 'NAVER', 'CTRL_HUB'] as const)('fails with the code of %s when that is down', async (upstream) => {
    await startWith(() => emulatorOf(upstream).close());
    for (const missingFrom of [null, 'LUCCA', 'NAVER', 'CTRL_HUB']) {
      const answer = await graph.query(
        'query ($from: Upstream) { unlinkedPeople(missingFrom: $from) { totalCount } }',
        {
          from: missingFrom,
        },
      );
      expect(answer.data).toEqual({ unlinkedPeople: null });
      expect(failures(answer)).toEqual([`unlinkedPeople UPSTREAM_UNAVAILABLE ${upstream}`]);
    }
  });
});

describe('a condition on an upstream that is not configured', () => {
  const startWithout = async (upstream: Upstream) => {
    graph = await startGraph();
    const variables = [...Object.keys(graph.sandbox.env), 'LUCCA_RATE_LIMIT'];
    const unset = variables.filter((name) => name.startsWith(`${upstream}_`));
    await graph.restartGraph(Object.fromEntries(unset.map((name) => [name, undefined])));
  };

  it.each(['NAVER', 'CTRL_HUB'] as const)(
    'fails with UPSTREAM_NOT_CONFIGURED, and others work: %s',
    async (upstream) => {
      await startWithout(upstream);
      const answer = await askSeveral();
      expect(failures(answer)).toEqual(
        [`${upstream} UPSTREAM_NOT_CONFIGURED ${upstream}`, `all UPSTREAM_NOT_CONFIGURED ${upstream}`].sort(),
      );
      const other = upstream === 'NAVER' ? 'CTRL_HUB' : 'NAVER';
      const systems = allSystems.filter((it) => it !== upstream);
      expect(answer.data).toMatchObject({
        LUCCA: { totalCount: countOf(conditionsOf.LUCCA, systems) },
        [other]: { totalCount: countOf(conditionsOf[other], systems) },
      });
    },
  );

  it.each<[string, PlainFilter]>([
    ['status', { status: ['ACTIVE'] }],
    ['jobQualificationIds', { jobQualificationIds: ['801'] }],
    ['professionIds', { professionIds: ['31'] }],
    ['minRank', { minRank: 1 }],
  ])('fails with UPSTREAM_NOT_CONFIGURED without Lucca: %s', async (_, filter) => {
    await startWithout('LUCCA');
    for (const besides of [{}, conditionsOf.NAVER, conditionsOf.CTRL_HUB, { search: 'Nobody is called that' }]) {
      const answer = await graph.query(
        'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }',
        {
          filter: toInput({ ...filter, ...besides }),
        },
      );
      expect(answer.data).toEqual({ employees: null });
      expect(failures(answer)).toEqual(['employees UPSTREAM_NOT_CONFIGURED LUCCA']);
    }
  });

  it('fails an order that only Lucca knows', async () => {
    await startWithout('LUCCA');
    const answer = await graph.query('{ employees(orderBy: CREATED_AT_ASC) { totalCount } }');
    expect(answer.data).toEqual({ employees: null });
    expect(failures(answer)).toEqual(['employees UPSTREAM_NOT_CONFIGURED LUCCA']);
  });

  it('and a missingFrom that is not configured fail alike', async () => {
    await startWithout('NAVER');
    const answer = await graph.query('{ unlinkedPeople(missingFrom: NAVER) { totalCount } }');
    expect(answer.data).toEqual({ unlinkedPeople: null });
    expect(failures(answer)).toEqual(['unlinkedPeople UPSTREAM_NOT_CONFIGURED NAVER']);
  });
});
