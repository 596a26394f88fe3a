import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// `node release/build-client.ts` writes the package for front ends to dist/: the client as JavaScript with types, the schema,
// and settings for the caches of other clients. It is a separate package, because Node runs no TypeScript in node_modules, and
// because front ends need none of the server's dependencies.

const inProject = (path: string): string => join(import.meta.dirname, '..', path);

await rm(inProject('dist'), { recursive: true, force: true });
const tsc = inProject('node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '--project', inProject('tsconfig.client.json')], {
  stdio: 'inherit',
});
if (status === 0) await writePackage();
else process.exitCode = 1;

async function writePackage(): Promise<void> {
  const { name, version, license, type, dependencies } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const manifest = {
    name,
    version,
    description: 'Typed client of hr-graph, one GraphQL graph over Lucca, Ctrl Hub and NAVER WORKPLACE',
    license,
    type,
    sideEffects: false,
    exports: {
      './client': entrance('client'),
      './apollo': entrance('apollo'),
      './graphcache': entrance('graphcache'),
      './scalars': entrance('generated/scalars'),
      './schema.graphql': './schema.graphql',
    },
    dependencies: { graphql: dependencies.graphql, 'graphql-request': dependencies['graphql-request'] },
  };
  await mkdir(inProject('dist'), { recursive: true });
  await writeFile(inProject('dist/package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(inProject('LICENSE'), inProject('dist/LICENSE'));
  await cp(inProject('src/client/README.md'), inProject('dist/README.md'));
  await cp(inProject('schema/schema.graphql'), inProject('dist/schema.graphql'));
}

function entrance(module: string): { types: string; default: string } {
  return { types: `./client/${module}.d.ts`, default: `./client/${module}.js` };
}
