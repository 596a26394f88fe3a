import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { type Child, cleanUp, emptyFolder, start } from '../process/child.ts';
import { ask, type Server, startServer } from '../process/server.ts';
import { sendTo } from './admin-socket.ts';

const program = fileURLToPath(new URL('../../src/server/admin/forget.ts', import.meta.url));

/** Nothing is read again by itself, and nothing has to wait for its turn. */
const lasting = { CACHE_FRESH_SECONDS: '86400', LUCCA_RATE_LIMIT: '1000000/1' };

let sandbox: Sandbox;
let socket: string;
let server: Server;
let url: string;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 40 }), latencyMs: 0, luccaRateLimit: null });
  socket = join(emptyFolder(), 'admin.sock');
  server = startServer({ env: { ...sandbox.env, ...lasting, ADMIN_SOCKET: socket } });
  url = await server.url();
});
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

const run = (input: string, args: string[] = [], env: Record<string, string> = { ADMIN_SOCKET: socket }): Child =>
  start(process.execPath, [program, ...args], { env, input });

/** As the command sends it, without the command. */
const forget = async (name: string) => (await sendTo(socket, 'POST', '/forget', name)).body;

const erased = /^Erased: \d+ records? of that person\.\n$/;
const nobody = 'There was no record of such a person.\n';

const requests = () => [sandbox.lucca, sandbox.ctrlHub, sandbox.naver].flatMap((it) => it.requests);

/** What is answered without asking any upstream. */
async function atOnce(query: string, variables: object = {}) {
  for (const { requests } of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) requests.length = 0;
  const { data, errors } = await ask(url, query, variables);
  expect(requests().map(({ target }) => target)).toEqual([]);
  expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
  return data;
}

const mina = { email: SHOWCASE_EMAIL };
const person = async () => (await ask(url, operation('q03-person'), mina)).data?.employee;

/** Upstreams that still have her bring her back with the next reading. */
async function readAnew(): Promise<void> {
  await invalidate();
  expect(await person()).toMatchObject({ displayName: expect.any(String) });
}

async function invalidate(): Promise<void> {
  const count = () => server.stderr.split('invalidated').length;
  const before = count();
  server.kill('SIGUSR2');
  await expect.poll(count).toBeGreaterThan(before);
}
beforeEach(readAnew);

/** The same, once what it reads was read. */
async function atOnceAfter(query: string) {
  await ask(url, query);
  return atOnce(query);
}

/** Everybody's addresses, in order. */
const peopleIn = (data: unknown): string[] =>
  Object(Object(data).employees).nodes.flatMap(({ email }: { email: string | null }) => email ?? []);

const everything = `{
  employees(first: 100) { totalCount nodes { id email displayName } }
  search: employees(filter: { search: "Mina Han" }) { nodes { email } }
  jobRoleAssignments(first: 100) { nodes { employee { email } } }
  grades { nodes { employees(first: 100) { nodes { email } } } }
  jobRoles { nodes { assignments { nodes { employee { email } } } } }
}`;

describe('npm run forget', () => {
  it('erases a person from all that was read, without asking anything anew, and nobody else', async () => {
    const before = await atOnceAfter(everything);
    const command = run(`${SHOWCASE_EMAIL}\n`);
    expect(await command.exit).toBe(0);
    expect(command.stdout).toMatch(erased);
    expect(await atOnce(operation('q03-person'), mina)).toEqual({ employee: null });
    const after = await atOnce(everything);
    expect(JSON.stringify(before).toLowerCase()).toContain(SHOWCASE_EMAIL);
    expect(JSON.stringify(after).toLowerCase()).not.toContain(SHOWCASE_EMAIL);
    expect(peopleIn(after)).toEqual(peopleIn(before).filter((it) => it.toLowerCase() !== SHOWCASE_EMAIL));
  });

  it('is logged without a word about whom', async () => {
    await forget(SHOWCASE_EMAIL);
    const line = server.stderr.split('\n').find((it) => it.includes('erased'));
    expect(JSON.parse(line ?? '')).toEqual({
      level: 30,
      time: expect.any(String),
      records: expect.any(Number),
      msg: 'erased: one person',
    });
    expect(server.stderr.toLowerCase()).not.toContain('mina');
  });

  it('takes an id as an argument', async () => {
    const luccaId = String(sandbox.company.lucca.employees.find((it) => it.email === SHOWCASE_EMAIL)?.id);
    const command = run('', [toNodeId('Employee', `L:${luccaId}`)]);
    expect(await command.exit).toBe(0);
    expect(command.stdout).toMatch(erased);
    expect(await person()).toBeNull();
  });

  it.each([SHOWCASE_EMAIL, toNodeId('Employee', `N:${SHOWCASE_EMAIL}`)])(
    'takes no argument that tells others who is meant, such as %s',
    async (argument) => {
      const refused = run('', [argument]);
      expect(await refused.exit).toBe(1);
      expect(refused.stderr).toMatch(/standard input: others can see arguments\.\n$/);
      expect(refused.stderr).not.toContain(argument);
    },
  );

  it.each([
    [{}, /^ADMIN_SOCKET: expected the socket of the running server, got none\.\n$/],
    [{ ADMIN_SOCKET: '/nowhere/admin.sock' }, /^No server answers at ADMIN_SOCKET \(.*ENOENT.*\)\.\n$/],
  ])('with %j says what is missing', async (env, message) => {
    const command = run(SHOWCASE_EMAIL, [], env);
    expect(await command.exit).toBe(1);
    expect(command.stderr).toMatch(message);
    expect(command.stderr).not.toContain(SHOWCASE_EMAIL);
  });
});

