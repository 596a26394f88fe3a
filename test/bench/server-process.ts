import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { npmStart } from './peers/npm-start.ts';

export type ServerProcess = {
  /** Resident memory in megabytes, as the kernel counts it. */
  memory(): { now: number; peak: number };
  /** The `data` of an answer. */
  ask(query: string, variables: object): Promise<unknown>;
  stop(): void;
};

/** The server in a process of its own, as npm start runs it; `flags` overrule its own. Linux only. */
export async function startServerProcess(
  variables: Record<string, string>,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const { args, env } = npmStart();
  const child = spawn(process.execPath, [...args.slice(0, -1), ...flags, ...args.slice(-1)], {
    cwd: mkdtempSync(join(tmpdir(), 'hr-graph-bench-')),
    env: { ...process.env, ...env, PORT: '0', LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /http:\/\/\S+\/graphql/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  return {
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
      return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
    },
    ask: async (query, given) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: given }),
      });
      return z.object({ data: z.unknown() }).parse(await response.json()).data;
    },
    stop: () => void child.kill(),
  };
}
