import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, start } from '../process/child.ts';
import { hasProgram } from '../programs/programs.ts';

afterAll(cleanUp);

/** A tenth of the soak's own rate, for machines that do other things besides. */
const perSecond = '20';

async function soakOfAMinute(...options: string[]): Promise<string> {
  const program = join(import.meta.dirname, '../soak/main.ts');
  const args = [program, '--minutes', '1', '--per-second', perSecond, '--out', 'none', ...options];
  const soak = start(process.execPath, args, { env: { HOME: process.env.HOME } });
  expect(await soak.exit, soak.stdout + soak.stderr).toBe(0);
  process.stdout.write(soak.stdout);
  expect(soak.stdout).toMatch(/^\| restarts of one replica \| 1 \|$/m);
  expect(soak.stdout).toMatch(/^\| faults .* \| 3 \|$/m);
  expect(soak.stdout).toMatch(/^\| \*\*lost, or not 200\*\* \| \*\*0\*\* \|$/m);
  expect(soak.stdout).toMatch(/^\| \*\*wrong answers.*\*\* \| \*\*0\*\* \|$/m);
  return soak.stdout;
}

describe.skipIf(!hasProgram('nginx'))('a minute of the soak', () => {
  it('loses nothing, and no answer is wrong', async () => {
    await soakOfAMinute();
  }, 300_000);

  it.skipIf(!hasProgram('redis-server'))(
    'over Redis, which is killed and paused, shows what either replica has written besides',
    async () => {
      const report = await soakOfAMinute('--redis');
      expect(report).toMatch(/^\| Redis killed or paused.* \| [23] \|$/m);
      expect(report).toMatch(/^\| reads that had to show a write .* \| [1-9]\d* \|$/m);
    },
    300_000,
  );
});
