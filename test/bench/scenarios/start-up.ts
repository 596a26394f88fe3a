import { askFirst } from '../peers/ask.ts';
import { emptyYogaQuestion, startEmptyYoga } from '../peers/peers.ts';
import type { Running } from '../peers/running.ts';
import { type Bench, latencies, peopleInCompany } from './bench.ts';

/**
 * From the start of the process to the first answered q01, beside the empty Yoga server's first answer. The other peers
 * are timed as they start for q01 anyway.
 */
export async function measureStartUp({ emulators, peers, samples, say }: Bench): Promise<void> {
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  const measure = async (running: Running, name: string, latency: number, body: string) => {
    try {
      await askFirst(running, body);
      samples.add(['start-up', latency, name], performance.now() - running.startedAt);
      say(`start-up ${latency} ms ${name}: ${Math.round(samples.median('start-up', latency, name) ?? 0)} ms`);
    } finally {
      await running.stop();
    }
  };
  for (const latency of latencies) {
    await emulators.delay(latency);
    await measure(await startEmptyYoga(), 'empty-yoga', latency, emptyYogaQuestion);
    for (const peer of peers) {
      if (peer.name === 'hr-graph') await measure(await peer.start(env), peer.name, latency, peer.questions.q01);
    }
  }
}
