import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readDirectoryFile, writeDirectoryFile } from '../../src/directory/directory-file.ts';
import { cleanUp, start } from '../process/child.ts';
import { newPath } from './file-fixture.ts';

afterEach(cleanUp);

const optionsAt = (path: string) => ({
  path,
  key: Buffer.alloc(32, 1),
  accounts: 'a company',
  shape: 'of this release',
});

const listOf = (...names: string[]) => ({
  employees: { value: { rows: names.map((name) => ({ name })), skipped: [], pages: 1 }, asOf: 1_000, tookMs: 20 },
});

const filesBeside = (path: string) => readdirSync(dirname(path));

describe('the file of the directory', () => {
  it('gives back what was written, text of all scripts and long lists included', async () => {
    const options = optionsAt(newPath());
    const names = Array.from({ length: 1_001 }, (_, index) => `${index}: 한소라, Nguyễn, "O'Brien"\n𠮷野`);
    const written = {
      ...listOf(...names),
      members: {
        value: { rows: [], skipped: [{ resource: 'members', reason: 'no id', key: null }], pages: 0 },
        asOf: 2,
        tookMs: 0,
      },
    };
    await writeDirectoryFile(options, written);
    expect(await readDirectoryFile(options)).toEqual(written);
    expect(filesBeside(options.path)).toEqual(['directory']);
  });

  it('is not there before the first copy', async () => {
    expect(await readDirectoryFile(optionsAt(newPath()))).toBeNull();
  });

  it('keeps the old copy where writing the next one fails, and leaves nothing beside it', async () => {
    const options = optionsAt(newPath());
    await writeDirectoryFile(options, listOf('Old'));
    const fails = {
      toJSON: () => {
        throw new Error('No.');
      },
    };
    const next = { employees: { ...listOf().employees, value: { rows: [fails] } } };
    await expect(writeDirectoryFile(options, next)).rejects.toThrow('No.');
    expect(await readDirectoryFile(options)).toEqual(listOf('Old'));
    expect(filesBeside(options.path)).toEqual(['directory']);
  });

  it('keeps the old copy where its process is killed, whose rest is gone with the next copy', async () => {
    const options = optionsAt(newPath());
    await writeDirectoryFile(options, listOf('Old'));
    const program = fileURLToPath(new URL('killed-writer.ts', import.meta.url));
    expect(await start(process.execPath, [program, options.path]).exit).toBeNull();
    expect(filesBeside(options.path)).toHaveLength(2);
    expect(await readDirectoryFile(options)).toEqual(listOf('Old'));
    await writeDirectoryFile(options, listOf('New'));
    expect(await readDirectoryFile(options)).toEqual(listOf('New'));
    expect(filesBeside(options.path)).toEqual(['directory']);
  });

  it('is written to no other file, and for nobody else to read, whatever was put in its way', async () => {
    const options = optionsAt(newPath());
    const other = join(dirname(options.path), 'other');
    writeFileSync(other, 'untouched');
    symlinkSync(other, `${options.path}.tmp`);
    writeFileSync(options.path, 'readable by all', { mode: 0o644 });
    await writeDirectoryFile(options, listOf('New'));
    expect(readFileSync(other, 'utf8')).toBe('untouched');
    expect(statSync(options.path).mode & 0o777).toBe(0o600);
  });

  it('is another each time, also of the same lists', async () => {
    const options = optionsAt(newPath());
    await writeDirectoryFile(options, listOf('Same'));
    const first = readFileSync(options.path);
    await writeDirectoryFile(options, listOf('Same'));
    expect(readFileSync(options.path).equals(first)).toBe(false);
  });

  it('says what failed where there is no place for it', async () => {
    const path = newPath();
    mkdirSync(path);
    await expect(writeDirectoryFile(optionsAt(path), listOf('New'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(writeDirectoryFile(optionsAt(join(path, 'nowhere', 'it')), listOf())).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
