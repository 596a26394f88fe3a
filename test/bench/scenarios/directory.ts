import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { machineTurns } from '../directory/machine-turns.ts';
import { type Probed, startProbed } from '../directory/probed.ts';
import type { Emulators } from '../emulators/emulators.ts';
import { ask } from '../peers/ask.ts';
import type { Samples } from '../report/samples.ts';

export type DirectoryBench = {
  emulators: Emulators;
  samples: Samples;
  say(line: string): void;
};

export const peopleInDirectory = 20_000;
/** How often all lists are read again, with some rows changed. */
const rebuilds = 3;
const changedRows = 200;
const restMs = 5_000;
/** As real systems answer; without Lucca's allowance, pages come much faster than they do from a real one all the same. */
const latencyMs = 50;
/** Past what serves while it is read again, at 20,000 people as well. */
const skipSeconds = 5 * 3_600;

const everything = JSON.stringify({
  query: `{
    employees(first: 100) { nodes { displayName hiredOn jobRoleAssignments { nodes { role { name } } } } }
    unlinkedPeople(first: 100) { nodes { displayName identities { upstream upstreamId } } totalCount }
  }`,
});
const progress = JSON.stringify({ query: '{ upstreams { directory { isComplete secondsToGo people } } }' });
const progressShape = z.object({
  data: z.object({
    upstreams: z.array(
      z.object({ directory: z.object({ isComplete: z.boolean(), secondsToGo: z.number().nullable() }).nullable() }),
    ),
  }),
});

/**
 * The directory of a big company: memory while it is read, between rebuilds, and while two snapshots exist at once; the
 * longest slice by the keeper's own marks; and how long anything kept the event loop from turning meanwhile.
 */
export async function measureDirectory(bench: DirectoryBench, people = peopleInDirectory): Promise<void> {
  const { emulators, samples, say } = bench;
  const env = await emulators.start({ people, hasAllowance: false });
  await emulators.delay(latencyMs);
  const turnsBefore = await machineTurns();
  const running = await startProbed({ ...env, LUCCA_RATE_LIMIT: '1000000/1', CACHE_ANSWERS: 'off' });
  const add = (moment: string, value: number) => samples.add(['directory', moment], value);
  const report = async (moment: string) => {
    const figures = await running.tell({ skipSeconds: 0, resetsDelays: true });
    const { now, peak } = running.memory();
    const { longestSliceMs, delayP50, delayP999, delayMax, heapUsed, heapTotal, external } = figures;
    const text = [
      `${now} MB resident (at most ${peak}; heap ${heapUsed} of ${heapTotal}, external ${external})`,
      `longest slice ${longestSliceMs.toFixed(1)} ms`,
      `event loop p50 ${delayP50.toFixed(1)}, p99.9 ${delayP999.toFixed(1)}, longest ${delayMax.toFixed(1)} ms`,
    ];
    say(`directory of ${people}, ${moment}: ${text.join('; ')}`);
    return { ...figures, now, peak };
  };
  try {
    const startedAt = performance.now();
    await untilRead(running);
    add('seconds', (performance.now() - startedAt) / 1000);
    add('first p99.9', (await report('first reading')).delayP999);
    await delay(restMs);
    await ask(running.url, everything);
    add('at rest', (await report('at rest')).now);
    let worst = 0;
    for (let rebuild = 1; rebuild <= rebuilds; rebuild += 1) {
      await emulators.change(changedRows);
      await running.tell({ skipSeconds, resetsDelays: false });
      await untilRead(running);
      worst = Math.max(worst, (await report(`rebuild ${rebuild}`)).delayP999);
      await delay(restMs);
      add('between', (await report('at rest')).now);
    }
    const { peak, longestSliceMs } = await report('in the end');
    add('p99.9', worst);
    add('peak', peak);
    add('slice', longestSliceMs);
    for (const turns of [turnsBefore, await machineTurns()]) add('machine', turns);
  } finally {
    await running.stop();
  }
}

/** Asks until everybody has been read anew: the first question begins that, where lists have become too old. */
async function untilRead({ url }: Probed): Promise<void> {
  for (;;) {
    await ask(url, everything);
    const { data } = progressShape.parse(JSON.parse((await ask(url, progress)).text));
    const isRead = data.upstreams.every(({ directory }) => directory?.isComplete && directory.secondsToGo === null);
    if (isRead) return;
    await delay(500);
  }
}
