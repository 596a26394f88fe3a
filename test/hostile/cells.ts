import { z } from 'zod';
import type { Upstream } from '../../src/domain/upstream.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { keepErrors } from '../leaks/evidence.ts';

/**
 * How an answer differs from that of a well-behaved upstream. `same`: not at all. `less`: something is unknown, and
 * `extensions.upstreams` says so. `same, told`: nothing of what was asked for is missing, and the upstream's rows were not
 * all usable. `as it came`: the values differ as the upstream's do, and nothing is amiss. `fails`: at least one field does,
 * with UPSTREAM_INVALID_RESPONSE. Any other code is spelled out, and never expected.
 */
export type Outcome = 'same' | 'same, told' | 'as it came' | 'less' | 'fails';

export const columns = ['list', 'item', 'join'] as const;

/** The outcome for lists, for the touched thing asked for by its key, and for what is joined over it. */
export type Cells = readonly [list: Outcome, item: Outcome, join: Outcome];

export const cells = (list: Outcome, item: Outcome = list, join: Outcome = item): Cells => [list, item, join];

/** One row of the table: what is set in the emulator, and what becomes of it. */
export type HostileCase<Knobs> = { name: string; knobs: Partial<Knobs>; expected: Cells };

export type Questions = Record<(typeof columns)[number], string>;

export type Answer = z.infer<typeof answerShape>;

const answerShape = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).default([]),
  extensions: z
    .object({ upstreams: z.record(z.string(), z.object({ skippedRows: z.number().default(0) })).default({}) })
    .default({ upstreams: {} }),
});

/** Pages so small that every list has several. */
export function startHostileGraph(company: Company = createCompany({ people: 40 })): Promise<TestGraph> {
  return startGraph({ company, env: { CTRL_HUB_PAGE_SIZE: '10', NAVER_PAGE_SIZE: '10' } });
}

/** What a server that has read nothing yet answers to each question. */
export async function askAll(graph: TestGraph, questions: Questions): Promise<Answer[]> {
  await graph.restartGraph();
  return Promise.all(columns.map((column) => ask(graph.url, questions[column])));
}

export function outcomeOf(upstream: Upstream, plain: Answer, answer: Answer): string {
  const codes = codesOf(answer).filter((code) => !codesOf(plain).includes(code));
  const isTold = skippedRowsOf(upstream, answer) > skippedRowsOf(upstream, plain);
  const isSame = JSON.stringify(answer.data) === JSON.stringify(plain.data);
  if (codes.length > 0) return codes.every((it) => it === 'UPSTREAM_INVALID_RESPONSE') ? 'fails' : codes.join();
  if (isSame) return isTold ? 'same, told' : 'same';
  return isTold ? 'less' : 'as it came';
}

async function ask(url: string, query: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const answer: unknown = await response.json();
  keepErrors(answer);
  return answerShape.parse(answer);
}

const codesOf = ({ errors }: Answer): string[] => [...new Set(errors.map((it) => it.extensions.code))];

const skippedRowsOf = (upstream: Upstream, { extensions }: Answer): number =>
  extensions.upstreams[upstream]?.skippedRows ?? 0;

/** What the suite prints: what becomes of every variation. */
export function tableOf(title: string, rows: ReadonlyMap<string, readonly string[]>): string {
  const width = Math.max(title.length, ...[...rows.keys()].map((it) => it.length));
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(width)}  ${cells.map((it) => it.padEnd(10)).join('  ')}`.trimEnd();
  return [line(title, columns), ...[...rows].map(([name, cells]) => line(name, cells))].join('\n');
}
