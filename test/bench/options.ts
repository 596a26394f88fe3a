import { parseArgs } from 'node:util';

export const scenarioNames = [
  'truth',
  'start-up',
  'q01',
  'q02',
  'q03',
  'q02-varied',
  'q02-emptied',
  'memory',
  'allowance',
  'directory',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export type Options = {
  only: readonly ScenarioName[];
  /** Names of peers; empty for all. */
  peers: readonly string[];
  runs: number;
  /** Of each load, after a warm-up half as long. */
  seconds: number;
  /** Ten minutes of memory, five of the allowance. */
  isLong: boolean;
  /** Where the report goes; nowhere if null. */
  out: string | null;
};

export const usage = `npm --prefix test/bench run bench -- [options]
  --only ${scenarioNames.join(',')}
  --peers hr-graph,mesh,mesh-cache,hand
  --runs 3       rounds of all, of which the medians are told
  --seconds 2    of each load
  --long         ten minutes of memory, five of the allowance
  --out file     in place of RESULTS.md`;

/** Throws for what it does not know. */
export function readOptions(args: string[], defaultOut: string): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: scenarioNames.join(',') },
      peers: { type: 'string', default: '' },
      runs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      long: { type: 'boolean', default: false },
      out: { type: 'string', default: defaultOut },
    },
  });
  const only = values.only.split(',').map((name) => {
    const known = scenarioNames.find((it) => it === name);
    if (known === undefined) throw new Error(`There is no scenario ${name}.\n${usage}`);
    return known;
  });
  return {
    only,
    peers: values.peers.split(',').filter((it) => it !== ''),
    runs: positive('runs', values.runs),
    seconds: positive('seconds', values.seconds),
    isLong: values.long,
    out: values.out === 'none' ? null : values.out,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number from 1 on, not ${text}.`);
}
