import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, cleanUp, emptyFolder, start } from './child.ts';
import { ask } from './server.ts';

const project = join(import.meta.dirname, '../..');
const folder = emptyFolder();
// As in a shell, whose `node` is that of the machine and not the one that runs the tests.
const env = { PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`, PORT: '0' };
const npm = (args: string[], cwd: string) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const hrGraph = (...args: string[]): Child => start('npx', ['hr-graph', ...args], { cwd: folder, env });

describe.skipIf(process.platform === 'win32')('the package that npm pack makes', () => {
  beforeAll(() => {
    npm(['pack', '--pack-destination', folder], project);
    const [tarball = 'no tarball'] = readdirSync(folder);
    npm(['init', '--yes'], folder);
    npm(['install', '--ignore-scripts', `./${tarball}`], folder);
  }, 300_000);
  afterAll(cleanUp, 120_000);

  it('starts the server over emulated vendors in an empty folder', async () => {
    const server = hrGraph('start');
    const url = await server.printed(/http:\/\/\S+\/graphql/);
    expect(await ask(url, '{ employees(first: 2) { nodes { id } } }')).toMatchObject({
      data: { employees: { nodes: [{}, {}] } },
      errors: [],
    });
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('GraphiQL');
    server.kill();
    await server.exit;
  }, 120_000);

  it('starts the emulated vendors alone', async () => {
    const vendors = hrGraph('sandbox');
    expect(await vendors.printed(/LUCCA_BASE_URL=\S+/)).toContain('http://127.0.0.1');
    vendors.kill();
    await vendors.exit;
  }, 120_000);

  it('lists the programs that it has, and no others', async () => {
    const help = hrGraph('--help');
    expect(await help.exit).toBe(0);
    expect(help.stdout).toMatch(/^ {2}doctor /m);
    expect(help.stdout).not.toMatch(/codegen|soak|schema:check|build:/);
    const refused = hrGraph('codegen');
    expect(await refused.exit).toBe(1);
    expect(refused.stderr).toContain('expected one of start, ');
  }, 120_000);
});
