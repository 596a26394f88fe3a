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

const complete = z.object({
  msg: z.literal('directory complete'),
  upstream: z.string(),
  list: z.string(),
  rows: z.number(),
});
const onTheWay = complete.extend({
  msg: z.literal('directory being read'),
  expected: z.number(),
  secondsToGo: z.number().nullable(),
});
const line = z.union([complete, onTheWay]);

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
    const told = (msg: string) => linesOf(server.stderr).filter((it) => it.msg === msg);
    await expect.poll(() => told('directory complete').length).toBe(4);
    await ask(url, unlinked);

    const members = ctrlHub.users.filter((it) => it.organisationIds.includes(ctrlHub.organisations[0]?.id ?? ''));
    const sizes = {
      'LUCCA employees': lucca.employees.length,
      'NAVER people': naver.employees.length,
      'CTRL_HUB members': members.length,
      'CTRL_HUB assignments': ctrlHub.assignments.length,
    };
    const ends = told('directory complete');
    expect(Object.fromEntries(ends.map((it) => [`${it.upstream} ${it.list}`, it.rows]))).toEqual(sizes);
    expect(ends).toHaveLength(4);

    const onTheWay = linesOf(server.stderr).filter((it) => it.msg === 'directory being read');
    // Lucca's list always takes longer than the log waits. On a busy machine others may.
    const ofLucca = onTheWay.filter(({ upstream }) => upstream === 'LUCCA');
    expect(ofLucca.length).toBeGreaterThan(0);
    for (const { list, rows, expected, secondsToGo } of ofLucca) {
      expect(list).toBe('employees');
      expect(rows).toBeLessThan(expected);
      expect(expected).toBe(sizes['LUCCA employees']);
      expect(secondsToGo).toBeGreaterThan(0);
    }
    const progress = ofLucca.map((it) => it.rows);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  }, 90_000);
});
