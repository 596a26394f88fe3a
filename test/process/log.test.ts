import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { Fault } from '../../src/sandbox/emulator.ts';
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

const lineShape = z.looseObject({ level: z.number(), time: z.iso.datetime(), msg: z.string() });

const errorsShape = z.record(z.string(), z.number()).default({});

/** What a log must not hold of anybody. Names stand alone there, so that `Han` is not found in `handled`. */
function personalDataOf({ lucca, naver, ctrlHub }: Company): string[] {
  const emails = [
    ...lucca.employees.map((it) => it.email),
    ...naver.employees.map((it) => it.emailAddress),
    ...ctrlHub.users.map((it) => it.email),
  ];
  const names = lucca.employees.flatMap((it) => [it.givenName, it.familyName]);
  const found = [...emails, ...names].flatMap((it) => (it === null || it.trim() === '' ? [] : [it.trim()]));
  return [...new Set(found.map((it) => it.toLowerCase()))];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const mentions = (log: string, text: string): boolean =>
  new RegExp(`(?<![\\p{L}\\d])${escaped(text)}(?![\\p{L}\\d])`, 'iu').test(log);

/** Every kind, with somebody's data in what it says. Outages come last: after a few, an upstream is not asked for a while. */
const troubles = (email: string): Fault[] => [
  { reply: { status: 401, body: { errors: [{ detail: email }] } } },
  { reply: { status: 200, body: { items: [{ email }], data: email } } },
  { reply: { status: 200, body: `{"email":"${email}` } },
  { cut: 'before' },
  { reply: { status: 500, body: { detail: email } } },
];

/** Nothing is remembered, and no allowance keeps requests from meeting the trouble that waits for them. */
const patient = { LOG_LEVEL: 'trace', CACHE_FRESH_SECONDS: '0', LUCCA_RATE_LIMIT: '1000000/1' };

/** Runs what meets people, good and bad input, and upstreams in every kind of trouble, then ends the server. */
async function logOfABusyLife(): Promise<string> {
  const server = startServer({ env: { ...sandbox.env, ...patient } });
  const url = await server.url();
  const email = sandbox.showcaseEmail;
  const person = operation('q03-person');
  for (const name of ['q01-directory-page', 'q02-full-join', 'q04-role-board', 'q05-grade-ladder']) {
    await ask(url, operation(name));
  }
  await ask(url, person, { email });
  await ask(url, person, { email: `${email} and more` });
  await ask(url, `{ employee(by: { email: "${email}" }) { nonsense } }`);
  const accepted = async () =>
    expect(JSON.stringify(await ask(url, person, { email }))).not.toContain('UPSTREAM_AUTH_FAILED');
  for (const emulator of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) {
    for (const fault of troubles(email)) {
      let isOn = true;
      emulator.inject({ ...fault, times: 1_000, matches: ({ path }) => isOn && path !== '/connect/token' });
      await ask(url, person, { email });
      isOn = false;
      // What is refused is not asked again for a moment, in which no other trouble would be met.
      if (fault.reply?.status === 401) await vi.waitFor(accepted, { timeout: 30_000, interval: 250 });
    }
  }
  server.kill();
  await server.exit;
  return server.stderr;
}

describe('the log', () => {
  let log: string;
  beforeAll(async () => {
    log = await logOfABusyLife();
  });

  it('is JSON lines on standard error, one for each operation', () => {
    const lines = log
      .trimEnd()
      .split('\n')
      .map((line) => lineShape.parse(JSON.parse(line)));
    const operations = lines.filter((it) => it.msg === 'operation').map((it) => it.operation);
    expect(operations.slice(0, 5)).toEqual(['DirectoryPage', 'FullJoin', 'RoleBoard', 'GradeLadder', 'Person']);
    const codes = lines.flatMap((it) => Object.keys(errorsShape.parse(it.errors)));
    expect([...new Set(codes)].sort()).toEqual([
      'BAD_USER_INPUT',
      'CONFLICT',
      'UPSTREAM_AUTH_FAILED',
      'UPSTREAM_INVALID_RESPONSE',
      'UPSTREAM_UNAVAILABLE',
    ]);
  });

  it('names nobody', () => {
    const personalData = personalDataOf(sandbox.company);
    expect(personalData.length).toBeGreaterThan(300);
    expect(personalData.filter((it) => mentions(log, it))).toEqual([]);
    expect(log).not.toContain('@');
  });

  it('holds no credential', () => {
    const secrets = Object.entries(sandbox.env).filter(([name]) => /SECRET|TOKEN$|KEY$/.test(name));
    expect(secrets).toHaveLength(5);
    expect(secrets.filter(([, value]) => log.includes(value))).toEqual([]);
    expect(log).not.toMatch(/bearer/i);
  });
});
