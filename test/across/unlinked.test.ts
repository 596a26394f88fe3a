import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Company } from '../../src/sandbox/company/data.ts';
import { draws } from '../helpers/draws.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { troubledCompany } from './history-company.ts';
import { allSystems, byName, everybody, line, type PlainPerson, type System } from './plain-people.ts';
import { company as agreeing } from './random-company.ts';
import { pageSizes } from './random-filter.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Every other one has rehired people, shared mailboxes and numbers that are none. */
const company = fc.oneof(agreeing, troubledCompany);

const record = z.object({ upstream: z.enum(allSystems), upstreamId: z.string() });
const pageShape = z.object({
  unlinkedPeople: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        identities: z.array(record),
        identityConflicts: z.array(z.object({ matchedBy: z.string(), records: z.array(record) })),
        missingLinks: z.array(
          z.object({
            upstream: z.enum(allSystems),
            reason: z.string(),
            rule: z.string().nullable(),
            candidates: z.array(record),
          }),
        ),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), hasPreviousPage: z.boolean(), endCursor: z.string().nullable() }),
    totalCount: z.number(),
  }),
});

const document = `query ($missingFrom: Upstream, $first: Int, $after: String) {
  unlinkedPeople(missingFrom: $missingFrom, first: $first, after: $after) {
    nodes { id identities { upstream upstreamId } identityConflicts { matchedBy records { upstream upstreamId } }
      missingLinks { upstream reason rule candidates { upstream upstreamId } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount
  }
}`;

type Told = { id: string; known: string; conflicts: string[]; missing: string[] };

/** Each person as the list shows them, in its order, over pages of these sizes. */
async function walk(missingFrom: System | null, sizes: readonly number[]): Promise<Told[]> {
  const told: Told[] = [];
  let total: number | null = null;
  for (let [page, after]: [number, string | null] = [0, null]; ; page += 1) {
    const first = sizes[page % sizes.length] ?? 25;
    const { data, errors } = await graph.query(document, { missingFrom, first, after });
    expect(errors).toEqual([]);
    const { nodes, pageInfo, totalCount } = pageShape.parse(data).unlinkedPeople;
    told.push(
      ...nodes.map(({ id, identities, identityConflicts, missingLinks }) => ({
        id: Buffer.from(id, 'base64url').toString('utf8').replace('Employee:', ''),
        known: knownAs(Object.fromEntries(identities.map((it) => [it.upstream, it.upstreamId]))),
        conflicts: identityConflicts.map((it) =>
          line(
            it.matchedBy,
            it.records.map(({ upstreamId }) => upstreamId),
          ),
        ),
        missing: missingLinks.map(({ upstream, reason, rule, candidates }) =>
          line(
            `${upstream} ${reason} ${rule}`,
            candidates.map(({ upstreamId }) => upstreamId),
          ),
        ),
      })),
    );
    total ??= totalCount;
    expect(totalCount).toBe(total);
    expect(pageInfo.hasPreviousPage).toBe(page > 0);
    if (pageInfo.hasNextPage) expect(nodes).toHaveLength(first);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(told).toHaveLength(total ?? 0);
  return told;
}

const knownAs = (ids: { [U in System]?: string }): string => allSystems.map((it) => ids[it] ?? '-').join(' | ');

const missing = (people: PlainPerson[], missingFrom: System | null): PlainPerson[] =>
  people.filter((it) =>
    missingFrom === null ? allSystems.some((u) => it[u] === undefined) : it[missingFrom] === undefined,
  );

/** What the list has to show: by family name as Unicode orders them, ties by the graph's own ids. */
const expectedOf = (people: PlainPerson[]): Told[] =>
  people
    .toSorted(byName)
    .map((it) => ({ id: it.id, known: knownAs(it), conflicts: it.conflicts, missing: it.missing }));

const sorted = (told: readonly Told[]) => told.map((it) => ({ ...it, conflicts: it.conflicts.toSorted() }));

describe('unlinkedPeople', () => {
  it.each<[System | null]>([[null], ['LUCCA'], ['NAVER'], ['CTRL_HUB']])(
    'are the people of the sandbox who are missing from %s, with what is known of them and their conflicts',
    async (missingFrom) => {
      graph = await startGraph();
      const told = sorted(await walk(missingFrom, [17]));
      const expected = expectedOf(missing(everybody(graph.company), missingFrom));
      expect(told).toEqual(sorted(expected));
      expect(told.length).toBeGreaterThan(10);
      expect(told.length).toBeLessThan(everybody(graph.company).length);
      expect(new Set(told.map((it) => it.id)).size).toBe(told.length);
    },
  );

  it('show each of the conflicts with the records that compete', async () => {
    graph = await startGraph();
    const conflicts = new Set((await walk(null, [100])).flatMap((it) => it.conflicts));
    expect(conflicts.size).toBe(3);
    expect([...conflicts].every((it) => it.startsWith('EMAIL: '))).toBe(true);
  });

  it('are nobody where the systems agree', async () => {
    graph = await startGraph();
    const { lucca, naver, ctrlHub } = graph.company;
    const [employee, person, user] = [lucca.employees[0], naver.employees[0], ctrlHub.users[0]];
    if (employee === undefined || person === undefined || user === undefined) throw new Error('The company is empty.');
    await graph.restartGraph(() => {
      lucca.employees = [employee];
      naver.employees = [person];
      ctrlHub.users = [user];
      ctrlHub.assignments = ctrlHub.assignments.filter((it) => it.userId === user.id);
      return {};
    });
    expect(await walk(null, [25])).toEqual([]);
  });

  it.each(allSystems)('are told of the configured upstreams only: without %s', async (system) => {
    graph = await startGraph();
    const unset = [...Object.keys(graph.sandbox.env), 'LUCCA_RATE_LIMIT'].filter((it) => it.startsWith(`${system}_`));
    await graph.restartGraph(Object.fromEntries(unset.map((it) => [it, undefined])));
    const others = allSystems.filter((it) => it !== system);
    const people = everybody(graph.company, others).filter((it) => others.some((other) => it[other] === undefined));
    expect(people.length).toBeGreaterThan(10);
    expect(sorted(await walk(null, [100]))).toEqual(sorted(expectedOf(people)));
  });

  it('are those of a plain evaluation in any company, on pages of any size', async () => {
    const [some] = fc.sample(agreeing, 1);
    graph = await startGraph(some === undefined ? {} : { company: some });
    const missingFrom = fc.constantFrom(null, ...allSystems);
    await fc.assert(
      // Without a cache, every page is cut from lists that were read for it.
      fc.asyncProperty(
        company,
        missingFrom,
        pageSizes,
        fc.constantFrom(60, 60, 0),
        async (drawn, from, sizes, fresh) => {
          await moveIn(drawn, fresh);
          const told = await walk(from, sizes);
          expect(sorted(told)).toEqual(sorted(expectedOf(missing(everybody(drawn), from))));
        },
      ),
      { numRuns: draws(100) },
    );
  }, 120_000);
});

async function moveIn({ lucca, naver, ctrlHub }: Company, freshSeconds: number): Promise<void> {
  await graph.restartGraph(() => {
    Object.assign(graph.company.lucca, lucca);
    Object.assign(graph.company.naver, naver);
    Object.assign(graph.company.ctrlHub, ctrlHub);
    return { CACHE_FRESH_SECONDS: String(freshSeconds) };
  });
}
