import { ask, askFirst } from '../peers/ask.ts';
import { type Bench, peopleInCompany } from './bench.ts';
import { askMixed, percentile } from './mixed-load.ts';

const mostAnswers = 100;

/** With Lucca's 50 requests in 60 seconds on: what a mixed load meets, and how many q02 each peer answers at once. */
export async function measureAllowance(bench: Bench): Promise<void> {
  const { emulators, peers, options, samples, say } = bench;
  for (const peer of peers) {
    const env = await emulators.start({ people: peopleInCompany, hasAllowance: true });
    const running = await peer.start({ LUCCA_RATE_LIMIT: '50/60', ...env });
    try {
      let answer = await askFirst(running, peer.questions.q02);
      let answered = 0;
      while (!answer.hasFailed && answered < mostAnswers) {
        answered += 1;
        answer = await ask(running.url, peer.questions.q02);
      }
      const { refused } = await emulators.count();
      samples.add(['allowance', peer.name, 'answered'], answered);
      samples.add(['allowance', peer.name, 'errors'], answer.text.split('"message":').length - 1);
      samples.add(['allowance', peer.name, 'refused'], refused);
      say(`allowance ${peer.name}: ${answered} q02 before the first error, ${refused} times 429`);
    } finally {
      await running.stop();
    }
  }
  const hrGraph = peers.find((it) => it.name === 'hr-graph');
  if (hrGraph === undefined) return;
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: true });
  const running = await hrGraph.start({ LUCCA_RATE_LIMIT: '50/60', ...env });
  try {
    await askFirst(running, JSON.stringify({ query: '{ __typename }' }));
    const seconds = options.isLong ? 300 : 45;
    const onSecond = (second: number) => second % 30 === 0 && say(`allowance, mixed load: ${second} s of ${seconds}`);
    const mixed = await askMixed(running.url, { perSecond: 50, seconds, onSecond });
    const { refused, lucca } = await emulators.count();
    const add = (figure: string, value: number) => samples.add(['mixed', figure], value);
    add('seconds', seconds);
    add('operations', mixed.operations);
    add('failed', mixed.failed);
    add('refused', refused);
    add('lucca', lucca);
    add('p50', percentile(mixed.latencies, 0.5));
    add('p99', percentile(mixed.latencies, 0.99));
    if (mixed.maxAge !== null) add('maxAge', mixed.maxAge);
    say(`allowance, mixed load: ${mixed.failed} of ${mixed.operations} failed ${mixed.firstFailure ?? ''}`);
  } finally {
    await running.stop();
  }
}
