import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schema } from '../../schema/schema.ts';
import { draws } from '../helpers/draws.ts';
import { type GuardedGraph, honest, type Reply, startGuarded } from './guarded-graph.ts';
import { type KnownValues, randomOperation } from './random-operation.ts';

const operations = draws(2_000);
const brokenDocuments = draws(1_000);

let graph: GuardedGraph;
let known: KnownValues;
const rejections: unknown[] = [];
const keepRejection = (reason: unknown) => void rejections.push(reason);

const sample = z.record(z.string(), z.object({ nodes: z.array(z.object({ id: z.string() })) }));

beforeAll(async () => {
  process.on('unhandledRejection', keepRejection);
  graph = await startGuarded();
  const lists = [
    'employees',
    'grades',
    'positions',
    'jobRoles',
    'jobQualifications',
    'professions',
    'jobRoleAssignments',
  ];
  const { json } = await graph.ask(`{ ${lists.map((it) => `${it}(first: 3) { nodes { id } }`).join(' ')} }`);
  const { lucca, naver } = graph.sandbox.company;
  known = {
    ID: Object.values(sample.parse(json?.data)).flatMap(({ nodes }) => nodes.map((it) => it.id)),
    String: ['a', 'Ha', 'main_layer', ...naver.grades.flatMap((it) => it.externalKey ?? []).slice(0, 3)],
    EmailAddress: lucca.employees.flatMap((it) => it.email ?? []).slice(0, 10),
    Locale: ['ko-KR', 'fr', 'zh-Hant-TW', 'en_US'],
    Date: ['2026-01-23'],
    DateTime: ['2026-01-23T12:45:23Z'],
  };
}, 30_000);
afterAll(async () => {
  process.off('unhandledRejection', keepRejection);
  await graph.stop();
});

const published = [
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'QUERY_TOO_COMPLEX',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
];

/** The codes in an answer, which has to be one that the server meant to give. */
function codesOf({ status, json, body }: Reply): string[] {
  if (status >= 500 || json === null) throw new Error(`${status}: ${body.slice(0, 500)}`);
  const codes = json.errors.map((it) => String(it.extensions.code));
  const foreign = codes.filter((it) => !published.includes(it));
  if (foreign.length > 0) throw new Error(`${foreign.join(', ')}: ${body.slice(0, 500)}`);
  return codes;
}

const unexpected = () => graph.log.filter((it) => it.includes('unexpected error'));

describe('whatever is asked', () => {
  it(`over the schema, ${operations} times, is answered or refused as published`, { timeout: 120_000 }, async () => {
    const outcomes: Record<string, number> = {};
    const startedAt = performance.now();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const { query, variables } = randomOperation(draw, schema, known);
        const codes = codesOf(await graph.ask(query, variables));
        for (const it of new Set(codes.length === 0 ? ['no error'] : codes)) outcomes[it] = (outcomes[it] ?? 0) + 1;
      }),
      { numRuns: operations },
    );
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${operations} random operations in ${seconds} s: ${JSON.stringify(outcomes)}\n`);
    expect(outcomes['no error']).toBeGreaterThan(operations / 4);
    expect(outcomes.GRAPHQL_VALIDATION_FAILED ?? 0).toBeLessThan(operations / 10);
    expect(unexpected()).toEqual([]);
    expect(rejections).toEqual([]);
  });

  it('in pieces, or in another order, is refused as published', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.gen(),
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 4 }),
        async (draw, a, b, noise) => {
          const { query, variables } = randomOperation(draw, schema, known);
          const [from, to] = [a % query.length, b % query.length].sort((x, y) => x - y);
          const broken = query.slice(0, from) + noise + query.slice(to);
          codesOf(await graph.ask(broken, variables));
        },
      ),
      { numRuns: brokenDocuments },
    );
    expect(unexpected()).toEqual([]);
    expect(rejections).toEqual([]);
    expect(await graph.ask(honest)).toMatchObject({ status: 200, json: { errors: [] } });
  });
});
