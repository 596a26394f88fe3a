import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Child, cleanUp, emptyFolder, start } from './child.ts';
import { ask } from './server.ts';

const project = join(import.meta.dirname, '../..');
const packed = `node_modules/node-${process.platform}-${process.arch}/bin/node`;

/** A copy of the project whose packed Node is what `program` says. */
function copyWith(program: string): string {
  const folder = emptyFolder();
  for (const it of ['package.json', 'bin', 'src', 'schema', 'resolvers']) {
    cpSync(join(project, it), join(folder, it), { recursive: true });
  }
  mkdirSync(dirname(join(folder, packed)), { recursive: true });
  writeFileSync(join(folder, packed), program);
  chmodSync(join(folder, packed), 0o755);
  for (const it of readdirSync(join(project, 'node_modules')).filter((name) => !/^(\.|node-)/.test(name))) {
    symlinkSync(join(project, 'node_modules', it), join(folder, 'node_modules', it));
  }
  return folder;
}

/** As a Linux program where there is another C library than glibc. */
const unable = '#!/bin/sh\nexit 127\n';
const able = `#!/bin/sh\nexec "${process.execPath}" "$@"\n`;

/** A Node that runs no TypeScript and cannot become another program, as those before 22. */
const older = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    delete process.execve;
    Object.defineProperty(process.features, 'typescript', { value: false });
  `)}`,
];

const env = { PORT: '0', PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
const address = (child: Child): Promise<string> => child.printed(/http:\/\/\S+\/graphql/);

/** `exit` waits for whatever holds the output: the server has ended then, whoever had been sent the signal. */
async function expectService(child: Child): Promise<void> {
  expect((await ask(await address(child), '{ upstreams { state } }')).errors).toEqual([]);
  child.kill();
  await child.exit;
  expect(child.stderr).toContain('"msg":"stopping');
}

describe.skipIf(process.platform === 'win32')('the start', () => {
  let broken: string;
  let whole: string;
  beforeAll(() => {
    broken = copyWith(unable);
    whole = copyWith(able);
  });
  afterAll(cleanUp);

  it('is by the Node of the machine where the packed one cannot run', async () => {
    await expectService(start('npm', ['start'], { cwd: broken, env }));
  });

  it('is by the packed Node where that of the machine is older, and passes signals on', async () => {
    const child = start(process.execPath, [...older, 'bin/hr-graph.js', 'start'], { cwd: whole, env });
    await expectService(child);
    expect(await child.exit).toBe(0);
  });

  it('is refused with one message where neither will do', async () => {
    const child = start(process.execPath, [...older, 'bin/hr-graph.js', 'start'], { cwd: broken, env });
    expect(await child.exit).toBe(1);
    expect(child.stderr).toBe(
      `hr-graph start: expected Node 22.18 or newer, got ${process.version}, and ${packed} ends with 127. Install Node 22.18 or newer\n`,
    );
    expect(child.stdout).toBe('');
  });

  it('tells the exit code of what it has started', async () => {
    const child = start(process.execPath, [...older, 'bin/hr-graph.js', 'start'], {
      cwd: whole,
      env: { ...env, PORT: 'x' },
    });
    expect(await child.exit).toBe(1);
    expect(child.stderr).toMatch(/^The configuration cannot be used:\nPORT: .*\n$/);
  });

  it.runIf(process.platform === 'linux')('keeps memory small, unless the machine’s owner says otherwise', async () => {
    const own = { ...env, MALLOC_ARENA_MAX: '9' };
    const child = start(process.execPath, ['--max-old-space-size=500', 'bin/hr-graph.js', 'start'], {
      cwd: project,
      env: own,
    });
    await address(child);
    const [line, variables] = ['cmdline', 'environ'].map((it) =>
      readFileSync(`/proc/${child.pid}/${it}`, 'utf8').split('\0'),
    );
    expect(line?.slice(1, -1)).toEqual([
      '--max-old-space-size=768',
      '--max-semi-space-size=8',
      '--heap-growing-percent=25',
      '--max-old-space-size=500',
      join(project, 'src/server/main.js'),
    ]);
    expect(variables).toContain('MALLOC_ARENA_MAX=9');
    expect(variables).toContain('MALLOC_TRIM_THRESHOLD_=8388608');
    child.kill();
    expect(await child.exit).toBe(0);
  });
});

const scripts = Object.entries<string>(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).scripts)
  .filter(([, line]) => line.startsWith('node bin/hr-graph.js '))
  .map(([script]) => script)
  // The same program under another name.
  .filter((script) => script !== 'generated');

