import { configDefaults, defineConfig } from 'vitest/config';
import { long } from './test/plan.ts';

export default defineConfig({
  // Vitest resolves graphql's ESM entry while dependencies get the CommonJS one: two realms, one alias.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...long],
    globalSetup: ['test/leaks/global-setup.ts', 'test/programs/global-setup.ts'],
    // Test files share what they import, which took a third of the run: no module has state (test/architecture/seams.test.ts).
    isolate: false,
    // On two cores one would be the default, which waits most of the time: for servers to start, and for windows to pass.
    maxWorkers: 4,
    // Far longer than any takes: on a busy machine, a test that is given up goes on beside the next one, and fails that too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Longer than a busy machine takes: what comes at all is seen as soon as it comes.
    expect: { poll: { timeout: 10_000 } },
  },
});
