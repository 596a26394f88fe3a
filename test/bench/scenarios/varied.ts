import { ask, askFirst } from '../peers/ask.ts';
import type { Peer } from '../peers/peer.ts';
import type { Running } from '../peers/running.ts';
import { type Bench, peopleInCompany } from './bench.ts';
import { putUnderLoad } from './operations.ts';

const sizes = Array.from({ length: 50 }, (_, index) => index + 51);
const cursorsAfter = Array.from({ length: 100 }, (_, index) => index + 1);

/**
 * q02, but other people each time: 51 to 100 of them, from another place on, 5,000 questions in all, so that no answer
 * serves twice while what the peers keep of the upstreams does.
 */
export async function measureVaried(bench: Bench): Promise<void> {
  const { emulators, peers, samples, say } = bench;
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  for (const peer of peers.filter((it) => it.name === 'hr-graph' || it.name === 'hand')) {
    const running = await peer.start(env);
    try {
      await askFirst(running, peer.questions.q02);
      const bodies = await variedBodies(peer, running);
      const { ms } = await ask(running.url, bodies[0]);
      await putUnderLoad(bench, ['q02-varied', peer.name], running, bodies, ms);
      say(`q02-varied ${peer.name}: ${Math.round(samples.median('q02-varied', peer.name, 'perSecond') ?? 0)}/s`);
    } finally {
      await running.stop();
    }
  }
}

/** Every cursor with every size, in an order in which neighbours differ in both. */
async function variedBodies({ questions, readCursor }: Peer, { url }: Running): Promise<[string, ...string[]]> {
  const cursors: (string | null)[] = [];
  for (const first of cursorsAfter) cursors.push(readCursor((await ask(url, questions.cursor(first))).text));
  const pairs = cursors.length * sizes.length;
  const [first = '', ...rest] = Array.from({ length: pairs }, (_, index) => {
    const after = cursors[(index * 37) % cursors.length] ?? null;
    return questions.page(sizes[(index + Math.floor(index / cursors.length)) % sizes.length] ?? 0, after);
  });
  return [first, ...rest];
}
