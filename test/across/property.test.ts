import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Company } from '../../src/sandbox/company/data.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { evaluate, type Lead, type Order, type PlainFilter } from './plain-evaluation.ts';
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

/** The emulators read their data at every request. The server is a new one, and has read nothing of the old data. */
async function moveIn({ lucca, naver, ctrlHub }: Company, freshSeconds: number): Promise<void> {
  Object.assign(graph.company.lucca, lucca);
  Object.assign(graph.company.naver, naver);
  Object.assign(graph.company.ctrlHub, ctrlHub);
  await graph.restartGraph({ CACHE_FRESH_SECONDS: String(freshSeconds) });
}

const patienceMs = 180_000;

const freshSeconds = fc.constantFrom(0, 60);
// The first reads no more than the filter and the order need, the last everything that there is.
const fields = fc.constantFrom('', 'grade { name }', 'unlinked: jobRoleAssignments(first: 1) { totalCount }');

type Case = {
  lead: Lead;
  without: string[];
  filters: fc.Arbitrary<PlainFilter>;
  orders: fc.Arbitrary<Order>;
  numRuns: number;
};

const ofNaver = ['gradeKeys', 'positionKeys', 'hiredFrom', 'hiredUntil'] as const;
const ofCtrlHub = ['jobRoleIds', 'assignmentType'] as const;
const byName = fc.constantFrom<Order>('FAMILY_NAME_ASC', 'FAMILY_NAME_DESC');

const cases: Case[] = [
  { lead: 'LUCCA', without: [], filters: anyFilter, orders: order, numRuns: 400 },
  {
    lead: 'NAVER',
    without: ['LUCCA_'],
    filters: filterOf('search', 'emails', ...ofNaver, ...ofCtrlHub),
    orders: order.filter((it) => !it.startsWith('CREATED_AT')),
    numRuns: 120,
  },
  {
    lead: 'CTRL_HUB',
    without: ['LUCCA_', 'NAVER_'],
    filters: filterOf('search', 'emails', ...ofCtrlHub),
    orders: byName,
    numRuns: 120,
  },
];

describe.each(cases)('employees, where $lead leads', ({ lead, without, filters, orders, numRuns }) => {
  it(
    'are those whom a plain evaluation finds, in its order, on pages of any size',
    async () => {
      await startAny(...without);
      await fc.assert(
        fc.asyncProperty(
          fc.record({ drawn: company, filter: filters, by: orders, sizes: pageSizes, fields, freshSeconds }),
          async ({ drawn, filter, by, sizes, fields, freshSeconds }) => {
            await moveIn(drawn, freshSeconds);
            const shown = lead === 'CTRL_HUB' ? '' : fields;
            const found = await walkEmployees(graph, { filter, order: by, pageSizes: sizes, lead, fields: shown });
            const expected = evaluate(drawn, filter, by, lead);
            expect(found.upstreamIds).toEqual(expected);
            expect(found.totalCount).toBe(expected.length);
          },
        ),
        { numRuns },
      );
    },
    patienceMs,
  );
});
