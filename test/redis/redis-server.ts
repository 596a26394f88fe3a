import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { programPath } from '../programs/programs.ts';

/** Debian's redis-server, on a port of its own and without files. */
export type RedisServer = {
  readonly url: string;
  /** Runs one command, as an operator would. Texts come as strings. */
  command(...args: string[]): Promise<unknown>;
  /** Runs several over one connection. */
  commands(...them: (readonly string[])[]): Promise<unknown[]>;
  /** As if the machine stood still. */
  pause(): void;
  resume(): void;
  /** Without a word; what it held is lost. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export async function startRedis(...options: string[]): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child = start();
  // It outlives nobody who has started it.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);

  function start(): ChildProcess {
    const fixed = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--rdbcompression',
      'no',
    ];
    return spawn(programPath('redis-server'), [...fixed, ...options], { stdio: 'ignore' });
  }

  async function commands(...them: (readonly string[])[]): Promise<unknown[]> {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await Promise.all(them.map((args) => client.sendCommand<unknown>(args)));
    } finally {
      client.destroy();
    }
  }

  const command = async (...args: string[]): Promise<unknown> => (await commands(args))[0];

  async function isThere(): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      const answer = await command('PING').catch(() => null);
      if (answer === 'PONG') return;
      await delay(50);
    }
    throw new Error('redis-server did not start.');
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  await isThere();
  return {
    url,
    command,
    commands,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    restart: async () => {
      await kill();
      child = start();
      await isThere();
    },
    stop: async () => {
      process.off('exit', end);
      await kill();
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}
