import { forkEmulators } from './emulators/emulators.ts';
import { describeMachine } from './report/machine.ts';
import { Samples } from './report/samples.ts';
import { directorySection } from './report/sections.ts';
import { directoryTargets } from './report/targets.ts';
import { measureDirectory, peopleInDirectory } from './scenarios/directory.ts';

/** `node test/bench/directory-memory.ts 20000`: the scenario `directory` by itself. Ends with code 1 where a target is missed. */
const people = Number(process.argv[2] ?? peopleInDirectory);
const samples = new Samples();
const emulators = forkEmulators();
try {
  await measureDirectory({ emulators, samples, say: (line) => process.stdout.write(`${line}\n`) }, people);
} finally {
  emulators.stop();
}
process.stdout.write(`\n${describeMachine()}\n\n${directorySection(samples)}\n`);
const missed = directoryTargets(samples).filter(({ isMet }) => isMet !== true);
for (const { what, wanted, got } of missed) process.stdout.write(`missed: ${what}: ${got}, wanted ${wanted}\n`);
if (missed.length > 0) process.exitCode = 1;
