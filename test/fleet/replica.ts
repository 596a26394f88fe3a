import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../bin/hr-graph.js');

export type Replica = {
  readonly port: number;
  /** As a rolling update does it: resolves once the old process has ended with code 0 and the new one serves. */
  restart(): Promise<void>;
  /** Resident memory in megabytes, as the kernel counts it. Linux only. */
  memory(): number;
  /** Throws where it does not end with code 0. */
  stop(): Promise<void>;
};

export type LogListener = {
  line(text: string): void;
  /** The process that logged has ended. */
  end(): void;
};

export type ReplicaOptions = {
  port: number;
  env: Record<string, string>;
  /** An empty one, for its own .env is not to reach it. */
  folder: string;
  /** What all of its processes log is added to it. */
  logFile: string;
  /** Is told of each line as well. */
  listener?: LogListener | undefined;
};

/** One replica, by the command of the image, on a port that it keeps over restarts. */
export async function startReplica({ port, env, folder, logFile, listener }: ReplicaOptions): Promise<Replica> {
  let child = await start();

  async function start(): Promise<ChildProcess> {
    const { PATH = '' } = process.env;
    const started = spawn(process.execPath, [program, 'start'], {
      cwd: folder,
      env: { PATH, HOST: '127.0.0.1', PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.stderr.on('data', (chunk: Buffer) => appendFileSync(logFile, chunk));
    if (listener !== undefined) createInterface({ input: started.stderr }).on('line', listener.line);
    const ended = once(started, 'close').then(([code]) => {
      listener?.end();
      throw new Error(`The server ended with ${code}: see ${logFile}.`);
    });
    // The one line that it prints is the one that says where it serves.
    await Promise.race([once(started.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    return started;
  }

  async function stop(): Promise<void> {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    const [code] = await ended;
    if (code !== 0) throw new Error(`The server ended with ${code} after SIGTERM: see ${logFile}.`);
  }

  return {
    port,
    restart: async () => {
      await stop();
      child = await start();
    },
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    stop,
  };
}
