import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startNginx } from './nginx.ts';
import { type LogListener, type Replica, startReplica } from './replica.ts';

export type Fleet = {
  /** The endpoint, by way of nginx. */
  url: string;
  replicas: readonly [Replica, Replica];
  /** All that the replicas have logged. */
  log(): string;
  stop(): Promise<void>;
};

/**
 * Two replicas behind nginx as deploy/ sets them up, over the upstreams that `env` leads to. `folder` holds all that they
 * write, and is its caller's to remove. `listener` is asked for once for each replica.
 */
export async function startFleet(
  folder: string,
  env: Record<string, string>,
  listener?: () => LogListener,
): Promise<Fleet> {
  const [port, first, second] = await freePorts();
  const logFile = join(folder, 'replicas.log');
  const options = { env, logFile, folder: join(folder, 'empty') };
  mkdirSync(options.folder);
  const replicas = await Promise.all([
    startReplica({ ...options, port: first, listener: listener?.() }),
    startReplica({ ...options, port: second, listener: listener?.() }),
  ]);
  const nginx = startNginx(port, [first, second], folder);
  const ended = once(nginx, 'close');
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    nginx.kill('SIGQUIT');
    await ended;
    await Promise.all(replicas.map((it) => it.stop()));
  };
  const stop = () => {
    stopped ??= stopAll();
    return stopped;
  };
  while (!(await isReached(`http://127.0.0.1:${port}/healthz`))) {
    if (nginx.exitCode !== null) {
      await stop();
      throw new Error(`nginx ended with ${nginx.exitCode}.`);
    }
    await delay(50);
  }
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    replicas,
    log: () => readFileSync(logFile, 'utf8'),
    stop,
  };
}

const isReached = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

/** Below those that a system gives to outgoing connections, of which one may take a port that was free a moment ago. */
const [firstPort, lastPort] = [20_000, 32_000];

/** Three that are free, each another. */
async function freePorts(): Promise<[number, number, number]> {
  const [a, b, c] = await Promise.all([freePort(), freePort(), freePort()]);
  return a === b || b === c || a === c ? freePorts() : [a, b, c];
}

async function freePort(): Promise<number> {
  const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return freePort();
  }
  await once(server.close(), 'close');
  return port;
}
