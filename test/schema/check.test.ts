import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder } from '../process/child.ts';

const project = join(import.meta.dirname, '../..');
afterAll(cleanUp);

/** As `npm run schema:check` and `npm run schema:released` do it. */
function check(...args: string[]): { status: number | null; stderr: string } {
  const program = join(project, 'release/schema-check.ts');
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stderr };
}

const passes = { status: 0, stderr: '' };

function run(cwd: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

function releasedCopy(): string {
  const copy = emptyFolder();
  cpSync(join(project, 'package.json'), join(copy, 'package.json'));
  cpSync(join(project, 'schema/schema.graphql'), join(copy, 'schema/schema.graphql'));
  expect(check(copy, '--released')).toEqual(passes);
  return copy;
}

function rewrite(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('npm run schema:check', () => {
  it('passes for this schema: no client of the last release breaks', () => {
    expect(check()).toEqual(passes);
  }, 30_000);

  it('fails for what breaks clients, until it is released', () => {
    const copy = releasedCopy();
    rewrite(join(copy, 'schema/schema.graphql'), '  deletedId: ID!\n', '');
    expect(check(copy)).toMatchObject({ status: 1, stderr: expect.stringContaining("'deletedId' was removed") });
    expect(check(copy, '--released')).toEqual(passes);
    expect(check(copy)).toEqual(passes);
  }, 30_000);

  it('fails when the copy is not what was tagged, where the tag is there', () => {
    const copy = releasedCopy();
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      ['commit', '-qm', 'Release'],
      ['tag', 'v0.1.0'],
    ])
      run(copy, ...args);
    rewrite(join(copy, 'schema/released.graphql'), 'deletedId: ID!', 'deletedId: ID');
    expect(check(copy)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('differs from the schema of v0.1.0'),
    });
    run(copy, 'tag', '-d', 'v0.1.0');
    expect(check(copy)).toEqual(passes);
  }, 30_000);
});
