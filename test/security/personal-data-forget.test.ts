import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp } from '../process/child.ts';
import { ask, type Server, startServer } from '../process/server.ts';

/** Nothing is read again by itself, and nothing has to wait for its turn. */
const lasting = { CACHE_FRESH_SECONDS: '86400', LUCCA_RATE_LIMIT: '1000000/1' };

let sandbox: Sandbox;
let everybody: Company;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 40 }), latencyMs: 0, luccaRateLimit: null });
  everybody = structuredClone(sandbox.company);
});
beforeEach(() => {
  for (const name of ['lucca', 'ctrlHub', 'naver'] as const) Object.assign(sandbox.company[name], everybody[name]);
});
afterEach(cleanUp);
afterAll(() => sandbox.close());

const emulators = () => [sandbox.lucca, sandbox.ctrlHub, sandbox.naver];
const requests = () => emulators().flatMap((it) => it.requests);
const statuses = () => requests().map((it) => it.status);

function forgetRequests(): void {
  for (const emulator of emulators()) emulator.requests.length = 0;
}

/** Tells the program to read anew, and waits until it says that it will. */
async function invalidate(server: Server): Promise<void> {
  const count = () => server.stderr.split('invalidated').length;
  const before = count();
  server.kill('SIGUSR2');
  await expect.poll(count).toBeGreaterThan(before);
}

/** She is erased everywhere, which the program cannot know. */
function eraseMinaUpstream(): void {
  const { lucca, ctrlHub, naver } = sandbox.company;
  const isOther = (email: string | null | undefined) => email?.toLowerCase() !== SHOWCASE_EMAIL;
  lucca.employees = lucca.employees.filter((it) => isOther(it.email));
  ctrlHub.users = ctrlHub.users.filter((it) => isOther(it.email));
  naver.employees = naver.employees.filter((it) => isOther(it.emailAddress));
}

const askForMina = (url: string) => ask(url, operation('q03-person'), { email: SHOWCASE_EMAIL });

describe('SIGUSR2', () => {
  it('makes the program read anew what it would have served for a day', async () => {
    const server = startServer({ env: { ...sandbox.env, ...lasting } });
    const url = await server.url();
    const before = await askForMina(url);
    expect(before.data?.employee).toMatchObject({ displayName: expect.any(String) });
    eraseMinaUpstream();
    expect(await askForMina(url)).toEqual(before);

    await invalidate(server);
    expect((await askForMina(url)).data).toEqual({ employee: null });
  });

  it('makes it ask for every list again as a whole, also of Lucca, which could say that nothing has changed', async () => {
    const server = startServer({ env: { ...sandbox.env, ...lasting } });
    const url = await server.url();
    const all = () => Promise.all(['q02-full-join', 'q11-counts'].map((name) => ask(url, operation(name))));
    const before = await all();
    forgetRequests();
    expect(await all()).toEqual(before);
    expect(statuses()).toEqual([]);

    await invalidate(server);
    expect(await all()).toEqual(before);
    const ofLucca = sandbox.lucca.requests.map(({ target, status }) => [
      target.split('?')[0]?.split('/').at(-1),
      status,
    ]);
    expect(ofLucca.sort()).toEqual([
      ['employees', 200],
      ['job-qualifications', 200],
      ['professions', 200],
    ]);
    expect(sandbox.naver.requests).toHaveLength(3);
    expect(sandbox.ctrlHub.requests).toHaveLength(2);
  });

  it('lets an operation that waits for a reading wait for the next one, which serves from then on', async () => {
    const server = startServer({ env: { ...sandbox.env, ...lasting } });
    const url = await server.url();
    await askForMina(url);
    forgetRequests();
    const lateMs = 1_000;
    for (const { inject } of emulators())
      inject({ lateMs, times: 2, matches: ({ path }) => /employees?$|members$|assignments$/.test(path) });
    await invalidate(server);
    const answer = askForMina(url);
    await expect.poll(() => requests().filter((it) => it.status === null)).toHaveLength(4);
    // What is on its way has been read before she was erased.
    await new Promise((resolve) => setTimeout(resolve, lateMs / 4));
    eraseMinaUpstream();
    await invalidate(server);
    expect(await answer).toMatchObject({ data: { employee: null }, errors: [] });
    forgetRequests();
    const { data } = await ask(url, '{ employees(first: 100) { nodes { email } } unlinkedPeople { totalCount } }');
    expect(JSON.stringify(data).toLowerCase()).not.toContain(SHOWCASE_EMAIL);
    expect(statuses()).toEqual([]);
  });
});
