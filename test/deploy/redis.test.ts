import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Child, cleanUp, emptyFolder, start } from '../process/child.ts';
import { hasProgram, programPath } from '../programs/programs.ts';
import { startFleet } from '../redis/fleet.ts';
import { freePort } from '../redis/redis-server.ts';
import { createItem, mutate, updateItem } from '../writes/write-fixture.ts';
import { compose, textOf } from './files.ts';

const { entrypoint, healthcheck } = compose.services.redis;
const passwords = { first: 'redis-password-of-this-test', second: 'redis-password-that-follows' };

/** The command of compose.yaml by this machine's redis-server, on a port of loopback, where it cannot write. */
async function startDeployed(): Promise<{ server: Child; port: number; folder: string }> {
  const port = await freePort();
  const folder = emptyFolder();
  chmodSync(folder, 0o500);
  const [program = '', ...args] = entrypoint.map((it) =>
    it.replaceAll('$$', '$').replace('redis-server - ', `redis-server - --bind 127.0.0.1 --port ${port} `),
  );
  const env = { PATH: `${dirname(programPath('redis-server'))}:${process.env.PATH}`, REDISCLI_AUTH: passwords.first };
  const server = start(program, args, { cwd: folder, env });
  await server.printed(/Ready to accept connections/);
  return { server, port, folder };
}

/** redis-cli as within the container, whose environment has the password. */
async function cli(port: number, args: readonly string[], { password = passwords.first, input = '' } = {}) {
  const [program = '', ...rest] = args;
  const child = start(program, ['-p', String(port), ...rest], { env: { REDISCLI_AUTH: password }, input });
  return { code: await child.exit, output: `${child.stdout}${child.stderr}`.trim() };
}
const check = healthcheck.test.slice(1);
/** As the runbook has it. */
const rotation = (/exec -T redis (redis-cli .+)$/m.exec(textOf('deploy/RUNBOOK.md'))?.[1] ?? '').split(' ');

afterEach(cleanUp);

describe.skipIf(!hasProgram('redis-server'))('the Redis of deploy/', () => {
  it('stores nothing, says so when it is full, and stops at once when it is told to', async () => {
    const { server, port, folder } = await startDeployed();
    const settingOf = async (name: string) =>
      (await cli(port, ['redis-cli', 'config', 'get', name])).output.split('\n')[1] ?? '';
    expect(await settingOf('save')).toBe('');
    expect(await settingOf('appendonly')).toBe('no');
    expect(await settingOf('maxmemory')).toBe(String(128 * 2 ** 20));
    expect(await settingOf('maxmemory-policy')).toBe('noeviction');
    server.kill();
    expect(await server.exit).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets in who knows the password, which is none of its arguments, and tells its health', async () => {
    const { server, port } = await startDeployed();
    expect(await cli(port, check)).toEqual({ code: 0, output: 'PONG' });
    for (const password of ['', 'another']) {
      const { code, output } = await cli(port, check, { password });
      expect(code).not.toBe(0);
      expect(output).toContain('NOAUTH');
    }
    // Its own process, for it has taken the place of the shell.
    expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).toContain('redis-server');
    expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(passwords.first);
    server.kill('SIGKILL');
    await server.exit;
    expect((await cli(port, check)).code).not.toBe(0);
  });

  it('takes a second password while replicas are given it one after another', async () => {
    const { port } = await startDeployed();
    const urlWith = (password: string) => `redis://:${password}@127.0.0.1:${port}`;
    const fleet = await startFleet({ replicas: 0, env: { CACHE_FRESH_SECONDS: '3600', REPLICAS: '2' } });
    try {
      const former = await fleet.add({ REDIS_URL: urlWith(passwords.first) });
      const added = await cli(port, rotation, { input: `>${passwords.second}` });
      expect(added).toEqual({ code: 0, output: 'OK' });
      const later = await fleet.add({ REDIS_URL: urlWith(passwords.second) });
      const gradesAt = async (it: typeof later) =>
        JSON.stringify((await it.query('{ grades(first: 100) { nodes { name } } }')).data);
      await gradesAt(later);
      await mutate(former, createItem('Grade'), { externalKey: 'ROTATED', name: 'By the former', sortOrder: 88 });
      expect(await gradesAt(later)).toContain('By the former');
      await mutate(later, updateItem('Grade'), { externalKey: 'ROTATED', name: 'By the later' });
      expect(await gradesAt(former)).toContain('By the later');
      const replicas = [former, later];
      expect(replicas.flatMap(({ log }) => log.filter((line) => line.includes('Redis is away')))).toEqual([]);
    } finally {
      await fleet.stop();
    }
  });
});
