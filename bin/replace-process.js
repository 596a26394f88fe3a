import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** npm has a shell run its scripts, and sends signals to that shell alone. */
const isUnderNpm = process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
const checkEveryMs = 250;

/** Ends this process, as by SIGTERM, when the shell between npm and it has ended: signals to npm go no further than that. */
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

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];

/**
 * Goes on as another program. Where this process has to watch a shell, or cannot become another program (Windows, older
 * Nodes), that is a child, to which signals are passed on, and whose end is this one's.
 */
export function replaceProcess(file, args, env) {
  const canBecome = typeof process.execve === 'function' && process.platform !== 'win32';
  if (canBecome && !isUnderNpm) process.execve(file, [file, ...args], env);
  const child = spawn(file, args, { env, stdio: 'inherit' });
  for (const signal of passedOn.filter((it) => it in constants.signals)) {
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
