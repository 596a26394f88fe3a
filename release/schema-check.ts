import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { undeclaredBreaks } from './breaking-changes.ts';
import { majorChangesetsIn } from './changesets.ts';
import { undatedDeprecations } from './deprecations.ts';

// `node release/schema-check.ts [folder]` fails if schema/schema.graphql breaks clients of the last release and no changeset
// declares it, or if it deprecates something without a date. The released schema is a committed copy, which even a shallow
// clone has. If the tag of that release is present too, the copy must equal the tagged schema. --released writes the copy.

const [folder = join(import.meta.dirname, '..')] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const current = 'schema/schema.graphql';
const released = 'schema/released.graphql';
const header = /^# hr-graph (\S+), as released: written by `npm run schema:released`\.\n/;

if (process.argv.includes('--released')) writeReleased();
else await check();

async function check(): Promise<void> {
  const schema = buildSchema(read(current));
  const problems = [
    ...problemsOfCopy(),
    ...undatedDeprecations(schema),
    ...(await undeclaredBreaks(buildSchema(read(released)), schema, majorChangesetsIn(join(folder, '.changeset')))),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

/** Empty if the tag is absent: in a shallow clone, in an archive, or between a release and its tag. */
function problemsOfCopy(): string[] {
  const text = read(released);
  const tag = `v${header.exec(text)?.[1]}`;
  const tagged = spawnSync('git', ['show', `${tag}:${current}`], { cwd: folder, encoding: 'utf8' });
  if (tagged.status !== 0 || tagged.stdout === text.replace(header, '')) return [];
  return [`${released} differs from the schema of ${tag}: restore it with git.`];
}

function writeReleased(): void {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  const firstLine = `# hr-graph ${version}, as released: written by \`npm run schema:released\`.\n`;
  writeFileSync(join(folder, released), firstLine + read(current));
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
