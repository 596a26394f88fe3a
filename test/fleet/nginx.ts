import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../programs/programs.ts';

const template = join(import.meta.dirname, '../../deploy/nginx.conf');

/** The configuration of deploy/, with loopback in place of the names of containers. Throws where it has none of them. */
function localConfiguration(port: number, replicas: readonly [number, number], folder: string): string {
  const replacements: [string, string][] = [
    ['listen 8080;', `listen 127.0.0.1:${port};`],
    ['server hr-graph-1:4000 ', `server 127.0.0.1:${replicas[0]} `],
    ['server hr-graph-2:4000 ', `server 127.0.0.1:${replicas[1]} `],
    [' /tmp/', ` ${folder}/`],
    [' /dev/stdout ', ` ${folder}/access.log `],
  ];
  return replacements.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no ${from}`);
      return text.replaceAll(from, to);
    },
    readFileSync(template, 'utf8'),
  );
}

/** The nginx of this machine in front of two replicas on loopback. All that it writes is in `folder`. */
export function startNginx(port: number, replicas: readonly [number, number], folder: string): ChildProcess {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, localConfiguration(port, replicas, folder));
  const args = ['-p', folder, '-c', file, '-e', 'stderr'];
  return spawn(programPath('nginx'), args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
