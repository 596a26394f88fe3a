import { createCompany } from '../../../src/sandbox/company/company.ts';
import { ask, askFirst } from '../peers/ask.ts';
import { joinsOf, wrongIn } from '../truth/join.ts';
import { type Bench, peopleInCompany } from './bench.ts';

/**
 * Whether the peers answer what is true, before anybody asks how fast: all of Lucca's people by two pages of q02. Only
 * hr-graph is held to all rules of identity; the others link by e-mail, as servers by hand do.
 */
export async function compareWithTruth({ emulators, peers, samples, say }: Bench): Promise<void> {
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  const company = createCompany({ people: peopleInCompany });
  for (const peer of peers) {
    const running = await peer.start(env);
    try {
      const first = await askFirst(running, peer.questions.q02);
      const cursor = peer.readCursor((await ask(running.url, peer.questions.cursor(100))).text);
      const second = await ask(running.url, peer.questions.page(100, cursor));
      const joins = [first, second].flatMap((it) => peer.readJoins(it.text));
      const wrong = wrongIn(joins, joinsOf(company, peer.name !== 'hr-graph'));
      const incomplete = wrongIn(joins, joinsOf(company, false));
      samples.add(['truth', peer.name, 'people'], joins.length);
      samples.add(['truth', peer.name, 'wrong'], wrong);
      samples.add(['truth', peer.name, 'incomplete'], incomplete);
      samples.add(['truth', peer.name, 'bytes'], Buffer.byteLength(first.text));
      say(`truth ${peer.name}: ${wrong} of ${joins.length} people wrong, ${incomplete} by all rules`);
    } finally {
      await running.stop();
    }
  }
}
