import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

type Key = ['LUCCA' | 'NAVER' | 'CTRL_HUB', string];

const comparison = z.object({ matchedBy: z.array(z.string()), evidence: z.array(z.string()) }).nullable();
const shape = z.object({ recordComparisons: z.array(comparison) });

async function compare(...pairs: [Key, Key][]) {
  const keyOf = ([upstream, mappingKey]: Key) => ({ upstream, mappingKey });
  const { data, errors } = await graph.query(
    'query ($pairs: [RecordPair!]!) { recordComparisons(pairs: $pairs) { matchedBy evidence } }',
    { pairs: pairs.map(([one, other]) => ({ one: keyOf(one), other: keyOf(other) })) },
  );
  expect(errors).toEqual([]);
  return shape.parse(data).recordComparisons;
}

describe('recordComparisons', () => {
  it('says what two records have in common, be they linked or not, in the order of the pairs', async () => {
    const [same, apart, again] = await compare(
      [
        ['LUCCA', '20001'],
        ['NAVER', 'emp-00001'],
      ],
      [
        ['LUCCA', '20001'],
        ['NAVER', 'emp-00002'],
      ],
      [
        ['NAVER', 'emp-00001'],
        ['LUCCA', '20001'],
      ],
    );
    expect(same?.matchedBy).toContain('EMAIL');
    expect(same?.evidence).toEqual(expect.arrayContaining(['SAME_NAME', 'SAME_ADDRESS']));
    expect(again).toEqual(same);
    expect(apart).toEqual({ matchedBy: [], evidence: [] });
  });

  it('is null where a key is not the one by which a row names a record', async () => {
    const naver = graph.company.naver.employees.find((it) => it.externalKey !== null && it.empId !== null);
    if (naver?.empId == null) throw new Error('NAVER has nobody.');
    const lucca: Key = ['LUCCA', '20001'];
    const keys: Key[] = [
      ['NAVER', 'emp-unknown'],
      ['NAVER', '20001'],
      ['NAVER', naver.empId],
      ['NAVER', ''],
    ];
    expect(await compare(...keys.map((key): [Key, Key] => [lucca, key]))).toEqual(keys.map(() => null));
  });

  it('finds a name and a birthday where no rule links', async () => {
    const suggestions = z.object({
      linkSuggestions: z.object({
        nodes: z.array(
          z.object({
            evidence: z.array(z.string()),
            people: z.array(
              z.object({
                identities: z.array(
                  z.object({ upstream: z.enum(['LUCCA', 'NAVER', 'CTRL_HUB']), mappingKey: z.string() }),
                ),
              }),
            ),
          }),
        ),
      }),
    });
    const { data } = await graph.query(`{ linkSuggestions(first: 100) { nodes {
      evidence people { identities { upstream mappingKey } } } } }`);
    const { nodes } = suggestions.parse(data).linkSuggestions;
    expect(nodes.length).toBeGreaterThan(3);
    for (const { evidence, people } of nodes) {
      const [ones = [], others = []] = people.map(({ identities }) =>
        identities.map(({ upstream, mappingKey }): Key => [upstream, mappingKey]),
      );
      const found = await compare(...ones.flatMap((one) => others.map((other): [Key, Key] => [one, other])));
      expect(new Set(found.flatMap((it) => it?.evidence ?? []))).toEqual(new Set(evidence));
    }
  });
});
