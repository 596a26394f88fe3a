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

const line = z.object({
  upstream: z.string(),
  list: z.string(),
  rows: z.number(),
  expected: z.number().optional(),
  secondsToGo: z.number().optional(),
  msg: z.string(),
});

const linesOf = (log: string, msg: string) =>
  log.split('\n').flatMap((text) => (text.includes(`"${msg}"`) ? [line.parse(JSON.parse(text))] : []));

describe('the log of the server', () => {
  it('tells how far a list of people has come that takes long, and of each when it is complete, once', async () => {
    const luccaRateLimit = { count: 10, seconds: 3 };
    sandbox = await startSandbox({ company: createCompany({ people: 3_000 }), luccaRateLimit });
    const { lucca, naver, ctrlHub } = sandbox.company;
    // Nobody has to ask for anything.
    const server = startServer({ env: { ...sandbox.env, LUCCA_RATE_LIMIT: '10/3' } });
    const complete = () => linesOf(server.stderr, 'directory complete');
    await expect.poll(() => complete().length, { timeout: 60_000, interval: 500 }).toBe(4);
    const url = await server.url();
    expect((await ask(url, '{ unlinkedPeople(first: 1) { totalCount } }')).errors).toEqual([]);

    const members = ctrlHub.users.filter((it) => it.organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''));
    const told = complete().map(({ upstream, list, rows }): [string, number] => [`${upstream} ${list}`, rows]);
    expect(told).toHaveLength(4);
    expect(Object.fromEntries(told)).toEqual({
      'LUCCA employees': lucca.employees.length,
      'NAVER people': naver.employees.length,
      'CTRL_HUB members': members.length,
      'CTRL_HUB assignments': ctrlHub.assignments.length,
    });

    const onTheWay = linesOf(server.stderr, 'directory being read');
    const ofLucca = onTheWay.filter(({ list }) => list === 'employees');
    expect(ofLucca.length).toBeGreaterThan(0);
    for (const { rows, expected, secondsToGo } of ofLucca) {
      expect(expected).toBe(lucca.employees.length);
      expect(rows).toBeLessThan(lucca.employees.length);
      expect(secondsToGo).toBeGreaterThan(0);
    }
  }, 90_000);
});
