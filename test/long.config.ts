import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import base from '../vitest.config.ts';
import { drawn, long } from './plan.ts';

/** For `npm run test:all`, after `npm test`. Two files at a time: what is measured here needs a core. */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    ...base.test,
    include: [...long, ...drawn],
    exclude: configDefaults.exclude,
    maxWorkers: 2,
    env: { HR_GRAPH_TEST_DRAWS: 'all' },
  },
});
