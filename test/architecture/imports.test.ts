import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { innocent, offences } from './planted-tree.ts';

const project = join(import.meta.dirname, '../..');
const rulesFile = join(import.meta.dirname, 'rules.cjs');
const depcruise = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** As `npm run imports` does it. */
function cruise(root: string, output: 'json' | 'err') {
  const args = [depcruise, '--config', rulesFile, '--output-type', output, 'src', 'schema', 'resolvers', 'codegen.ts'];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

/** Which file breaks which rule, as `file: rule`. */
function breachesIn(root: string): { files: number; breaches: string[] } {
  const { summary } = report.parse(JSON.parse(cruise(root, 'json').stdout));
  const breaches = new Set(summary.violations.map(({ rule, from }) => `${from}: ${rule.name}`));
  return { files: summary.totalCruised, breaches: [...breaches].sort() };
}

describe('the imports of this project', () => {
  it('keep the rules', () => {
    const { files, breaches } = breachesIn(project);
    expect(breaches).toEqual([]);
    expect(files).toBeGreaterThan(Object.keys(innocent).length);
  });
});

describe('the import rules', () => {
  let folder: string;
  const plant = async (name: string, tree: Record<string, string>) => {
    const root = join(folder, name);
    for (const [file, source] of Object.entries(tree)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), `${source}\nexport {};\n`);
    }
    await cp(join(project, 'package.json'), join(root, 'package.json'));
    await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
    return root;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hr-graph-imports-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('let a tree pass that keeps them', async () => {
    expect(breachesIn(await plant('innocent', innocent)).breaches).toEqual([]);
  });

  it('find every planted offence and nothing else', async () => {
    const planted = Object.fromEntries(offences.map(({ file, source }) => [file, source]));
    const { breaches } = breachesIn(await plant('guilty', { ...innocent, ...planted }));
    expect(breaches).toEqual(offences.flatMap(({ file, breaks }) => breaks.map((rule) => `${file}: ${rule}`)).sort());
  });

  it('are each broken by some planted offence', () => {
    const { forbidden } = z
      .object({ forbidden: z.array(z.object({ name: z.string() })) })
      .parse(createRequire(import.meta.url)(rulesFile));
    const broken = new Set(offences.flatMap(({ breaks }) => breaks));
    expect(forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  it('end the command with a failure that names rule and file', async () => {
    const { status, stdout } = cruise(
      await plant('one', { ...innocent, 'src/upstreams/lucca/wire.ts': "import '../ctrl-hub/client.ts';" }),
      'err',
    );
    expect(stdout).toContain('no-sibling-upstream: src/upstreams/lucca/wire.ts → src/upstreams/ctrl-hub/client.ts');
    expect(status).not.toBe(0);
  });
});
