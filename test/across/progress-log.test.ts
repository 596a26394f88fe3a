import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await cleanUp();
  await sandbox?.close();
});

const line = z.object({ upstream: z.string(), people: z.number(), expected: z.number(), msg: z.string() });

const linesOf = (log: string) =>
  log.split('\n').flatMap((text) => (text.includes('"directory ') ? [line.parse(JSON.parse(text))] : []));

describe('the log of the server', () => {
  it('tells how far a directory has come that takes long, and of each when it is complete, once', async () => {
    const luccaRateLimit = { count: 10, seconds: 3 };
    sandbox = await startSandbox({ company: createCompany({ people: 3_000 }), luccaRateLimit });
    const { lucca, naver, ctrlHub } = sandbox.company;
    const server = startServer({ env: { ...sandbox.env, LUCCA_RATE_LIMIT: '10/3' } });
    const url = await server.url();
    const unlinked = '{ unlinkedPeople(first: 1) { totalCount } }';
    const isAnswered = async () => (await ask(url, unlinked)).errors.length === 0;
    await expect.poll(isAnswered, { timeout: 60_000, interval: 500 }).toBe(true);
    await expect.poll(() => linesOf(server.stderr).filter((it) => it.msg === 'directory complete').length).toBe(3);
    await ask(url, unlinked);

    const lines = linesOf(server.stderr);
    const members = ctrlHub.users.filter((it) => it.organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''));
    const sizes = { LUCCA: lucca.employees.length, NAVER: naver.employees.length, CTRL_HUB: members.length };
    const complete = lines.filter((it) => it.msg === 'directory complete');
    expect(Object.fromEntries(complete.map((it) => [it.upstream, it.people]))).toEqual(sizes);
    expect(complete).toHaveLength(3);

    const onTheWay = lines.filter((it) => it.msg === 'directory being read');
    expect(onTheWay.length).toBeGreaterThan(0);
    for (const { upstream, people, expected } of onTheWay) {
      expect(upstream).toBe('LUCCA');
      expect(people).toBeLessThan(expected);
      expect(expected).toBe(sizes.LUCCA);
    }
  }, 90_000);
});
