import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Company } from '../../src/sandbox/company/data.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  type Candidate,
  evaluate,
  evaluateNaver,
  evaluateUsers,
  holdersMatching,
  inOrder,
  type Order,
  type PlainFilter,
  visibleUsers,
} from './plain-evaluation.ts';
import { company } from './random-company.ts';
import { anyFilter, filterOf, order, pageSizes } from './random-filter.ts';
import { walkEmployees } from './walk-employees.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const [some] = fc.sample(company, 1);

/** The whole graph over any company, without the upstreams named. */
async function startAny(...missing: string[]): Promise<void> {
  graph = await startGraph(some === undefined ? {} : { company: some });
  const variables = [...Object.keys(graph.sandbox.env), 'LUCCA_RATE_LIMIT'];
  const unset = variables.filter((name) => missing.some((it) => name.startsWith(it)));
  await graph.restartGraph(Object.fromEntries(unset.map((name) => [name, undefined])));
}

/** The emulators read their data at every request; the server is a new one, with nothing of the old data under way. */
async function moveIn({ lucca, naver, ctrlHub }: Company, freshSeconds = 0): Promise<void> {
  await graph.restartGraph({ CACHE_FRESH_SECONDS: String(freshSeconds) });
  Object.assign(graph.company.lucca, lucca);
  Object.assign(graph.company.naver, naver);
  Object.assign(graph.company.ctrlHub, ctrlHub);
}

const patienceMs = 120_000;

describe('employees, where Lucca leads', () => {
  // The first reads no more than the filter needs, the last everything that there is.
  const fields = fc.constantFrom(
    '',
    'jobQualification { rank }',
    'grade { name } jobQualification { rank } jobRoleAssignments(first: 1) { totalCount }',
  );
  const freshSeconds = fc.constantFrom(0, 60);

  it(
    'are those whom a plain evaluation finds, in its order, on pages of any size',
    async () => {
      await startAny();
      await fc.assert(
        fc.asyncProperty(
          fc.record({ drawn: company, filter: anyFilter, by: order, sizes: pageSizes, fields, freshSeconds }),
          async ({ drawn, filter, by, sizes, fields, freshSeconds }) => {
            await moveIn(drawn, freshSeconds);
            const found = await walkEmployees(graph, { filter, order: by, pageSizes: sizes, lead: 'LUCCA', fields });
            const seesEverybody = fields.includes('jobRoleAssignments');
            const users = seesEverybody ? visibleUsers(drawn) : holdersMatching(drawn, filter);
            const expected = evaluate(drawn, filter, by, users);
            expect(found.upstreamIds).toEqual(expected);
            expect(found.totalCount).toBe(expected.length);
          },
        ),
        { numRuns: 400 },
      );
    },
    patienceMs,
  );
});

const byName = fc.constantFrom<Order>('FAMILY_NAME_ASC', 'FAMILY_NAME_DESC');

type OtherLead = {
  lead: 'NAVER' | 'CTRL_HUB';
  without: string[];
  filters: fc.Arbitrary<PlainFilter>;
  evaluateBy: (company: Company, filter: PlainFilter) => Candidate[];
};

const otherLeads: OtherLead[] = [
  {
    lead: 'NAVER',
    without: ['LUCCA_'],
    filters: filterOf('search', 'emails', 'gradeKeys', 'positionKeys', 'jobRoleIds', 'assignmentType'),
    evaluateBy: evaluateNaver,
  },
  {
    lead: 'CTRL_HUB',
    without: ['LUCCA_', 'NAVER_'],
    filters: filterOf('search', 'emails', 'jobRoleIds', 'assignmentType'),
    evaluateBy: evaluateUsers,
  },
];

describe.each(otherLeads)('employees, where $lead leads', ({ lead, without, filters, evaluateBy }) => {
  it(
    'are those whom a plain evaluation finds, in its order, on pages of any size',
    async () => {
      await startAny(...without);
      await fc.assert(
        fc.asyncProperty(company, filters, byName, pageSizes, async (drawn, filter, by, sizes) => {
          const members = drawn.ctrlHub.users.map((it) => ({
            ...it,
            organisationIds: [graph.sandbox.ctrlHub.organisationId],
          }));
          const everybody = { ...drawn, ctrlHub: { ...drawn.ctrlHub, users: members } };
          await moveIn(everybody);
          const found = await walkEmployees(graph, { filter, order: by, pageSizes: sizes, lead });
          // Ties are settled by the graph's own ids, which the answers tell.
          const compareIds = (a: string, b: string) => compareTexts(found.idOf.get(a) ?? '', found.idOf.get(b) ?? '');
          const expected = inOrder(evaluateBy(everybody, filter), by, compareIds).map((it) => it.id);
          expect(found.upstreamIds).toEqual(expected);
          expect(found.totalCount).toBe(expected.length);
        }),
        { numRuns: 120 },
      );
    },
    patienceMs,
  );
});

/** Shorter first, as for numbers. */
const compareTexts = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));
