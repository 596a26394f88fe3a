import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type ChildOptions = {
  /** A folder without an .env file unless given. */
  cwd?: string;
  /** All of the environment but PATH; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
};

/** A running program and what it has printed. */
export type Child = {
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves at the end of its output: the code, or null where a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Resolves with the first line of its standard output; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  kill(signal?: NodeJS.Signals): void;
};

const children = new Set<ChildProcess>();

export function start(command: string, args: string[], { cwd = emptyFolder(), env = {} }: ChildOptions = {}): Child {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const printed = { stdout: '', stderr: '' };
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text;
      const [line = '', ...rest] = printed.stdout.split('\n');
      if (rest.length > 0) resolve(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed.stderr += text;
    });
    void exit.then((code) => {
      children.delete(child);
      reject(new Error(`${command} ended with ${code} before it printed a line:\n${printed.stderr}`));
    });
  });
  // Whoever waits for the end alone need not hear that no line came.
  firstLine.catch(() => undefined);
  return {
    get stdout() {
      return printed.stdout;
    },
    get stderr() {
      return printed.stderr;
    },
    exit,
    firstLine,
    kill: (signal = 'SIGTERM') => void child.kill(signal),
  };
}

/** For after each test: whatever still runs is ended at once. */
export async function killAll(): Promise<void> {
  const ended = [...children].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ended);
}

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'hr-graph-'));
