import { expect, it } from 'vitest';
import { start } from '../process/child.ts';

/** What the program is to say on standard error. */
const words = process.env.PLANTED_WORDS ?? 'nothing of anybody';

it('says too much and passes nevertheless', async () => {
  const program = start(process.execPath, ['-e', `console.error(${JSON.stringify(words)})`], {
    env: { NAVER_SECRET_KEY: 'a-key-that-signs-requests' },
  });
  expect(await program.exit).toBe(0);
  expect(program.stderr).toContain(words);
});
