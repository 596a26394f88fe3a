import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, start } from './process/child.ts';

afterAll(cleanUp);

describe('the bench', () => {
  it('starts the emulators and hr-graph, and finds that its answers are true', async () => {
    const program = `${import.meta.dirname}/bench/main.ts`;
    const bench = start(process.execPath, [program, '--only', 'truth', '--peers', 'hr-graph', '--out', 'none']);
    expect(await bench.exit, bench.stderr).toBe(0);
    expect(bench.stdout).toMatch(/^\| hr-graph \| \d+ \| 0 \| 0 \|/m);
    expect(bench.stdout).toContain('| q02 repeated, of (c) | at least 100x | - | not measured |');
  }, 60_000);
});
