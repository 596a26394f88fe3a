import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp } from '../process/child.ts';
import { ask, type Server, startServer } from '../process/server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 40 }), latencyMs: 0, luccaRateLimit: null });
});
afterEach(cleanUp);
afterAll(() => sandbox.close());

const requests = () => [sandbox.lucca, sandbox.ctrlHub, sandbox.naver].flatMap((it) => it.requests);

function forgetRequests(): void {
  for (const emulator of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) emulator.requests.length = 0;
}

/** Tells the program to forget, and waits until it says that it has. */
async function forget(server: Server): Promise<void> {
  server.kill('SIGUSR2');
  while (!server.stderr.includes('forgotten')) await new Promise((resolve) => setTimeout(resolve, 5));
}

const askForMina = (url: string) => ask(url, operation('q03-person'), { email: SHOWCASE_EMAIL });

describe('SIGUSR2', () => {
  it('makes the program read anew what it would have remembered for a day', async () => {
    const server = startServer({ env: { ...sandbox.env, CACHE_FRESH_SECONDS: '86400' } });
    const url = await server.url();
    const before = await askForMina(url);
    const { lucca, ctrlHub, naver } = sandbox.company;
    expect(before.data?.employee).toMatchObject({ displayName: expect.any(String) });

    // She is erased everywhere, which the program cannot know.
    lucca.employees = lucca.employees.filter((it) => it.email?.toLowerCase() !== SHOWCASE_EMAIL);
    ctrlHub.users = ctrlHub.users.filter((it) => it.email.toLowerCase() !== SHOWCASE_EMAIL);
    naver.employees = naver.employees.filter((it) => it.emailAddress?.toLowerCase() !== SHOWCASE_EMAIL);
    expect(await askForMina(url)).toEqual(before);

    await forget(server);
    expect((await askForMina(url)).data).toEqual({ employee: null });
  });

  it('makes it forget the bodies that Lucca would have let it use again, and nothing else', async () => {
    const server = startServer({ env: { ...sandbox.env, CACHE_FRESH_SECONDS: '0' } });
    const url = await server.url();
    const statuses = async () => {
      forgetRequests();
      expect((await ask(url, operation('q01-directory-page'))).errors).toEqual([]);
      return requests().map((it) => it.status);
    };
    // A token and the page; then the page alone, unchanged.
    expect(await statuses()).toEqual([200, 200]);
    expect(await statuses()).toEqual([304]);
    await forget(server);
    expect(await statuses()).toEqual([200]);
    expect(await statuses()).toEqual([304]);
  });

  it('does not disturb an operation that is under way, whose answers are not kept either', async () => {
    const server = startServer({ env: { ...sandbox.env, CACHE_FRESH_SECONDS: '86400' } });
    const url = await server.url();
    forgetRequests();
    sandbox.lucca.latencyMs = 500;
    const answer = ask(url, operation('q01-directory-page'));
    while (!sandbox.lucca.requests.some((it) => it.target.includes('/employees'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await forget(server);
    expect((await answer).errors).toEqual([]);
    sandbox.lucca.latencyMs = 0;
    forgetRequests();
    await ask(url, operation('q01-directory-page'));
    expect(requests().map((it) => it.status)).toEqual([200]);
  });
});
