import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const tests = join(import.meta.dirname, '..');

/** A program that is missing is named at the end of the run (test/programs); other platforms have no signals, or no /proc. */
const isKnownReason = (line: string): boolean =>
  /\.(skipIf\((!hasProgram\('[\w-]+'\)|!isPossible|process\.platform === 'win32')\)|runIf\(process\.platform === 'linux'\))/.test(
    line,
  );

/** Lines that leave tests out. */
function skipsIn(file: string, text: string): string[] {
  const lines = text
    .split('\n')
    .filter((line) => /\b(describe|it|test)(\.\w+)*\.(skip|skipIf|only|runIf|todo)\b/.test(line));
  return lines.filter((line) => !isKnownReason(line)).map((line) => `${file}: ${line.trim()}`);
}

describe('a test', () => {
  it('is left out for a missing program, which the run names, or for the platform, and else never', async () => {
    const files = await Array.fromAsync(
      glob('**/*.{test,chaos,fleet}.ts', { cwd: tests, exclude: ['**/node_modules'] }),
    );
    expect(files.length).toBeGreaterThan(250);
    const others = files.filter((file) => file !== 'architecture/skips.test.ts');
    const skips = await Promise.all(
      others.map(async (file) => skipsIn(file, await readFile(join(tests, file), 'utf8'))),
    );
    expect(skips.flat()).toEqual([]);
  });

  it('would be found otherwise', () => {
    expect(skipsIn('some.test.ts', "it.skip('waits', () => {});")).toHaveLength(1);
    expect(skipsIn('some.test.ts', "describe.skipIf(isSlow)('a server', () => {});")).toHaveLength(1);
    expect(skipsIn('some.test.ts', "describe.skipIf(!hasProgram('nginx'))('a server', () => {});")).toEqual([]);
  });
});
