import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder } from './child.ts';
import { ask, startServer } from './server.ts';

afterEach(cleanUp);

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

function folderWith(bytes: Buffer): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.env'), bytes);
  return cwd;
}

const write = `mutation {
  createGrade(input: { externalKey: "MARKED", name: "Marked", sortOrder: 1 }) { __typename }
}`;

describe('an .env file', () => {
  it('is read from its first line on, whatever Windows puts before it', async () => {
    const settings = Buffer.from('READ_ONLY=true\r\nLOG_LEVEL=warn\r\n');
    const server = startServer({ cwd: folderWith(Buffer.concat([mark, settings])) });
    const { data } = await ask(await server.url(), write);
    expect(data).toEqual({ createGrade: { __typename: 'ForbiddenError' } });
    expect(server.stderr).toBe('');
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFFNAVER_COMPANY_ID=hush\r\n', 'utf16le')],
    ['UTF-16', Buffer.from('\uFEFFNAVER_COMPANY_ID=hush\r\n', 'utf16le').swap16()],
    ['UTF-16', Buffer.from('NAVER_COMPANY_ID=hush\r\n', 'utf16le')],
    ['an encoding that is not UTF-8', Buffer.from('IDENTITY_MAP_FILE=hush-Zoé.csv\n', 'latin1')],
  ])('in %s stops the start with one message, which quotes none of it', async (encoding, bytes) => {
    const server = startServer({ cwd: folderWith(bytes) });
    expect(await server.exit).toBe(1);
    expect(server.stderr).toMatch(
      new RegExp(`^The configuration cannot be used:\n\\.env: expected .* UTF-8, got ${encoding}.*\n$`),
    );
    expect(server.stdout).toBe('');
    expect(server.stderr).not.toContain('hush');
  });

  it('that is a folder stops the start with one message', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, '.env'));
    const server = startServer({ cwd });
    expect(await server.exit).toBe(1);
    expect(server.stderr).toMatch(/^The configuration cannot be used:\n\.env: expected .*, got EISDIR\n$/);
  });
});
