import { parseEnv } from 'node:util';

/**
 * Variables for every server that a test starts in its own process, beneath those that the test sets: the same tests over
 * a deployment with an option on, as in `HR_GRAPH_TEST_ENV='CACHE_FRESH_SECONDS=60' npx vitest run test/security`.
 * Several are separated by semicolons.
 */
export const deployment: Readonly<Record<string, string | undefined>> = parseEnv(
  (process.env.HR_GRAPH_TEST_ENV ?? '').replaceAll(';', '\n'),
);
