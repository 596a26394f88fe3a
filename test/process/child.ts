import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { keepEvidence, keepSecrets } from '../leaks/evidence.ts';

export type ChildOptions = {
  /** A new empty folder unless given: a developer's .env is not to reach the tests. */
  cwd?: string;
  /** All of the environment but PATH; undefined leaves a variable out. */
  env?: Record<string, string | undefined>;
  /** What it reads from standard input; nothing unless given. */
  input?: string;
};

/** A program and what it has printed so far. */
export type Child = {
  readonly pid: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the program and its output have ended: with its code, or null where a signal ended it. */
  readonly exit: Promise<number | null>;
  kill(signal?: NodeJS.Signals): void;
  /** Resolves with what `pattern` finds on standard output, at once or later; rejects when the output ends without it. */
  printed(pattern: RegExp): Promise<string>;
};

const graceMs = 3_000;

const running = new Set<ChildProcess>();
const folders: string[] = [];

export function start(
  command: string,
  args: string[],
  { cwd = emptyFolder(), env = {}, input = '' }: ChildOptions = {},
): Child {
  const child = spawn(command, args, {
    cwd,
    // Only what tests the delay of a stop has to wait for it.
    env: { PATH: process.env.PATH, SHUTDOWN_DELAY_SECONDS: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program may end before it has read anything.
  child.stdin.on('error', () => undefined).end(input);
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => {
    running.delete(child);
    keepSecrets(env);
    keepEvidence(`stderr of ${basename(args.at(-1) ?? command)}`, output.stderr);
  });
  return {
    pid: child.pid,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    exit,
    kill: (signal = 'SIGTERM') => void child.kill(signal),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output.stdout)?.[0];
          if (found !== undefined) resolve(found);
        };
        look();
        child.stdout.on('data', look);
        exit.then((code) => reject(new Error(`${command} ended with ${code}:\n${output.stderr}`)), reject);
      }),
  };
}

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-'));
  folders.push(folder);
  return folder;
}

/** For after each test: ends what still runs, and removes the folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map(end));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Gently at first, so that npm can pass it on to what it has started. */
async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  if ((await Promise.race([closed, delay(graceMs, 'too long', { ref: false })])) !== 'too long') return;
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
  await closed;
}
