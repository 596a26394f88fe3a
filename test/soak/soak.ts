import { setTimeout as delay } from 'node:timers/promises';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Fleet, startFleet } from '../fleet/fleet.ts';
import { ask, atRate } from '../fleet/load.ts';
import { programPath } from '../programs/programs.ts';
import { startRedis } from '../redis/redis-server.ts';
import { claimsOn } from './acknowledged.ts';
import { check } from './check.ts';
import { bringFaults } from './faults.ts';
import { watchHistory } from './history.ts';
import { MissedRedis } from './missed-redis.ts';
import { type Read, readsOf, targetsIn } from './operations.ts';
import type { Options } from './options.ts';
import { troubleRedis } from './redis-faults.ts';
import { SeenAtOnce } from './seen-at-once.ts';
import { Tally } from './tally.ts';
import { resultOf, type Write, writesOf } from './writes.ts';

export type Figures = {
  tally: Tally;
  seconds: number;
  restarts: number;
  faults: number;
  redis: {
    /** How often it was killed or paused. */
    faults: number;
    /** How often a replica has missed it. */
    missed: number;
    /** Reads that had to show a write of a moment ago, whichever replica had done it. */
    owed: number;
  } | null;
  /** Megabytes of the replica that is never restarted, and after how many seconds. */
  memory: { second: number; resident: number }[];
};

const freshSeconds = 5;
const everySoManiethWrites = 50;
const restartEveryMs = 60_000;
const sampleEveryMs = 5_000;
/** More than a machine that keeps up ever has. */
const maxRunning = 2_000;
/** Longer than the default: the machine is busy with the load and the emulators as well. */
const redisTimeout = '500';
/** The windows of grades, which serve for so long to who has not heard of a write. */
const recentMs = 4 * freshSeconds * 1_000;

/** `folder` is an empty one, for what the fleet writes. Ends early where `end` aborts. Throws where this machine cannot keep up. */
export async function soak(
  options: Options,
  folder: string,
  end: AbortController,
  say: (line: string) => void,
): Promise<Figures> {
  // First what may be missing.
  programPath('nginx');
  const redis = options.isOverRedis ? await startRedis() : null;
  const company = createCompany({ people: 200 });
  const targets = targetsIn(company);
  const reads = readsOf(company, targets);
  const writes = writesOf(company, targets);
  const sandbox = await startSandbox({ company });
  const history = watchHistory(company);
  const env = {
    ...sandbox.env,
    REPLICAS: '2',
    CACHE_FRESH_SECONDS: String(freshSeconds),
    ...(redis && { REDIS_URL: redis.url, REDIS_TIMEOUT_MILLISECONDS: redisTimeout }),
  };
  const missedRedis = new MissedRedis();
  const fleet = await startFleet(folder, env, missedRedis.listener).catch(async (error: unknown) => {
    // Whatever stays open would keep the process alive behind its error.
    await Promise.all([redis?.stop(), sandbox.close()]);
    throw error;
  });
  const tally = new Tally();
  const sent: number[] = [];
  const seenAtOnce = new SeenAtOnce(recentMs);
  let running = 0;

  async function answer(index: number, dueAt: number): Promise<void> {
    const isWrite = index % everySoManiethWrites === 0;
    const number = 1 + index / everySoManiethWrites;
    const write = isWrite ? writes.next(number) : null;
    if (isWrite) sent.push(number);
    const asked: Write | Read = write ?? readAt(reads, index);
    const sentAt = Date.now();
    const outcome = await ask(fleet.url, asked.body, index % 3 === 0 ? 'new' : 'kept');
    const receivedAt = Date.now();
    tally.latencies.push(performance.now() - dueAt);
    if (write === null) tally.reads += 1;
    else tally.writes += 1;
    if ('lost' in outcome) tally.lose(outcome.lost);
    else if (outcome.status !== 200)
      tally.lose(`${outcome.status} ${outcome.text.slice(0, 200).replaceAll(/\s+/g, ' ')}`);
    else if (write !== null) {
      const result = resultOf(outcome.text, write, history, { from: sentAt, until: receivedAt });
      if (result === 'done') history.acknowledge(number, { from: sentAt, until: receivedAt });
      tally.count(result);
    } else {
      const read = readAt(reads, index);
      tally.count(check(outcome.text, read, { history, receivedAt, freshSeconds }));
      if (redis !== null) seenAtOnce.note(claimsOn(outcome.text, read, history, sentAt), { sentAt, receivedAt });
    }
  }

  const startedAt = performance.now();
  const timer = setTimeout(() => end.abort(), options.minutes * 60_000);
  const memory: Figures['memory'] = [];
  try {
    const aside = Promise.all([
      bringFaults(sandbox, end.signal, say),
      restartAgainAndAgain(fleet, end.signal, say),
      redis && troubleRedis(redis, end.signal, say),
      every(sampleEveryMs, end.signal, () => {
        const second = Math.round((performance.now() - startedAt) / 1000);
        memory.push({ second, resident: fleet.replicas[0].memory() });
        // Emulators keep every request that they were sent.
        for (const { requests } of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) requests.length = 0;
      }),
    ]);
    let isOverloaded = false;
    await atRate(
      options.perSecond,
      () => end.signal.aborted,
      async (index, dueAt) => {
        running += 1;
        if (running > maxRunning) {
          isOverloaded = true;
          end.abort();
        } else await answer(index, dueAt);
        running -= 1;
      },
    );
    if (isOverloaded)
      throw new Error(`More than ${maxRunning} operations ran at once: this machine needs a lower rate.`);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const [faults, restarts, redisFaults] = await aside;
    // None is done twice, whatever was told of it.
    for (const number of sent) if (history.timesWritten(number) > 1) tally.mistake(`write ${number} was done twice`);
    // Their logs are whole then.
    await fleet.stop();
    const { wrong, owed } = seenAtOnce.judge(missedRedis);
    for (const it of wrong) tally.mistake(it);
    const overRedis = redisFaults === null ? null : { faults: redisFaults, missed: missedRedis.count, owed };
    return { tally, seconds, restarts, faults, redis: overRedis, memory };
  } finally {
    clearTimeout(timer);
    end.abort();
    await fleet.stop();
    await redis?.stop();
    await sandbox.close();
  }
}

function readAt(reads: readonly Read[], index: number): Read {
  const read = reads[index % reads.length];
  if (read === undefined) throw new Error('There is nothing to read.');
  return read;
}

/** Calls back once in each period, until the signal. */
async function every(ms: number, signal: AbortSignal, call: () => unknown): Promise<number> {
  let count = 0;
  for (;;) {
    await delay(ms, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return count;
    await call();
    count += 1;
  }
}

/** The second replica, every minute; within a run of one minute, once in its middle. */
async function restartAgainAndAgain({ replicas }: Fleet, signal: AbortSignal, say: (line: string) => void) {
  await delay(restartEveryMs / 2, undefined, { signal }).catch(() => undefined);
  let count = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    await replicas[1].restart();
    count += 1;
    say(`replica restarted within ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    await delay(Math.max(0, restartEveryMs - (performance.now() - startedAt)), undefined, { signal }).catch(
      () => undefined,
    );
  }
  return count;
}
