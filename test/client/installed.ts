import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../process/child.ts';

const project = join(import.meta.dirname, '../..');

/** Throws with all that was printed when the command fails. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** A folder of somebody who has installed the client as docs/front-end.md says, from a copy of what the registry would send. */
export function installClient(): string {
  const folder = emptyFolder();
  run(project, 'npm', 'run', '--silent', 'build:client');
  const tarball = run(project, 'npm', 'pack', './dist', '--silent', '--pack-destination', folder).trim();
  const fromProject = (name: string) => [name, `file:${join(project, 'node_modules', name)}`];
  const dependencies = ['graphql', 'graphql-request', '@graphql-typed-document-node/core'].map(fromProject);
  const manifest = {
    type: 'module',
    dependencies: Object.fromEntries([...dependencies, ['hr-graph', `file:${tarball}`]]),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  run(folder, 'npm', 'install', '--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund');
  return folder;
}

/** Throws with what the compiler says of `file`, with declarations of libraries checked as well. */
export function checkTypes(folder: string, file: string, options: object = {}): void {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: 'esnext',
    module: 'nodenext',
    lib: ['esnext', 'dom'],
    types: [],
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  run(folder, process.execPath, join(project, 'node_modules/typescript/bin/tsc'), '--project', folder);
}
