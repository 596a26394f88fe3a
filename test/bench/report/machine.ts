import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const packages = [
  '@graphql-hive/gateway',
  '@graphql-mesh/compose-cli',
  '@omnigraph/openapi',
  '@graphql-hive/plugin-deduplicate-request',
  'graphql',
  'graphql-yoga',
  '@pothos/core',
  'dataloader',
  'undici',
  'autocannon',
];

/** Without names and paths of the machine. */
export function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(1);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${availableParallelism()} cores (${model}), ${gigabytes} GB, load ${load}, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** What is installed for the bench; nothing of what is not. */
export const describeVersions = (): string =>
  packages
    .flatMap((name) => {
      const version = versionOf(name);
      return version === null ? [] : [`${name} ${version}`];
    })
    .join(', ');

function versionOf(name: string): string | null {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(join(folder, name, 'package.json'), 'utf8');
      return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
    } catch {
      // Not in this folder: the next one is that of the project.
    }
  }
  return null;
}
