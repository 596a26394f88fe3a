import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder, start } from '../process/child.ts';

afterAll(cleanUp);

describe('a soak whose nginx does not start', () => {
  it('ends with its reason, and leaves nothing running that would keep it alive', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'nginx'), '#!/bin/sh\nexit 7\n');
    chmodSync(join(folder, 'nginx'), 0o755);
    const env = { PATH: `${folder}:${process.env.PATH}` };
    const soak = start(process.execPath, [join(import.meta.dirname, 'main.ts'), '--out=none'], { env });
    expect(await soak.exit).toBe(1);
    expect(soak.stderr).toContain('nginx ended with 7.');
  }, 60_000);
});
