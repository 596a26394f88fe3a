import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, start } from './child.ts';
import { ask } from './server.ts';

afterEach(cleanUp);

const program = join(import.meta.dirname, '../../bin/hr-graph.js');
const run = (...args: string[]) => start(process.execPath, [program, ...args], { env: { PORT: '0' } });

describe('failures on demand', () => {
  it('show a front end what an outage of one system looks like', async () => {
    const url = await run('start', '--fail=naver').printed(/http:\/\/\S+\/graphql/);
    const { data, errors } = await ask(url, '{ professions(first: 1) { totalCount } grades(first: 1) { totalCount } }');
    expect(data).toMatchObject({ professions: { totalCount: expect.any(Number) } });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['grades'],
        extensions: expect.objectContaining({ code: 'UPSTREAM_UNAVAILABLE', upstream: 'NAVER' }),
      }),
    ]);
  });

  it('are brought by the emulators alone as well', async () => {
    const sandbox = run('sandbox', '--fail', 'ctrl-hub', '--slow', 'lucca=1500ms');
    const ctrlHub = await sandbox.printed(/(?<=CTRL_HUB_BASE_URL=)\S+/);
    const lucca = await sandbox.printed(/(?<=LUCCA_BASE_URL=)\S+/);
    expect((await fetch(`${ctrlHub}/v3/organisations`)).status).toBe(503);
    const before = performance.now();
    expect((await fetch(`${lucca}/employees`)).status).toBe(401);
    // A timer may ring a millisecond early.
    expect(performance.now() - before).toBeGreaterThan(1_490);
  });

  it.each([
    ['--fail=naverr', '--fail: expected one of lucca, ctrl-hub, naver, got naverr'],
    ['--slow=naver', '--slow: expected a delay, such as naver=5s or naver=300ms, got naver'],
  ])('name what is wrong with %s', async (arg, message) => {
    for (const command of ['start', 'sandbox']) {
      const child = run(command, arg);
      expect(await child.exit).toBe(1);
      expect(child.stderr).toContain(message);
    }
  });

  it('are refused in live mode', async () => {
    const env = { PORT: '0', NAVER_COMPANY_ID: '1', NAVER_ACCESS_KEY: 'a', NAVER_SECRET_KEY: 'not-a-secret' };
    const live = { ...env, HR_GRAPH_SECRET: 'a long and random one of this test alone', AUTH_MODE: 'none' };
    const child = start(process.execPath, [program, 'start', '--fail=naver'], { env: live });
    expect(await child.exit).toBe(1);
    expect(child.stderr).toContain('only the sandbox fails on demand');
  });
});
