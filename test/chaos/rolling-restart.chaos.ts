import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Fleet, startFleet } from '../fleet/fleet.ts';
import { ask, atRate, type Outcome } from '../fleet/load.ts';
import { operation } from '../helpers/operation.ts';
import { keepEvidence } from '../leaks/evidence.ts';
import { hasProgram } from '../programs/programs.ts';

const wantedPerSecond = 100;
const leastPerSecond = 10;
const everySoManiethWrites = 10;
/** As many as there are of NAVER's, so that two writes of one grade are two seconds from each other. */
const keys = Array.from({ length: 20 }, (_, index) => `ROLL-${index}`);

const reads = [
  { query: operation('q01-directory-page') },
  { query: operation('q03-person'), variables: { email: 'mina.han@hanbit-marine.example' } },
  { query: operation('q05-grade-ladder') },
  { query: '{ upstreams { upstream state } }' },
].map((it) => JSON.stringify(it));

const write = (index: number) =>
  JSON.stringify({
    query: `mutation ($key: String!, $name: String!) {
      updateGrade(input: { externalKey: $key, name: $name }) { __typename ... on Error { message } }
    }`,
    variables: { key: keys[(index / everySoManiethWrites) % keys.length], name: `Written by request ${index}` },
  });

const success = { __typename: 'UpdateGradeSuccess' };

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).default([]),
});

/** That systems contradict one another about a person is true, and that an upstream is slow is so on a busy machine. */
const isNoFault = (code: string): boolean =>
  ['CONFLICT', 'UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_RATE_LIMITED'].includes(code);

/** What is wrong with a response; null where nothing is. */
function problemWith(outcome: Outcome): string | null {
  if ('lost' in outcome) return outcome.lost;
  if (outcome.status !== 200) return `${outcome.status}: ${outcome.text.slice(0, 200)}`;
  const { data, errors } = answerShape.parse(JSON.parse(outcome.text));
  const [error] = errors.filter((it) => !isNoFault(it.extensions.code));
  if (error !== undefined) return error.message;
  const { __typename: result } = z.looseObject({ __typename: z.string() }).parse(data.updateGrade ?? success);
  return ['UpdateGradeSuccess', 'UpstreamUnavailableError'].includes(result) ? null : JSON.stringify(data);
}

/** Whether one replica by itself, as in the middle of a restart of the other, answers so many a second on this machine. */
async function carries(url: string, perSecond: number): Promise<boolean> {
  const until = performance.now() + 2_000;
  let late = 0;
  const asked = await atRate(
    perSecond,
    () => performance.now() > until,
    async (index, dueAt) => {
      await ask(url, reads[index % reads.length] ?? '', 'kept');
      if (performance.now() - dueAt > 500) late += 1;
    },
  );
  return late < asked / 10;
}

async function rateFor(url: string): Promise<number> {
  let perSecond = wantedPerSecond;
  while (perSecond > leastPerSecond && !(await carries(url, perSecond))) perSecond = Math.ceil(perSecond / 2);
  return perSecond;
}

describe.skipIf(!hasProgram('nginx'))('two replicas behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-fleet-'));
  let sandbox: Sandbox;
  let fleet: Fleet | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ luccaRateLimit: null });
    const { grades } = sandbox.company.naver;
    for (const externalKey of keys)
      grades.push({ externalKey, name: externalKey, i18nNames: {}, sortOrder: 900, itemUsed: false });
    fleet = await startFleet(folder, { ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1' });
  }, 60_000);
  afterAll(async () => {
    await fleet?.stop();
    keepEvidence('log of the replicas', fleet?.log() ?? '');
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  it.each([1, 2, 3])(
    'lose nothing when both are restarted under load, for time %i',
    async () => {
      if (fleet === undefined) throw new Error('The fleet has not started.');
      const { url, replicas } = fleet;
      const perSecond = await rateFor(`http://127.0.0.1:${replicas[0].port}/graphql`);
      sandbox.naver.requests.length = 0;
      const lost: string[] = [];
      let isOver = false;
      const restarts = (async () => {
        for (const replica of replicas) await replica.restart();
      })().finally(() => {
        isOver = true;
      });
      let [written, done] = [0, 0];
      const asked = await atRate(
        perSecond,
        () => isOver,
        async (index) => {
          const isWrite = index % everySoManiethWrites === 0;
          const body = isWrite ? write(index) : (reads[index % reads.length] ?? '');
          if (isWrite) written += 1;
          // Every second write as well: its index is a multiple of ten.
          const outcome = await ask(url, body, index % 20 < 10 === (index % 2 === 0) ? 'new' : 'kept');
          const problem = problemWith(outcome);
          if (problem !== null) lost.push(problem);
          if (isWrite && 'text' in outcome && outcome.text.includes(success.__typename)) done += 1;
        },
      );
      await restarts;
      process.stdout.write(
        `rolling restart at ${perSecond}/s: ${asked} requests, ${written} writes, of which ${done} done, ${lost.length} lost\n`,
      );
      expect(lost).toEqual([]);
      expect(asked).toBeGreaterThan(5 * perSecond);
      // None was sent twice, by nginx or by us.
      const sent = sandbox.naver.requests.filter((it) => it.method === 'PUT').map((it) => it.body);
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.length).toBeGreaterThanOrEqual(done);
      expect(done).toBeGreaterThan(0);
    },
    300_000,
  );
});
