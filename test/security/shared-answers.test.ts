import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draws } from '../helpers/draws.ts';
import type { Answer } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { type GuardedGraph, startGuardedGraph } from './rights-callers.ts';
import { callers } from './rights-table.ts';

const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));

/** Two servers over the same company: one caches and shares responses, one reads and executes for each anew. */
let sharing: GuardedGraph<string>;
let forgetful: GuardedGraph<string>;
beforeAll(async () => {
  sharing = await startGuardedGraph(grants, { people: 40 });
  forgetful = await startGuardedGraph(grants, { people: 40, env: { CACHE_FRESH_SECONDS: '0' } });
});
afterAll(() => Promise.all([sharing.stop(), forgetful.stop()]));

const names = [
  'q01-directory-page',
  'q02-full-join',
  'q04-role-board',
  'q05-grade-ladder',
  'q08-unlinked',
  'q11-counts',
];
const asked = fc.record({ caller: fc.constantFrom(...Object.keys(grants)), name: fc.constantFrom(...names) });

const pages = operation('q02-full-join')
  .replace('query FullJoin', 'query FullJoin($first: Int)')
  .replace('employees(first: 100)', 'employees(first: $first)');
const askedPage = fc.record({
  caller: fc.constantFrom(...Object.keys(grants)),
  first: fc.integer({ min: 1, max: 30 }),
});

/** Nothing says in which order errors come. */
const byPath = ({ errors, ...others }: Answer) => ({
  ...others,
  errors: errors
    .map((it) => ({ ...it, path: it.path?.join('.') ?? '' }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
});

describe('a response that is shared or cached', () => {
  it('is what its caller would have been told alone, whoever else asks before, after or at the same moment', async () => {
    const alone = new Map<string, unknown>();
    const answerAlone = async (caller: string, name: string) => {
      const key = `${caller} ${name}`;
      if (!alone.has(key)) alone.set(key, await forgetful.as(caller, operation(name)));
      return alone.get(key);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(asked, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        async (moments) => {
          for (const moment of moments) {
            const answers = await Promise.all(moment.map(({ caller, name }) => sharing.as(caller, operation(name))));
            for (const [index, { caller, name }] of moment.entries()) {
              expect(answers[index], `${name} as ${caller}`).toEqual(await answerAlone(caller, name));
            }
          }
        },
      ),
      { numRuns: draws(30) },
    );
  }, 60_000);

  it('shows of a person on one page what its caller may see, whoever asked for another page with the same person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(askedPage, { minLength: 4, maxLength: 8 }), async (moments) => {
        for (const { caller, first } of moments) {
          const answer = await sharing.as(caller, pages, { first });
          const alone = await forgetful.as(caller, pages, { first });
          expect(byPath(answer), `${first} people as ${caller}`).toEqual(byPath(alone));
        }
      }),
      { numRuns: draws(15) },
    );
  }, 60_000);
});
