import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** For `npm run test:all`: what waits for deadlines and windows again and again, and has no place in `npm test`. */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...base.test, include: ['test/chaos/*.chaos.ts', 'test/redis/*.fleet.ts'] },
});
