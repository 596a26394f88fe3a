import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sectionOf, soakTitles, withSection } from '../soak/report.ts';
import { forkEmulators } from './emulators/emulators.ts';
import { readOptions, type ScenarioName } from './options.ts';
import { peers } from './peers/peers.ts';
import { toMarkdown } from './report/report.ts';
import { Samples } from './report/samples.ts';
import { measureAllowance } from './scenarios/allowance.ts';
import type { Bench } from './scenarios/bench.ts';
import { measureDirectory } from './scenarios/directory.ts';
import { measureEmptied } from './scenarios/emptied.ts';
import { measureMemory } from './scenarios/memory.ts';
import { measureOperation } from './scenarios/operations.ts';
import { measureStartUp } from './scenarios/start-up.ts';
import { compareWithTruth } from './scenarios/truth.ts';
import { measureVaried } from './scenarios/varied.ts';

/** `npm --prefix test/bench run bench`: everything side by side, against the same emulators, into RESULTS.md. */
const options = readOptions(process.argv.slice(2), fileURLToPath(new URL('RESULTS.md', import.meta.url)));
const startedAt = performance.now();
const emulators = forkEmulators();
// Ends by the exit's own handlers, which take the peers along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const bench: Bench = {
  emulators,
  peers: peers.filter((it) => options.peers.length === 0 || options.peers.includes(it.name)),
  options,
  samples: new Samples(),
  say: (line) => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    process.stdout.write(`${String(seconds).padStart(5)} s  ${line}\n`);
  },
};

/** Those of every run; peers take turns within each of them. */
const repeated: Partial<Record<ScenarioName, () => Promise<void>>> = {
  'start-up': () => measureStartUp(bench),
  q01: () => measureOperation(bench, 'q01'),
  q02: () => measureOperation(bench, 'q02'),
  q03: () => measureOperation(bench, 'q03'),
  'q02-varied': () => measureVaried(bench),
  'q02-emptied': () => measureEmptied(bench),
};
/** Those that take long and say enough at once. */
const once: Partial<Record<ScenarioName, () => Promise<void>>> = {
  memory: () => measureMemory(bench),
  allowance: () => measureAllowance(bench),
  directory: () => measureDirectory(bench),
};

try {
  if (options.only.includes('truth')) await compareWithTruth(bench);
  for (let run = 1; run <= options.runs; run += 1) {
    bench.say(`run ${run} of ${options.runs}`);
    for (const name of options.only) await repeated[name]?.();
  }
  for (const name of options.only) await once[name]?.();
} finally {
  emulators.stop();
}
const report = toMarkdown(bench.samples, bench.peers, options);
if (options.out === null) process.stdout.write(report);
else {
  const verb = existsSync(options.out) ? 'written anew' : 'written';
  const former = existsSync(options.out) ? readFileSync(options.out, 'utf8') : '';
  const withSoak = soakTitles.reduce((text, title) => {
    const section = sectionOf(former, title);
    return section === '' ? text : withSection(text, title, section);
  }, report);
  writeFileSync(options.out, withSoak);
  bench.say(`${options.out} ${verb}`);
}
