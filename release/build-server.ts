import { spawnSync } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// `npm pack` runs this first. It writes the server as JavaScript to build/server: Node runs no TypeScript under node_modules.
// Folders and names stay as they are in the repository, so that bin/ finds its programs in both.

const inProject = (path: string): string => join(import.meta.dirname, '..', path);
const inBuild = (path: string): string => inProject(join('build/server', path));

/** Read as files by the server, and copied as they are. */
const assets = ['bin', 'src/server/pages/browser', 'schema/persisted-operations.json', 'schema/schema.graphql'];

await rm(inProject('build/server'), { recursive: true, force: true });
const tsc = inProject('node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '--project', inProject('tsconfig.server.json')], {
  stdio: 'inherit',
});
if (status === 0) await addAssets();
else process.exitCode = 1;

async function addAssets(): Promise<void> {
  for (const path of assets) await cp(inProject(path), inBuild(path), { recursive: true });
  // What the code reads of it; the packages are those of the package that is installed.
  const { name, version, type } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  await writeFile(inBuild('package.json'), `${JSON.stringify({ name, version, private: true, type }, null, 2)}\n`);
}
