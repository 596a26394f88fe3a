import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const sdl = 'schema/schema.graphql';
const sdk = 'src/client/generated/sdk.ts';
const operation = 'src/client/operations/directory-page.graphql';

function runCodegen(root: string, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'codegen.ts'), ...args], { encoding: 'utf8' });
  return { status, stderr };
}

describe('the generated files', () => {
  it('are what codegen.ts would write', () => {
    expect(runCodegen(project, '--check')).toEqual({ status: 0, stderr: '' });
  });
});

/** Each run asks the type checker. */
describe('codegen.ts --check', { timeout: 90_000 }, () => {
  let fresh: string;
  let copy: string;
  const read = (path: string) => readFile(join(copy, path), 'utf8');
  const rewrite = async (path: string, change: (text: string) => string) => {
    const text = await read(path);
    const changed = change(text);
    expect(changed).not.toBe(text);
    await writeFile(join(copy, path), changed);
  };

  beforeAll(async () => {
    fresh = await mkdtemp(join(tmpdir(), 'hr-graph-fresh-'));
    for (const path of [
      'codegen.ts',
      'release/list-shapes.ts',
      'tsconfig.json',
      'package.json',
      'schema',
      'resolvers',
      'src',
    ]) {
      await cp(join(project, path), join(fresh, path), { recursive: true });
    }
    await symlink(join(project, 'node_modules'), join(fresh, 'node_modules'));
    expect(runCodegen(fresh)).toEqual({ status: 0, stderr: '' });
  }, 90_000);
  afterAll(() => rm(fresh, { recursive: true }));

  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'hr-graph-stale-'));
    await cp(fresh, copy, { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true }));

  it('passes on a fresh tree', () => {
    expect(runCodegen(copy, '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('names the SDL when it was changed by hand, and leaves it as it is', async () => {
    await rewrite(sdl, (text) => text.replace('type Employee implements Node', 'type Person implements Node'));
    const changed = await read(sdl);
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(sdl);
    expect(stderr).not.toContain(sdk);
    expect(await read(sdl)).toBe(changed);
  });

  it('names the SDL when the schema has moved on', async () => {
    await rewrite('schema/grade.ts', (text) => text.replace("'A grade, 직급", "'A step, 직급"));
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(sdl);
  });

  it('names the client when an operation has changed, until it is generated again', async () => {
    await rewrite(operation, (text) => text.replace('hasNextPage', 'hasNextPage hasPreviousPage'));
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(sdk);
    expect(stderr).not.toContain(sdl);

    expect(runCodegen(copy)).toEqual({ status: 0, stderr: '' });
    expect(await read(sdk)).toContain('hasPreviousPage: boolean');
    expect(runCodegen(copy, '--check').status).toBe(0);
  });

  it.each([
    sdk,
    'src/client/generated/scalars.ts',
    'src/client/generated/schema-facts.ts',
    'src/client/generated/introspection.ts',
  ])('names a generated file that is missing: %s', async (file) => {
    await rm(join(copy, file));
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(file);
  });

  it.each([
    ['the schema does not know a field', (text: string) => text.replace('hasNextPage', 'hasMorePages')],
    ['a variable is not used', (text: string) => text.replace('after: $after, ', '')],
    ['it is not GraphQL', (text: string) => `${text}}`],
  ])('names file and line of an operation when %s', async (_, change) => {
    await rewrite(operation, change);
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toMatch(/src\/client\/operations\/directory-page\.graphql:\d+:\d+/);
  });

  it('fails where the type of a stored list cannot be found, because its digest would never change', async () => {
    await rewrite('src/loaders/write-record.ts', (text) => text.replace('ctrl-hub/client.ts', 'ctrl-hub/nowhere.ts'));
    const { status, stderr } = runCodegen(copy, '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('expected every member of a stored list to have a type, got any');
  });
});
