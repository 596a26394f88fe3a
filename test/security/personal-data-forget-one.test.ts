import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { type Child, cleanUp, emptyFolder, start } from '../process/child.ts';
import { ask, type Server, startServer } from '../process/server.ts';
import { sendTo } from './admin-socket.ts';

const program = fileURLToPath(new URL('../../src/server/admin/forget.ts', import.meta.url));

let sandbox: Sandbox;
let socket: string;
let server: Server;
let url: string;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 40 }), latencyMs: 0, luccaRateLimit: null });
  socket = join(emptyFolder(), 'admin.sock');
  server = startServer({ env: { ...sandbox.env, CACHE_FRESH_SECONDS: '86400', ADMIN_SOCKET: socket } });
  url = await server.url();
});
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

const emulators = () => ({ LUCCA: sandbox.lucca, CTRL_HUB: sandbox.ctrlHub, NAVER: sandbox.naver });

/** What the operation makes the server ask: the last segment of each path. */
async function asks(query: string, variables: object = {}): Promise<string[]> {
  for (const { requests } of Object.values(emulators())) requests.length = 0;
  const { errors } = await ask(url, query, variables);
  expect(errors).toEqual([]);
  return Object.entries(emulators()).flatMap(([name, { requests }]) =>
    requests.map(({ target }) => `${name} ${target.split('?')[0]?.split('/').at(-1)}`),
  );
}

const run = (input: string, args: string[] = [], env: Record<string, string> = { ADMIN_SOCKET: socket }): Child =>
  start(process.execPath, [program, ...args], { env, input });

/** As the command sends it, without the command. */
const forget = async (name: string) => (await sendTo(socket, 'POST', '/forget', name)).body;

const person = operation('q03-person');
const mina = { email: SHOWCASE_EMAIL };
const everySystem = expect.arrayContaining(['LUCCA employees', 'NAVER employee', 'CTRL_HUB members']);
const lists = '{ grades { totalCount nodes { name } } professions { nodes { title } } positions { nodes { name } } }';

describe('npm run forget', () => {
  it('makes the next read ask the upstreams anew, and leaves the lists that name nobody', async () => {
    expect(await asks(person, mina)).toEqual(everySystem);
    await asks(lists);
    expect([...(await asks(person, mina)), ...(await asks(lists))]).toEqual([]);

    const command = run(`${SHOWCASE_EMAIL}\n`);
    expect(await command.exit).toBe(0);
    expect(command.stdout).toMatch(/^Forgotten: \d+ remembered answers mentioned that person\.\n$/);
    expect(await asks(lists)).toEqual([]);
    expect(await asks(person, mina)).toEqual(everySystem);
  });

  it('is logged without a word about whom', () => {
    const line = server.stderr.split('\n').find((it) => it.includes('forgotten'));
    expect(JSON.parse(line ?? '')).toEqual({
      level: 30,
      time: expect.any(String),
      dropped: expect.any(Number),
      msg: 'forgotten: one person',
    });
  });

  it('takes an id as an argument', async () => {
    const luccaId = String(sandbox.company.lucca.employees.find((it) => it.email === SHOWCASE_EMAIL)?.id);
    await asks(person, mina);
    const command = run('', [toNodeId('Employee', `L:${luccaId}`)]);
    expect(await command.exit).toBe(0);
    expect(await asks(person, mina)).toEqual(everySystem);
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
    const luccaId = sandbox.company.lucca.employees.find((it) => it.email === SHOWCASE_EMAIL)?.id;
    const user = sandbox.company.ctrlHub.users.find((it) => it.email.toLowerCase() === SHOWCASE_EMAIL);
    const row = sandbox.company.naver.employees.find((it) => it.emailAddress?.toLowerCase() === SHOWCASE_EMAIL);
    for (const name of [luccaId, user?.id, row?.externalKey ?? row?.empId]) {
      await asks(person, mina);
      expect(await asks(person, mina)).toEqual([]);
      expect(await forget(String(name))).toMatch(/^Forgotten: /);
      expect(await asks(person, mina)).toEqual(everySystem);
    }
  });

  it('knows people whom Lucca does not by the digest that names them', async () => {
    const { data } = await ask(url, '{ unlinkedPeople(missingFrom: LUCCA, first: 100) { nodes { id } } }');
    const ids: string[] = Object(data?.unlinkedPeople).nodes.map((it: { id: string }) => it.id);
    const id = ids.find((it) => Buffer.from(it, 'base64url').toString().startsWith('Employee:E:'));
    expect(await forget(String(id))).toMatch(/^Forgotten: /);
    expect(await asks('query ($id: ID!) { node(id: $id) { id } }', { id })).not.toEqual([]);
  });

  it('forgets who was asked for and not found', async () => {
    const nobody = 'nobody.at.all@elsewhere.example';
    await forget(SHOWCASE_EMAIL);
    await asks(person, { email: nobody });
    expect(await forget(nobody)).toBe('Forgotten: 1 remembered answer mentioned that person.\n');
  });

  it('forgets what was searched for, which may be a name', async () => {
    const search = '{ employees(filter: { search: "Mina" }) { nodes { id } } }';
    await asks(search);
    expect(await asks(search)).toEqual([]);
    await forget('nobody.else@elsewhere.example');
    expect(await asks(search)).toEqual(['LUCCA employees']);
  });

  it('says so where nothing is remembered of a person, and forgets nobody else', async () => {
    await asks(person, mina);
    expect(await forget('nobody.ever@elsewhere.example')).toBe('Nothing was remembered of such a person.\n');
    expect(await asks(person, mina)).toEqual([]);
  });

  it('does not keep what is under way meanwhile', async () => {
    await forget(SHOWCASE_EMAIL);
    for (const { requests } of Object.values(emulators())) requests.length = 0;
    sandbox.lucca.latencyMs = 500;
    const answer = ask(url, operation('q01-directory-page'));
    while (!sandbox.lucca.requests.some((it) => it.target.includes('/employees'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await forget(SHOWCASE_EMAIL);
    expect((await answer).errors).toEqual([]);
    sandbox.lucca.latencyMs = 0;
    expect(await asks(operation('q01-directory-page'))).toEqual(['LUCCA employees']);
  });

  it('serves no longer whom the upstreams have erased', async () => {
    expect((await ask(url, person, mina)).data?.employee).toMatchObject({ displayName: expect.any(String) });
    const { lucca, ctrlHub, naver } = sandbox.company;
    lucca.employees = lucca.employees.filter((it) => it.email?.toLowerCase() !== SHOWCASE_EMAIL);
    ctrlHub.users = ctrlHub.users.filter((it) => it.email.toLowerCase() !== SHOWCASE_EMAIL);
    naver.employees = naver.employees.filter((it) => it.emailAddress?.toLowerCase() !== SHOWCASE_EMAIL);
    await forget(SHOWCASE_EMAIL.toUpperCase());
    expect((await ask(url, person, mina)).data).toEqual({ employee: null });
  });

  it('gives the network no way to it, and takes the socket along when it stops', async () => {
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect((await fetch(new URL('/forget', url), { method: 'POST', body: SHOWCASE_EMAIL })).status).toBe(404);
    server.kill();
    expect(await server.exit).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });
});
