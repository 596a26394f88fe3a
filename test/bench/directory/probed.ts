import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmStart } from '../peers/npm-start.ts';
import { type Figures, figuresShape, type ProbeRequest } from './figures.ts';

/** hr-graph as npm start runs it, with the probe in its process. Memory is the kernel's figure. Linux only. */
export type Probed = {
  readonly url: string;
  /** Lets the cache's clock skip so many seconds, and tells the figures; delays are counted anew afterwards if wanted. */
  tell(request: ProbeRequest): Promise<Figures>;
  /** Resident megabytes, now and at most so far. */
  memory(): { now: number; peak: number };
  stop(): Promise<void>;
};

export async function startProbed(env: Record<string, string>): Promise<Probed> {
  const { args, env: own } = npmStart();
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-bench-'));
  const probe = fileURLToPath(new URL('probe.js', import.meta.url));
  const child = spawn(process.execPath, ['--import', probe, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'error',
      ...own,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  const ended = once(child, 'close').finally(() => process.off('exit', kill));
  const url = await Promise.race([
    addressIn(child.stdout),
    ended.then(() => Promise.reject(new Error('The server ended before it told its address.'))),
  ]);

  return {
    url,
    tell: async (request) => {
      const answer = once(child, 'message');
      child.send(request);
      const [figures] = await answer;
      return figuresShape.parse(figures);
    },
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
      return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
    },
    stop: async () => {
      kill();
      await ended;
    },
  };
}

async function addressIn(output: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of output ?? []) {
    text += String(chunk);
    const found = /http:\/\/\S+\/graphql/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error('The server told no address.');
}
