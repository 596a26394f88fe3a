import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Company } from '../../src/sandbox/company/data.ts';
import { draws } from '../helpers/draws.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';
import { troubledCompany } from './history-company.ts';
import { type Known, knownOf, operations } from './history-operations.ts';

/** More by hand: HR_GRAPH_TEST_RUNS=2000 HR_GRAPH_TEST_SECONDS=1800. */
const secondsToDraw = Number(process.env.HR_GRAPH_TEST_SECONDS ?? draws(45));

let graph: TestGraph;
const [some] = fc.sample(troubledCompany, 1);
beforeAll(async () => {
  graph = await startGraph(some === undefined ? {} : { company: some });
});
afterAll(() => graph.stop());

/** The emulators read their data at every request. */
function moveIn({ lucca, naver, ctrlHub }: Company): void {
  Object.assign(graph.company.lucca, lucca);
  Object.assign(graph.company.naver, naver);
  Object.assign(graph.company.ctrlHub, ctrlHub);
}

/** What has to be the same: data, codes and their places. Not messages, which may tell ages and times. */
const comparable = ({ status, data, errors }: Answer) => ({
  status,
  data,
  errors: errors.map(({ path, extensions }) => `${path?.join('.') ?? ''} ${extensions.code ?? ''}`).sort(),
});

type Step = { name: string; number: number };
type Request = Step & { document: string; variables: Record<string, unknown> };

/** The number picks each value with which the operation is asked. */
function toRequest({ name, number }: Step, known: Known): Request {
  const { document, variables } = operations[name] ?? { document: '', variables: () => ({}) };
  return { name, number, document, variables: variables(known, (values) => values[number % values.length]) };
}

const step = fc.record({ name: fc.constantFrom(...Object.keys(operations)), number: fc.nat(300) });
/** Operations of one group come at the same time. */
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 7 });
const freshSeconds = fc.constantFrom(15, 0, 120);

/** As a process answers that was never asked anything else. */
async function answersOfFreshProcesses(requests: readonly Request[]): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const { document, variables } of requests) {
    const key = JSON.stringify([document, variables]);
    if (answers.has(key)) continue;
    await graph.restartGraph({ CACHE_FRESH_SECONDS: '15' });
    answers.set(key, comparable(await graph.query(document, variables)));
  }
  return answers;
}

it(
  'Every operation is answered alike, whatever was asked before it, beside it, and however long lists serve',
  async () => {
    const endAt = performance.now() + secondsToDraw * 1000;
    await fc.assert(
      fc.asyncProperty(troubledCompany, history, freshSeconds, async (company, drawn, seconds) => {
        // On a slow machine fewer are drawn. A run that has begun is never cut short.
        if (performance.now() > endAt) return;
        moveIn(company);
        await graph.restartGraph({ CACHE_FRESH_SECONDS: '15' });
        const known = await knownOf(graph, company);
        const groups = drawn.map((group) => group.map((it) => toRequest(it, known)));
        const expected = await answersOfFreshProcesses(groups.flat());
        await graph.restartGraph({ CACHE_FRESH_SECONDS: String(seconds) });
        for (const group of groups) {
          await Promise.all(
            group.map(async ({ name, document, variables }) => {
              const answer = comparable(await graph.query(document, variables));
              expect(answer, name).toEqual(expected.get(JSON.stringify([document, variables])));
            }),
          );
        }
      }),
      { numRuns: Number(process.env.HR_GRAPH_TEST_RUNS ?? draws(150)) },
    );
  },
  (secondsToDraw + 60) * 1000,
);
