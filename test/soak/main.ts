import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './options.ts';
import { growth, soakSection, soakTitle, withSection } from './report.ts';
import { soak } from './soak.ts';

/** Nothing is lost and nothing is wrong, and memory does not grow: else the exit code is 1. */
const maxGrowth = 1.1;

const startedAt = performance.now();
const say = (line: string): void => {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`${String(seconds).padStart(5)} s  ${line}\n`);
};

const options = readOptions(process.argv.slice(2), join(import.meta.dirname, '../bench/RESULTS.md'));
const folder = mkdtempSync(join(tmpdir(), 'hr-graph-soak-'));
let isKept = false;
const end = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
try {
  const figures = await soak(options, folder, end, say);
  const section = soakSection(options, figures);
  process.stdout.write(`\n${section}\n`);
  for (const example of figures.tally.examples) process.stdout.write(`${example}\n`);
  if (options.out !== null) {
    const report = existsSync(options.out) ? readFileSync(options.out, 'utf8') : '';
    writeFileSync(options.out, withSection(report, soakTitle(options), section));
  }
  const { lost, wrong } = figures.tally;
  if (lost + wrong > 0 || (growth(figures) ?? 0) > maxGrowth) process.exitCode = 1;
  isKept = lost + wrong > 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (isKept) process.stdout.write(`What nginx and the replicas have logged is in ${folder}.\n`);
  else rmSync(folder, { recursive: true });
}
