import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { operation } from '../../helpers/operation.ts';
import { ask } from '../peers/ask.ts';
import { emailsOf, peopleInCompany } from './bench.ts';

export type Mixed = {
  operations: number;
  failed: number;
  /** Milliseconds from when the question was due. */
  latencies: number[];
  /** Seconds, the largest Age of any answer; null where no answer had one. */
  maxAge: number | null;
  /** The start of the first answer that failed. */
  firstFailure: string | null;
};

const body = (query: string, variables: object = {}) => JSON.stringify({ query, variables });
const idsShape = z.object({ nodes: z.tuple([z.object({ id: z.string() })]) });
const filterShape = z.object({ data: z.object({ professions: idsShape, jobRoles: idsShape }) });

/** q01 to q07 in turn, q03 about another person each time. */
async function bodiesOf(url: string): Promise<string[]> {
  const answer = await ask(url, body('{ professions(first: 1) { nodes { id } } jobRoles(first: 1) { nodes { id } } }'));
  const { professions, jobRoles } = filterShape.parse(JSON.parse(answer.text)).data;
  const filter = {
    gradeKeys: ['G04'],
    professionIds: [professions.nodes[0].id],
    minRank: 2,
    jobRoleIds: [jobRoles.nodes[0].id],
  };
  return emailsOf(peopleInCompany, 200).flatMap((email) => [
    body(operation('q01-directory-page')),
    body(operation('q02-full-join')),
    body(operation('q03-person'), { email }),
    body(operation('q04-role-board')),
    body(operation('q05-grade-ladder')),
    body(operation('q06-skills-matrix')),
    body(operation('q07-across-systems'), { filter }),
  ]);
}

/** Asks at a fixed rate, whether or not earlier questions have been answered. `onSecond` is called about every second. */
export async function askMixed(
  url: string,
  { perSecond, seconds, onSecond }: { perSecond: number; seconds: number; onSecond?: (second: number) => void },
): Promise<Mixed> {
  const bodies = await bodiesOf(url);
  const mixed: Mixed = { operations: 0, failed: 0, latencies: [], maxAge: null, firstFailure: null };
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = startedAt + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await delay(wait);
    if (index % perSecond === 0) onSecond?.(index / perSecond);
    running.push(askOne(url, bodies[index % bodies.length] ?? '', due, mixed));
  }
  await Promise.all(running);
  return mixed;
}

async function askOne(url: string, question: string, due: number, mixed: Mixed): Promise<void> {
  const answer = await ask(url, question).catch((error: unknown) => ({
    hasFailed: true,
    text: String(error),
    headers: {},
  }));
  mixed.operations += 1;
  mixed.latencies.push(performance.now() - due);
  if (answer.hasFailed) {
    mixed.failed += 1;
    mixed.firstFailure ??= answer.text.slice(0, 300);
  }
  const age = Number((answer.headers as Record<string, unknown>).age ?? Number.NaN);
  if (Number.isFinite(age)) mixed.maxAge = Math.max(mixed.maxAge ?? 0, age);
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
