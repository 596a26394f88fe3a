import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp, emptyFolder } from './child.ts';
import { ask, startServer } from './server.ts';

afterEach(cleanUp);

/** A start takes less than a second on a quiet machine; the tests may share theirs with many others. */
const patienceMs = 15_000;

describe('the start with nothing configured', () => {
  it('prints one line with the address and nothing else', async () => {
    const startedAt = performance.now();
    const server = startServer();
    const url = await server.url();
    const milliseconds = Math.round(performance.now() - startedAt);
    process.stdout.write(`hr-graph started in ${milliseconds} ms\n`);
    expect(milliseconds).toBeLessThan(patienceMs);

    await ask(url, '{ upstreams { state } }');
    expect(server.stdout).toMatch(/^hr-graph answers at http:\/\/localhost:\d+\/graphql \(sandbox: .+\)\n$/);
  });

  it('answers the canonical operations, whose only error is a link that two people claim', async () => {
    const url = await startServer().url();
    const variables = { email: SHOWCASE_EMAIL };
    for (const name of [
      'q01-directory-page',
      'q02-full-join',
      'q03-person',
      'q05-grade-ladder',
      'q06-skills-matrix',
      'q11-counts',
    ]) {
      const { data, errors } = await ask(url, operation(name), variables);
      const contested = name === 'q02-full-join' ? ['jobRoleAssignments CONFLICT'] : [];
      expect(
        errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`),
        name,
      ).toEqual(contested);
      expect(
        Object.values(data ?? {}).filter((it) => it === null || it === undefined),
        name,
      ).toEqual([]);
      expect(JSON.stringify(data).length, name).toBeGreaterThan(100);
    }
  });

  it('answers probes, and shows a page at the bare address', async () => {
    const url = await startServer().url();
    const get = async (path: string) => {
      const response = await fetch(new URL(path, url), { redirect: 'manual' });
      return { status: response.status, body: await response.text() };
    };
    expect(await get('/healthz')).toMatchObject({ status: 200, body: expect.stringMatching(/^{"status":"ok"/) });
    expect(await get('/readyz')).toMatchObject({ status: 200, body: expect.stringMatching(/^{"status":"ready"/) });
    expect(await get('/')).toMatchObject({ status: 200, body: expect.stringContaining('href="graphql"') });
    expect(await get('/elsewhere')).toMatchObject({ status: 404 });
  });
});

describe('the address that a start prints', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '0.0.0.0', '::ffff:127.0.0.1', '::FFFF:127.0.0.1', '::ffff:7f00:1'])(
    'can be opened where it listens to %s',
    async (HOST) => {
      const url = await startServer({ env: { HOST } }).url();
      expect((await ask(url, '{ upstreams { state } }')).errors).toEqual([]);
    },
  );
});

describe('an .env file', () => {
  it('is read from the folder of the start, and gives way to the environment', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.env'), 'PORT=none\nLOG_LEVEL=loud\n');
    const refused = startServer({ cwd });
    expect(await refused.exit).toBe(1);
    expect(refused.stderr).toMatch(/^LOG_LEVEL: .*"loud"$/m);
    expect(refused.stderr).not.toContain('PORT');

    expect(await startServer({ cwd, env: { LOG_LEVEL: 'warn' } }).url()).toMatch(/^http/);
  });
});
