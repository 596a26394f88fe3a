import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp } from './child.ts';
import { ask, startServer } from './server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(cleanUp);
afterAll(() => sandbox.close());

/** Resolves once the condition holds, which something else brings about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('ends an idle server with code 0', async () => {
    const server = startServer();
    await server.url();
    server.kill(signal);
    expect(await server.exit).toBe(0);
  });

  it('lets a running operation finish, accepts no other, and ends with code 0', async () => {
    const server = startServer({ env: sandbox.env });
    const url = await server.url();
    sandbox.naver.requests.length = 0;
    sandbox.naver.latencyMs = 400;
    const answer = ask(url, operation('q05-grade-ladder'));
    // Everybody is read with the start of the process, grades only when they are asked for.
    await until(() => sandbox.naver.requests.some(({ target }) => target.includes('/grade')));

    server.kill(signal);
    await until(() => server.stderr.includes('stopping'));
    // A terminal signals everybody, and npm passes it on besides.
    server.kill(signal);
    const isRefused = () => expect(fetch(new URL('/readyz', url))).rejects.toThrow('fetch failed');
    await vi.waitFor(isRefused, { interval: 5, timeout: 10_000 });
    const { data, errors } = await answer;
    expect(errors).toEqual([]);
    expect(data?.grades).toMatchObject({ nodes: expect.arrayContaining([expect.anything()]) });
    expect(await server.exit).toBe(0);
  });

  it('ends a server whose clients keep their connections open', async () => {
    const server = startServer({ env: sandbox.env });
    await ask(await server.url(), operation('q01-directory-page'));
    server.kill(signal);
    expect(await server.exit).toBe(0);
  });
});
