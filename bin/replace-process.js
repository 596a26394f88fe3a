import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** npm runs its scripts in a shell, and sends signals only to that shell. */
const isUnderNpm = process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
const checkEveryMs = 250;

/** Ends this process as by SIGTERM when its shell under npm has ended, because npm's signals do not reach this process. */
export function endWithShell() {
  if (!isUnderNpm) return;
  const shell = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, checkEveryMs);
  check.unref();
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];

/**
 * Replaces this process with another program. If that is impossible (under npm, on Windows, with an older Node), starts a
 * child process, forwards signals to it, and ends when it ends.
 */
export function replaceProcess(file, args, env) {
  const canBecome = typeof process.execve === 'function' && process.platform !== 'win32';
  if (canBecome && !isUnderNpm) process.execve(file, [file, ...args], env);
  const child = spawn(file, args, { env, stdio: 'inherit' });
  for (const signal of forwarded.filter((name) => name in constants.signals)) {
    process.on(signal, () => {
      child.kill(signal);
    });
  }
  child.once('error', (error) => {
    throw error;
  });
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}
