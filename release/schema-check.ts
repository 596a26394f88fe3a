import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { undeclaredBreaks } from './breaking-changes.ts';
import { majorChangesetsIn } from './changesets.ts';
import { undatedDeprecations } from './deprecations.ts';

// `node release/schema-check.ts [folder]` fails when schema/schema.graphql breaks clients of the last release and no
// changeset says so, or deprecates something without a date. What was released is a committed copy, which every clone has,
// however shallow; where the tag of that release is there too, the copy has to be what was tagged. With --released, the
// copy is written.

const [folder = join(import.meta.dirname, '..')] = process.argv.slice(2).filter((it) => !it.startsWith('--'));
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
  for (const it of problems) process.stderr.write(`${it}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

/** None where the tag is not: in a shallow clone, in an archive, between a release and its tag. */
function problemsOfCopy(): string[] {
  const text = read(released);
  const tag = `v${header.exec(text)?.[1]}`;
  const tagged = spawnSync('git', ['show', `${tag}:${current}`], { cwd: folder, encoding: 'utf8' });
  if (tagged.status !== 0 || tagged.stdout === text.replace(header, '')) return [];
  return [`${released} is not what was tagged ${tag}: take it back with git.`];
}

function writeReleased(): void {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  const firstLine = `# hr-graph ${version}, as released: written by \`npm run schema:released\`.\n`;
  writeFileSync(join(folder, released), firstLine + read(current));
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
