import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import parseChangeset from '@changesets/parse';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cleanUp, emptyFolder } from '../process/child.ts';

afterAll(cleanUp);

const project = join(import.meta.dirname, '../..');
const files = readdirSync(join(project, '.changeset')).filter((file) => file.endsWith('.md'));
const parse = (file: string) => parseChangeset(readFileSync(join(project, '.changeset', file), 'utf8'));

describe('the changesets', () => {
  it.each(files)('name this package and say what changes for whom: %s', (file) => {
    const { releases, summary } = parse(file);
    expect(releases.map(({ name }) => name)).toEqual(['hr-graph']);
    expect(['major', 'minor', 'patch']).toContain(releases[0]?.type);
    expect(summary.length).toBeGreaterThan(20);
  });

  it('become the newest entry of CHANGELOG.md, and raise the version', () => {
    const folder = emptyFolder();
    for (const it of ['package.json', 'CHANGELOG.md', '.changeset']) {
      cpSync(join(project, it), join(folder, it), { recursive: true });
    }
    const run = (command: string, ...args: string[]) =>
      spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, HOME: folder } });
    const author = ['-c', 'user.name=Release', '-c', 'user.email=release@hr-graph.example'];
    run('git', 'init', '--quiet', '--initial-branch=main');
    run('git', 'add', '--all');
    expect(run('git', ...author, 'commit', '--quiet', '--message', 'Before the release').status).toBe(0);
    const { status, stderr } = run(process.execPath, join(project, 'node_modules/@changesets/cli/bin.js'), 'version');
    expect({ status, stderr }).toMatchObject({ status: 0 });

    const manifest = z.object({ version: z.string() });
    const { version } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    const entries = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8').split(/^## /m);
    expect(version).not.toBe('0.1.0');
    expect(entries[1]).toMatch(new RegExp(`^${version}\n`));
    expect(entries[1]?.replaceAll(/\s+/g, ' ')).toContain(
      parse(files[0] ?? '')
        .summary.split('\n')[0]
        ?.slice(2, 60),
    );
    expect(readdirSync(join(folder, '.changeset'))).toEqual(['config.json']);
  });
});
