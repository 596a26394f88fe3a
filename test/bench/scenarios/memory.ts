import { setTimeout as delay } from 'node:timers/promises';
import { askFirst } from '../peers/ask.ts';
import { type Bench, peopleInCompany } from './bench.ts';
import { askMixed } from './mixed-load.ts';

const restMs = 5_000;

/** Resident memory of hr-graph: started and left alone, and while it answers q01 to q07, 50 of them a second. */
export async function measureMemory({ emulators, peers, options, samples, say }: Bench): Promise<void> {
  const hrGraph = peers.find((it) => it.name === 'hr-graph');
  if (hrGraph === undefined) return;
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  const running = await hrGraph.start(env);
  const seconds = options.isLong ? 600 : 20;
  const add = (moment: string, value: number) => samples.add(['memory', moment], value);
  try {
    await askFirst(running, JSON.stringify({ query: '{ __typename }' }));
    await delay(restMs);
    add('at rest', running.memory().now);
    const firstMinute = Math.min(60, seconds / 2);
    let [inFirst, after] = [0, 0];
    const mixed = await askMixed(running.url, {
      perSecond: 50,
      seconds,
      onSecond: (second) => {
        const { now } = running.memory();
        if (second < firstMinute) inFirst = Math.max(inFirst, now);
        else after = Math.max(after, now);
        if (second % 30 === 0) say(`memory after ${second} s: ${now} MB`);
      },
    });
    add('seconds', seconds);
    add('first', inFirst);
    add('after', after);
    add('failed', mixed.failed);
    await delay(restMs);
    add('at rest again', running.memory().now);
    add('peak', running.memory().peak);
  } finally {
    await running.stop();
  }
}
