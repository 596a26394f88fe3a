import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// `node test/architecture/words.ts` prints the size of the code, and how often it has a word for which the field has a
// standard term (docs/glossary.md).

const project = join(import.meta.dirname, '../..');

/** In place of each: cache, response cache, in flight, loaded, unlinked, invalidate or erase, returns or reports. */
export const dialect = [
  'remember|remembers|remembered|remembering',
  'kept',
  'at hand',
  'is there|are there',
  'gathered|settled',
  'under way',
  'question|questions',
  'namer|naming',
  'stranger|strangers|out of step',
  'slot|slots',
  'forget|forgets|forgotten|forgetting',
  'tell|tells|told',
  'whoever|whosoever|whom',
  'nobody waits|is waited for|who waits',
];

export type Source = { name: string; text: string };

/** Generated files are not read by people. */
export async function sourcesIn(pattern: string): Promise<Source[]> {
  const names = await Array.fromAsync(glob(pattern, { cwd: project, exclude: ['**/node_modules'] }));
  const written = names.filter((name) => !/^src\/.*\/generated\//.test(name)).sort();
  return Promise.all(written.map(async (name) => ({ name, text: await readFile(join(project, name), 'utf8') })));
}

/** How often each word comes, in prose and as a part of a name. */
export function countsIn(sources: readonly Source[]): Record<string, number> {
  const text = sources
    .map((it) => it.text.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/\s*\n\s*(\*|\/\/)?\s*/g, ' '))
    .join('\n')
    .toLowerCase();
  return Object.fromEntries(
    dialect.map((words) => [words, [...text.matchAll(new RegExp(`\\b(?:${words})\\b`, 'g'))].length]),
  );
}

function sizeOf(sources: readonly Source[]) {
  const lines = sources.map(({ text }) => text.trimEnd().split('\n').length).sort((a, b) => a - b);
  return {
    files: lines.length,
    lines: lines.reduce((sum, it) => sum + it, 0),
    median: lines[Math.floor(lines.length / 2)] ?? 0,
    longest: lines.at(-1) ?? 0,
  };
}

if (process.argv[1] === import.meta.filename) {
  const code = await sourcesIn('{src,schema,resolvers}/**/*.{ts,js}');
  const tests = await sourcesIn('test/**/*.{ts,cjs,mjs}');
  const counts = countsIn(code);
  const total = Object.values(counts).reduce((sum, it) => sum + it, 0);
  const rows = Object.entries({ ...counts, 'in all': total }).map(
    ([words, count]) => `${`${count}`.padStart(5)}  ${words}`,
  );
  const sizes = { 'src, schema, resolvers': sizeOf(code), test: sizeOf(tests) };
  process.stdout.write(`${JSON.stringify(sizes, null, 2)}\n${rows.join('\n')}\n`);
}
