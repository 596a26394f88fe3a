import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { TestGraph } from '../helpers/graph.ts';
import {
  type Answer,
  askAll,
  columns,
  type HostileCase,
  outcomeOf,
  type Questions,
  startHostileGraph,
  tableOf,
} from './cells.ts';

type Vendor<Knobs extends object> = {
  upstream: Upstream;
  company: Company;
  knobsOf: (sandbox: Sandbox) => Knobs;
  questions: Questions;
  cases: readonly HostileCase<Knobs>[];
};

/**
 * Each case over the real graph: a server that has read nothing yet is asked the same questions, and its answers are
 * compared with those of a well-behaved vendor. Prints what became of each.
 */
export function describeVendor<Knobs extends object>(title: string, vendor: Vendor<Knobs>): void {
  const { upstream, company, knobsOf, questions, cases } = vendor;
  const seen = new Map<string, string[]>();
  let graph: TestGraph;
  let plain: Answer[];

  beforeAll(async () => {
    graph = await startHostileGraph(company);
    plain = await askAll(graph, questions);
  });
  afterAll(async () => {
    await graph.stop();
    process.stdout.write(`\n${tableOf(title, seen)}\n`);
  });

  describe(`${title}, when`, () => {
    it('nothing is odd, answers with everything that is asked for', () => {
      expect(
        columns.map((_, index) => outcomeOf(upstream, plain[index] ?? noAnswer, plain[index] ?? noAnswer)),
      ).toEqual(columns.map(() => 'same'));
      expect(JSON.stringify(plain[1]?.data)).toMatch(/^\{"\w+":\{/);
    });

    it.each(cases)('$name', async ({ name, knobs, expected }) => {
      const set = knobsOf(graph.sandbox);
      const before = { ...set };
      Object.assign(set, knobs);
      try {
        const answers = await askAll(graph, questions);
        const outcomes = answers.map((answer, index) => outcomeOf(upstream, plain[index] ?? noAnswer, answer));
        seen.set(name, outcomes);
        expect(outcomes).toEqual(expected);
      } finally {
        Object.assign(set, before);
      }
    });
  });
}

const noAnswer: Answer = { data: null, errors: [], extensions: { upstreams: {} } };