describe('a running server', () => {
  it('knows whom to forget by the identifier of any upstream', async () => {
    const employee = sandbox.company.lucca.employees.find((it) => it.email === SHOWCASE_EMAIL);
    const user = sandbox.company.ctrlHub.users.find((it) => it.email.toLowerCase() === SHOWCASE_EMAIL);
    const row = sandbox.company.naver.employees.find((it) => it.emailAddress?.toLowerCase() === SHOWCASE_EMAIL);
    const keys = [row?.externalKey, row?.empId].filter((it) => it != null);
    expect(keys.length).toBeGreaterThan(0);
    const ids = [`L:${employee?.id}`, `C:${user?.id}`].map((it) => toNodeId('Employee', it));
    const names = [employee?.id, employee?.employeeNumber, user?.id, user?.id.toUpperCase(), ...keys, ...ids];
    for (const name of names) {
      expect(await forget(String(name))).toMatch(erased);
      expect({ name, person: await person() }).toEqual({ name, person: null });
      await readAnew();
    }
  });

  it('knows people whom Lucca does not by their id', async () => {
    const { data } = await ask(url, '{ unlinkedPeople(missingFrom: LUCCA, first: 100) { nodes { id } } }');
    const ids: string[] = Object(data?.unlinkedPeople).nodes.map((it: { id: string }) => it.id);
    expect(ids.length).toBeGreaterThan(1);
    const node = (id: string | undefined) => atOnce('query ($id: ID!) { node(id: $id) { id } }', { id });
    const [id, other] = ids;
    expect(await node(id)).toEqual({ node: { id } });
    expect(await forget(String(id))).toMatch(erased);
    expect(await node(id)).toEqual({ node: null });
    expect(await node(other)).toEqual({ node: { id: other } });
  });

  it('says so where there is no record of a person, and erases nobody else', async () => {
    const before = await atOnceAfter(everything);
    expect(await forget('nobody.ever@elsewhere.example')).toBe(nobody);
    expect(peopleIn(await atOnce(everything))).toEqual(peopleIn(before));
    expect(await forget(SHOWCASE_EMAIL)).toMatch(erased);
    expect(await forget(SHOWCASE_EMAIL)).toBe(nobody);
  });

  it('takes no page that held the person for unchanged', async () => {
    const statuses = async () => {
      sandbox.lucca.requests.length = 0;
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
        body: JSON.stringify({ query: '{ employees { totalCount } }' }),
      });
      return sandbox.lucca.requests.map((it) => it.status);
    };
    expect(await statuses()).toEqual([304]);
    await forget(SHOWCASE_EMAIL);
    expect(await statuses()).toEqual([200]);
    expect(await statuses()).toEqual([304]);
  });
});

describe('a person whom the upstreams have erased as well', () => {
  const upstreams = () => [sandbox.company.lucca, sandbox.company.ctrlHub, sandbox.company.naver] as const;
  let before: unknown[];
  beforeEach(() => {
    before = upstreams().map((it) => ({ ...it }));
  });
  afterEach(() => {
    for (const [index, it] of upstreams().entries()) Object.assign(it, before[index]);
  });

  function eraseUpstream(): void {
    const [lucca, ctrlHub, naver] = upstreams();
    lucca.employees = lucca.employees.filter((it) => it.email?.toLowerCase() !== SHOWCASE_EMAIL);
    ctrlHub.users = ctrlHub.users.filter((it) => it.email.toLowerCase() !== SHOWCASE_EMAIL);
    naver.employees = naver.employees.filter((it) => it.emailAddress?.toLowerCase() !== SHOWCASE_EMAIL);
  }

  it('is not brought back by what is being read meanwhile', async () => {
    const lateMs = 1_000;
    for (const { inject, requests } of [sandbox.lucca, sandbox.ctrlHub, sandbox.naver]) {
      requests.length = 0;
      inject({ lateMs, times: 2, matches: ({ path }) => /employees?$|members$|assignments$/.test(path) });
    }
    await invalidate();
    const answer = person();
    await expect.poll(() => requests().filter((it) => it.status === null)).toHaveLength(4);
    await delay(lateMs / 4);
    eraseUpstream();
    await forget(SHOWCASE_EMAIL);
    expect(await answer).toBeNull();
    await delay(lateMs);
    expect(await person()).toBeNull();
  });

  it('is not there when everything is read anew', async () => {
    eraseUpstream();
    expect(await forget(SHOWCASE_EMAIL.toUpperCase())).toMatch(erased);
    await invalidate();
    expect(await person()).toBeNull();
  });
});

it('the network has no way to the socket, which goes with the server', async () => {
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  expect((await fetch(new URL('/forget', url), { method: 'POST', body: SHOWCASE_EMAIL })).status).toBe(404);
  server.kill();
  expect(await server.exit).toBe(0);
  expect(existsSync(socket)).toBe(false);
});
