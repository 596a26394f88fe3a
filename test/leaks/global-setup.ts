import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { folderVariable } from './folder.ts';
import { type Evidence, leaksIn, namesIn } from './search.ts';

const lineShape = z.union([
  z.object({ source: z.string(), text: z.string() }),
  z.object({ secrets: z.array(z.string()) }),
]);

/** So many that every invented name has been given to somebody. */
const people = 2_000;

const shown = 20;

/** Gathers what all tests of the run make programs and servers say, and searches it in the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-evidence-'));
  process.env[folderVariable] = folder;
  return () => {
    const evidence: Evidence[] = [];
    const secrets: string[] = [];
    for (const file of readdirSync(folder)) {
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)) {
        const it = lineShape.parse(JSON.parse(line));
        if ('secrets' in it) secrets.push(...it.secrets);
        else evidence.push(it);
      }
    }
    rmSync(folder, { recursive: true });
    const leaks = leaksIn(evidence, { secrets, names: namesIn(createCompany({ people })) });
    const size = evidence.reduce((sum, { text }) => sum + text.length, 0);
    process.stdout.write(
      `\nsearched ${Math.round(size / 1000)} kB of logs and errors for secrets and personal data: ${leaks.length} found\n`,
    );
    if (leaks.length === 0) return;
    for (const { source, kind, excerpt } of leaks.slice(0, shown)) {
      process.stdout.write(`  ${kind} in ${source}\n    …${excerpt}…\n`);
    }
    // Vitest reports what a teardown throws, and ends well nevertheless.
    process.exitCode = 1;
  };
}
