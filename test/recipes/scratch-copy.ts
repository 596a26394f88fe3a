import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Edit, Recipe } from './recipe.ts';

const project = join(import.meta.dirname, '../..');

/** What the program and its checks consist of, without the tests, and what starts the emulators. */
const parts = [
  'src',
  'schema',
  'resolvers',
  'codegen.ts',
  'release/list-shapes.ts',
  'package.json',
  'tsconfig.json',
  'test/architecture/rules.cjs',
  'test/process/emulators-main.ts',
];

export type ScratchCopy = {
  readonly root: string;
  /** Throws an Error for an edit whose text is not there exactly once. */
  follow(recipe: Recipe): Promise<void>;
  /** Runs a script of a package, or of the copy itself, and returns all that it prints. Throws where it fails. */
  run(script: string, ...args: string[]): string;
  remove(): Promise<void>;
};

/** A copy of the project in a folder of its own, with the same packages. */
export async function createScratchCopy(): Promise<ScratchCopy> {
  const root = await mkdtemp(join(tmpdir(), 'hr-graph-recipe-'));
  for (const part of parts) await cp(join(project, part), join(root, part), { recursive: true });
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  const productOnly = { extends: './tsconfig.json', include: ['src', 'schema', 'resolvers', 'codegen.ts'] };
  await writeFile(join(root, 'tsconfig.product.json'), JSON.stringify(productOnly));

  async function apply({ file, of, to }: Edit): Promise<void> {
    const text = await readFile(join(root, file), 'utf8');
    const [head = '', tail, more] = text.split(of);
    if (tail === undefined || more !== undefined) throw new Error(`${file}: expected this once: ${of}`);
    await writeFile(join(root, file), `${head}${to}${tail}`);
  }

  return {
    root,
    follow: async ({ files, edits, emulator }) => {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, file)), { recursive: true });
        await writeFile(join(root, file), text.trimStart());
      }
      for (const edit of [...edits, ...emulator]) await apply(edit);
    },
    run: (script, ...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stdout}${stderr}`);
      return stdout + stderr;
    },
    remove: () => rm(root, { recursive: true }),
  };
}
