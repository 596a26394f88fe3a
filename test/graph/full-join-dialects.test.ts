import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { fullJoinOf } from '../helpers/truth-full-join.ts';

const page = z.object({
  employees: z.object({
    nodes: z.array(z.looseObject({ id: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const pagedQ02 = operation('q02-full-join')
  .replace('query FullJoin', 'query FullJoin($after: String)')
  .replace('employees(first: 100)', 'employees(first: 100, after: $after)');

async function everybody(graph: TestGraph): Promise<Record<string, unknown>[]> {
  const people: Record<string, unknown>[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await graph.query(pagedQ02, { after });
    expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
    const { nodes, pageInfo } = page.parse(data).employees;
    for (const { id: _, ...person } of nodes) people.push(person);
    if (!pageInfo.hasNextPage) return people;
    after = pageInfo.endCursor;
  }
}

/** Whatever the vendors' documents leave open: the answer is the same, only its cost differs. */
const dialects: [string, (sandbox: Sandbox) => void][] = [
  ['Lucca caps its pages at 30 rows', ({ lucca }) => Object.assign(lucca.knobs, { pageCap: 30 })],
  ['Lucca embeds references only', ({ lucca }) => Object.assign(lucca.knobs, { embeds: 'partial' })],
  ['Lucca embeds every other resource', ({ lucca }) => Object.assign(lucca.knobs, { embeds: 'gaps' })],
  ['Lucca embeds nothing', ({ lucca }) => Object.assign(lucca.knobs, { embeds: 'missing' })],
  ['Lucca leaves out keys without a value', ({ lucca }) => Object.assign(lucca.knobs, { optionalKeys: 'absent' })],
  ['Lucca links keep page and limit only', ({ lucca }) => Object.assign(lucca.knobs, { linksKeep: 'page-and-limit' })],
  ['Lucca sends unknown members', ({ lucca }) => Object.assign(lucca.knobs, { unknownMembers: true, nullLinks: true })],
  [
    'Lucca sends bare ETags, uncompressed',
    ({ lucca }) => Object.assign(lucca.knobs, { unquotedETags: true, compress: false }),
  ],
  ['Ctrl Hub caps its pages at 40 rows', ({ ctrlHub }) => Object.assign(ctrlHub.knobs, { maxLimit: 40 })],
  [
    'Ctrl Hub includes users without meta',
    ({ ctrlHub }) => Object.assign(ctrlHub.knobs, { includedUsers: 'attributes-only' }),
  ],
  [
    'Ctrl Hub tells no pagination of members',
    ({ ctrlHub }) => Object.assign(ctrlHub.knobs, { membersPagination: false }),
  ],
  ['Ctrl Hub leaves out deleted_at', ({ ctrlHub }) => Object.assign(ctrlHub.knobs, { deletedAt: 'absent' })],
  ['NAVER caps its pages at 30 rows', ({ naver }) => Object.assign(naver.knobs, { limitCap: 30 })],
  ['NAVER knows no page size', ({ naver }) => Object.assign(naver.knobs, { limitCap: null })],
  ['NAVER sends sortOrder as text', ({ naver }) => Object.assign(naver.knobs, { sortOrderAsString: true })],
  [
    'NAVER names references the other way',
    ({ naver }) => Object.assign(naver.knobs, { employeeReferences: 'gradeCdExternalKey' }),
  ],
  ['NAVER labels JSON as text', ({ naver }) => Object.assign(naver.knobs, { textPlain: true })],
  ['NAVER doubles a locale', ({ naver }) => Object.assign(naver.knobs, { duplicateKoKr: true })],
  ["NAVER's clock is an hour ahead", ({ naver }) => Object.assign(naver, { clockSkewMs: 3_600_000 })],
];

describe('q02 over all people', () => {
  it.each(dialects)('is the same where %s', async (_, turn) => {
    const graph = await startGraph();
    try {
      turn(graph.sandbox);
      await graph.restartGraph();
      expect(await everybody(graph)).toEqual(fullJoinOf(graph.company));
    } finally {
      await graph.stop();
    }
  });
});

describe('q02 over 460 people of another company', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ company: createCompany({ people: 460, seed: 7 }) });
  });
  afterAll(() => graph.stop());

  it('equals what the three systems hold', async () => {
    expect(await everybody(graph)).toEqual(fullJoinOf(graph.company));
  });

  it('leaves NAVER without employee numbers to the other rules', async () => {
    graph.sandbox.naver.knobs.employeeNumbers = 'omit';
    await graph.restartGraph();
    const company = structuredClone(graph.company);
    for (const row of company.naver.employees) row.empNo = null;
    const people = await everybody(graph);
    expect(people).toEqual(fullJoinOf(company));
    expect(people).not.toEqual(fullJoinOf(graph.company));
  });
});
