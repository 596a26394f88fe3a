import { fileURLToPath } from 'node:url';
import { canonical } from './canonical.ts';
import { mesh } from './mesh.ts';
import { npmStart } from './npm-start.ts';
import type { Peer } from './peer.ts';
import { run } from './running.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** As it comes, but for the count of Lucca's allowance where the emulator does not count it either. */
const hrGraph: Peer = {
  ...canonical,
  name: 'hr-graph',
  title: 'hr-graph',
  keepsAnswers: true,
  start: (env) => {
    const { args, env: own } = npmStart();
    return run(args, { ...own, LUCCA_RATE_LIMIT: '1000000/1', ...env });
  },
};

const hand: Peer = {
  ...canonical,
  name: 'hand',
  title: '(c) hand-written: Yoga, Pothos, dataloader, undici',
  keepsAnswers: false,
  start: (env) => run([pathOf('../servers/hand/main.ts')], env),
};

export const peers: readonly Peer[] = [
  hrGraph,
  mesh({ hasResponseCache: false }),
  mesh({ hasResponseCache: true }),
  hand,
];

const hello = JSON.stringify({ query: '{ hello }' });

/** What the peers are measured against: they know nothing of people. */
export const startEmptyYoga = () => run([pathOf('../servers/empty-yoga.ts')], {});
export const emptyYogaQuestion = hello;
export const startLimit = (answerFile: string) => run([pathOf('../servers/limit.ts')], { ANSWER_FILE: answerFile });
