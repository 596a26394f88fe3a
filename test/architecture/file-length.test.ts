import { glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');
const mostLines = 250;

/** Source files with more lines than one idea needs, as `file: lines`. Generated ones are not read by people. */
async function longFilesIn(root: string): Promise<{ files: number; long: string[] }> {
  const names = await Array.fromAsync(
    glob('{src,schema,resolvers,test}/**/*.{ts,cjs}', { cwd: root, exclude: ['**/node_modules'] }),
  );
  const sources = names.filter((name) => !name.startsWith('src/client/generated/')).sort();
  const sizes = await Promise.all(
    sources.map(async (name) => ({
      name,
      lines: (await readFile(join(root, name), 'utf8')).trimEnd().split('\n').length,
    })),
  );
  const long = sizes.filter(({ lines }) => lines > mostLines).map(({ name, lines }) => `${name}: ${lines}`);
  return { files: sources.length, long };
}

describe('a source file', () => {
  it(`has at most ${mostLines} lines`, async () => {
    const { files, long } = await longFilesIn(project);
    expect(long).toEqual([]);
    expect(files).toBeGreaterThan(0);
  });

  it('is found when it has one line more, unless it is generated', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hr-graph-lines-'));
    for (const folder of ['src/client/generated', 'schema', 'resolvers', 'test/deep']) {
      await mkdir(join(root, folder), { recursive: true });
    }
    await writeFile(join(root, 'src/long-enough.ts'), '//\n'.repeat(mostLines));
    await writeFile(join(root, 'test/deep/too-long.test.ts'), '//\n'.repeat(mostLines + 1));
    await writeFile(join(root, 'src/client/generated/sdk.ts'), '//\n'.repeat(mostLines + 1));
    const { long } = await longFilesIn(root);
    await rm(root, { recursive: true });
    expect(long).toEqual([`test/deep/too-long.test.ts: ${mostLines + 1}`]);
  });
});