describe('every script', () => {
  afterEach(cleanUp);
  const run = async (...args: string[]) => {
    const child = start(process.execPath, [join(project, 'bin/hr-graph.js'), ...args], { env });
    return { code: await child.exit, stdout: child.stdout, stderr: child.stderr };
  };

  it('is one of those that are tested here', () => {
    expect(scripts.length).toBeGreaterThan(11);
    for (const script of ['start', 'sandbox', 'example', 'key:new', 'forget', 'report:unlinked', 'sbom']) {
      expect(scripts).toContain(script);
    }
  });

  it.each(scripts)('knows --help: %s', async (script) => {
    const { code, stdout, stderr } = await run(script, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${script}\\b.*\n\n[A-Z].*\\.\n`));
  });

  it.each(scripts)('says in one line what it does not know: %s', async (script) => {
    const { code, stdout, stderr } = await run(script, '--no-such-option');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^hr-graph ${script}: expected .*, got --no-such-option; see --help\n$`));
  });

  it('is listed, with what it does', async () => {
    const { stdout } = await run('--help');
    for (const script of scripts) expect(stdout).toMatch(new RegExp(`^ {2}${script} +[A-Z].*\\.$`, 'm'));
    expect(await run('strat')).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^hr-graph strat: expected one of start, .*\n$/),
    });
  });

  it.each([
    [['key:new'], /^hr-graph key:new: --id: expected .*\n$/],
    [['key:new', '--id', 'a', '--scopes', 'all'], /^hr-graph key:new: --scopes: expected .*, got "all"\n$/],
    [['key:new', '--id'], /^hr-graph key:new: .*\n$/],
    [['example', 'http://127.0.0.1:9/graphql'], /^http:\/\/127\.0\.0\.1:9\/graphql does not respond.*\n$/],
    [['example', 'localhost'], /^localhost does not respond.*with its origin.*\n$/],
    [['forget'], /^ADMIN_SOCKET: .*\n$/],
    [['report:unlinked', '--missing-from=SAP'], /^The report could not be made: expected .*\n$/],
    [['schema:check', '/nowhere'], /^hr-graph schema:check: .*\/nowhere.*\n$/],
  ])('says in one line what is wrong, and shows no stack: %j', async (args, line) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(line);
  });

  it.each([['codegen', '--check'], ['schema:check']])(
    'has nothing to say where all is well: %s %s',
    async (...args) => {
      expect(await run(...args)).toEqual({ code: 0, stdout: '', stderr: '' });
    },
  );
});

describe('a second sandbox on a machine', () => {
  afterEach(cleanUp);

  it('takes other ports, which it prints', async () => {
    const sandboxes = [0, 1].map(() => start(process.execPath, [join(project, 'bin/hr-graph.js'), 'sandbox'], { env }));
    const addresses = [];
    for (const it of sandboxes) addresses.push(await it.printed(/(?<=NAVER_BASE_URL=)\S+/));
    expect(new Set(addresses).size).toBe(2);
    for (const it of addresses) expect((await fetch(it)).status).toBeGreaterThanOrEqual(400);
    for (const it of sandboxes) it.kill();
    for (const it of sandboxes) expect({ code: await it.exit, stderr: it.stderr }).toEqual({ code: 0, stderr: '' });
  });
});
