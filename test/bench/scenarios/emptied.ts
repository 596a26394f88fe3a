import { setTimeout as delay } from 'node:timers/promises';
import { ask, askFirst } from '../peers/ask.ts';
import type { Peer } from '../peers/peer.ts';
import type { Running } from '../peers/running.ts';
import { type Bench, peopleInCompany } from './bench.ts';

const practice = 40;
const questions = 15;
/** For a signal to have arrived. */
const settleMs = 20;

/**
 * q02 at 50 ms by a process that has answered it before, holds its token and has forgotten all else: what one operation
 * waits for. hr-graph forgets at SIGUSR2; the others keep nothing, and only (c) is shown of them.
 */
export async function measureEmptied({ emulators, peers, samples, say }: Bench): Promise<void> {
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  for (const peer of peers.filter((it) => it.name === 'hr-graph' || it.name === 'hand')) {
    await emulators.delay(50);
    const running = await peer.start(env);
    try {
      samples.add(['q02-emptied', peer.name, 'freshMs'], (await askFirst(running, peer.questions.q02)).ms);
      await emulators.delay(0);
      for (let time = 0; time < practice; time += 1) await askEmptied(peer, running);
      await emulators.delay(50);
      for (let time = 0; time < questions; time += 1) {
        await emulators.count();
        samples.add(['q02-emptied', peer.name, 'ms'], await askEmptied(peer, running));
        const { all, rounds } = await emulators.count();
        samples.add(['q02-emptied', peer.name, 'requests'], all);
        samples.add(['q02-emptied', peer.name, 'rounds'], rounds);
      }
      say(`q02-emptied ${peer.name}: ${Math.round(samples.median('q02-emptied', peer.name, 'ms') ?? 0)} ms`);
    } finally {
      await running.stop();
    }
  }
}

async function askEmptied(peer: Peer, running: Running): Promise<number> {
  if (peer.name === 'hr-graph') {
    running.signal('SIGUSR2');
    await delay(settleMs);
  }
  return (await ask(running.url, peer.questions.q02)).ms;
}
