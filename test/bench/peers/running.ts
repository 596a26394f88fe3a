import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A peer's process. Figures are the kernel's, so that none depends on what the peer says of itself. Linux only. */
export type Running = {
  readonly url: string;
  readonly startedAt: number;
  /** Resident megabytes, now and at most so far. */
  memory(): { now: number; peak: number };
  /** Milliseconds of processor time used so far. */
  cpuMs(): number;
  signal(name: NodeJS.Signals): void;
  /** At once: nothing that a peer does at its end is of interest. */
  stop(): Promise<void>;
};

const msPerTick = 10;

/** Runs node with these arguments and PORT in an empty folder, and does not wait for it to answer. */
export async function run(args: string[], env: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-bench-'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2_000);
  });
  const ended = once(child, 'close').finally(() => process.off('exit', kill));
  const pid = () => {
    if (child.exitCode === null && child.pid !== undefined) return child.pid;
    throw new Error(`${args.join(' ')} ended with ${child.exitCode}: ${complaints}`);
  };
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    startedAt,
    memory: () => memoryOf(pid()),
    cpuMs: () => cpuOf(pid()),
    signal: (name) => void child.kill(name),
    stop: async () => {
      kill();
      await ended;
    },
  };
}

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** utime and stime are the 14th and 15th field of the line; the second, a name in brackets, may hold spaces. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Below the range from which Linux takes ports for outgoing connections, of which a load makes many. */
let lastPort = 20_000 + (process.pid % 5_000);

async function freePort(): Promise<number> {
  for (;;) {
    lastPort += 1;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(lastPort, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return lastPort;
  }
}
