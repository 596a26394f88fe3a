import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { type AdminServer, listenToAdmins } from '../../src/server/admin/admin-server.ts';
import { cleanUp, emptyFolder, start } from '../process/child.ts';
import { sendTo } from './admin-socket.ts';

const logger = pino({ level: 'silent' });
const forgotten: string[] = [];
const graph = {
  erasePerson: async (person: string) => {
    forgotten.push(person);
    return forgotten.length - 1;
  },
};

let path: string;
let server: AdminServer;
beforeEach(async () => {
  forgotten.length = 0;
  path = join(emptyFolder(), 'admin.sock');
  server = await listenToAdmins(path, graph, logger);
});
afterEach(() => server.stop());
afterAll(cleanUp);

describe('the socket of administrators', () => {
  it('is for the user of the server alone, and goes with it', async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await server.stop();
    expect(existsSync(path)).toBe(false);
    server = await listenToAdmins(path, graph, logger);
  });

  it('is told of one person at a time, and tells how much that was', async () => {
    const said = [];
    for (const name of [' a@b.example\n', 'b', 'c']) said.push(await sendTo(path, 'POST', '/forget', name));
    expect(forgotten).toEqual(['a@b.example', 'b', 'c']);
    expect(said).toEqual([
      { status: 200, body: 'There was no record of such a person.\n' },
      { status: 200, body: 'Erased: 1 record of that person.\n' },
      { status: 200, body: 'Erased: 2 records of that person.\n' },
    ]);
  });

  it('is told where a person could not be erased, and by nothing that names them', async () => {
    const erasePerson = graph.erasePerson;
    graph.erasePerson = (person) => Promise.reject(new Error(`no ${person}`));
    expect(await sendTo(path, 'POST', '/forget', 'a@b.example')).toEqual({
      status: 500,
      body: 'The person could not be erased: stop the server, remove DIRECTORY_FILE if it is set, and start again.\n',
    });
    graph.erasePerson = erasePerson;
    expect((await sendTo(path, 'POST', '/forget', 'a@b.example')).status).toBe(200);
  });

  it.each([
    ['GET', '/forget'],
    ['POST', '/'],
    ['POST', '/graphql'],
    ['DELETE', '/forget'],
  ])('refuses %s %s', async (method, target) => {
    expect((await sendTo(path, method, target)).status).toBe(404);
    expect(forgotten).toEqual([]);
  });

  it.each(['', '  \n ', 'one\ntwo', 'x'.repeat(3_000)])('refuses %j for a person', async (body) => {
    expect((await sendTo(path, 'POST', '/forget', body)).status).toBe(400);
    expect(forgotten).toEqual([]);
  });

  it('leaves its place to no other while it answers', async () => {
    await expect(listenToAdmins(path, graph, logger)).rejects.toThrow('another process answers there');
    expect((await sendTo(path, 'POST', '/forget', 'a')).status).toBe(200);
  });

  it('takes the place that a killed process has left', async () => {
    const left = join(emptyFolder(), 'left.sock');
    const bind = `require('node:net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await start(process.execPath, ['-e', bind]).exit;
    expect(statSync(left).isSocket()).toBe(true);
    const next = await listenToAdmins(left, graph, logger);
    expect((await sendTo(left, 'POST', '/forget', 'a')).status).toBe(200);
    await next.stop();
  });
});

describe('ADMIN_SOCKET', () => {
  it('is not there unless it is asked for', () => {
    expect(readConfig({}).adminSocket).toBeNull();
    expect(readConfig({ ADMIN_SOCKET: path }).adminSocket).toBe(path);
  });

  it('has to be a place for a socket', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'of somebody');
    for (const wrong of ['admin.sock', join(folder, 'nowhere', 'x'), folder, file, join(folder, 'x'.repeat(100))]) {
      expect(() => readConfig({ ADMIN_SOCKET: wrong })).toThrow(
        /^ADMIN_SOCKET: expected the absolute path of a socket/m,
      );
    }
    const other = createServer().listen(join(folder, 'there.sock'));
    expect(readConfig({ ADMIN_SOCKET: join(folder, 'there.sock') }).adminSocket).not.toBeNull();
    await new Promise((resolve) => other.close(resolve));
  });
});
