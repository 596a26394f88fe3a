import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Company } from '../../src/sandbox/company/data.ts';
import { draws } from '../helpers/draws.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { troubledCompany } from './history-company.ts';
import { evaluate, type Order, type PlainFilter } from './plain-evaluation.ts';
import type { System } from './plain-people.ts';
import { company as agreeing } from './random-company.ts';
import { anyFilter, filterOf, order, pageSizes } from './random-filter.ts';
import { walkEmployees } from './walk-employees.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** Every other one has rehired people, shared mailboxes and numbers that are none. */
const company = fc.oneof(agreeing, troubledCompany);

const [some] = fc.sample(agreeing, 1);

/** The whole graph over any company, without the upstreams named. */
async function startAny(...missing: string[]): Promise<void> {
  graph = await startGraph(some === undefined ? {} : { company: some });
  const variables = [...Object.keys(graph.sandbox.env), 'LUCCA_RATE_LIMIT'];
  const unset = variables.filter((name) => missing.some((it) => name.startsWith(it)));
  await graph.restartGraph(Object.fromEntries(unset.map((name) => [name, undefined])));
}

/** The emulators read their data at every request; the server is a new one, which has read nothing of the old data. */
async function moveIn({ lucca, naver, ctrlHub }: Company, freshSeconds = 0): Promise<void> {
  await graph.restartGraph(() => {
    Object.assign(graph.company.lucca, lucca);
    Object.assign(graph.company.naver, naver);
    Object.assign(graph.company.ctrlHub, ctrlHub);
    return { CACHE_FRESH_SECONDS: String(freshSeconds) };
  });
}

const patienceMs = 120_000;

// The first needs no more than the filter does, the last everything that there is.
const fields = fc.constantFrom(
  '',
  'jobQualification { rank }',
  'grade { name } jobQualification { rank } jobRoleAssignments(first: 1) { totalCount }',
);
const freshSeconds = fc.constantFrom(0, 60);

describe('employees, where Lucca leads', () => {
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
            const expected = evaluate(drawn, filter, by);
            expect(found.upstreamIds).toEqual(expected);
            expect(found.totalCount).toBe(expected.length);
          },
        ),
        { numRuns: draws(300) },
      );
    },
    patienceMs,
  );
});

type OtherLead = {
  lead: System;
  systems: System[];
  without: string[];
  filters: fc.Arbitrary<PlainFilter>;
  orders: Order[];
};

const otherLeads: OtherLead[] = [
  {
    lead: 'NAVER',
    systems: ['NAVER', 'CTRL_HUB'],
    without: ['LUCCA_'],
    filters: filterOf('search', 'emails', 'gradeKeys', 'positionKeys', 'jobRoleIds', 'assignmentType'),
    orders: ['FAMILY_NAME_ASC', 'FAMILY_NAME_DESC', 'GRADE_ASC', 'POSITION_DESC', 'HIRED_ON_ASC', 'HIRED_ON_DESC'],
  },
  {
    lead: 'CTRL_HUB',
    systems: ['CTRL_HUB'],
    without: ['LUCCA_', 'NAVER_'],
    filters: filterOf('search', 'emails', 'jobRoleIds', 'assignmentType'),
    orders: ['FAMILY_NAME_ASC', 'FAMILY_NAME_DESC'],
  },
];

describe.each(otherLeads)('employees, where $lead leads', ({ lead, systems, without, filters, orders }) => {
  it(
    'are those whom a plain evaluation finds, in its order, on pages of any size',
    async () => {
      await startAny(...without);
      const orderBy = fc.constantFrom(...orders);
      await fc.assert(
        fc.asyncProperty(
          company,
          filters,
          orderBy,
          pageSizes,
          freshSeconds,
          async (drawn, filter, by, sizes, fresh) => {
            await moveIn(drawn, fresh);
            const found = await walkEmployees(graph, { filter, order: by, pageSizes: sizes, lead });
            const expected = evaluate(drawn, filter, by, systems);
            expect(found.upstreamIds).toEqual(expected);
            expect(found.totalCount).toBe(expected.length);
          },
        ),
        { numRuns: draws(120) },
      );
    },
    patienceMs,
  );
});
