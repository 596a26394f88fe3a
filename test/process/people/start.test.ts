import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Child, cleanUp, emptyFolder, start } from '../child.ts';
import { ask, startServer } from '../server.ts';

/** A browser on a slow machine takes its time. */
vi.setConfig({ testTimeout: 90_000 });

const program = join(import.meta.dirname, '../../../bin/hr-graph.js');

describe('the start of the example of a front end', () => {
  let origin: string;
  const children: Child[] = [];
  beforeAll(async () => {
    ({ origin } = new URL(await startServer().url()));
  }, 60_000);
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill();
      await child.exit;
    }
  });
  afterAll(cleanUp);

  const serve = (args: string[], env: Record<string, string> = {}, cwd = emptyFolder()): Child => {
    const child = start(process.execPath, [program, 'example:people', ...args], { cwd, env });
    children.push(child);
    return child;
  };
  const addressIn = async (child: Child) => /http:\S+(?=,)/.exec(await child.printed(/^people at .*$/m))?.[0] ?? '';
  const answers = async (child: Child) =>
    (await ask(new URL('/graphql', await addressIn(child)).href, '{ grades { totalCount } }')).data;

  it('finds hr-graph by an argument, by HR_GRAPH_ORIGIN, and by the PORT of npm start in the environment or .env', async () => {
    const { port } = new URL(origin);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.env'), `PORT=${port}\nHOST=127.0.0.1\n`);
    const grades = { grades: { totalCount: expect.any(Number) } };
    expect(await answers(serve([origin], { PORT: '9' }))).toEqual(grades);
    expect(await answers(serve([], { HR_GRAPH_ORIGIN: origin, PORT: '9' }))).toEqual(grades);
    expect(await answers(serve([], { PORT: port, HOST: '0.0.0.0' }))).toEqual(grades);
    expect(await answers(serve([], {}, cwd))).toEqual(grades);
  }, 60_000);

  it('serves the page on another port where its own is in use, and says where', async () => {
    const first = await addressIn(serve([origin]));
    const second = await addressIn(serve([origin]));
    expect(second).not.toBe(first);
    for (const address of [first, second]) {
      expect(await (await fetch(address)).text()).toContain('<title>People</title>');
    }
    // An address within the page is the page's own affair.
    expect(await (await fetch(new URL('people/some-id', second))).text()).toContain('<title>People</title>');
  }, 60_000);

  it('says where nothing answers yet, and serves all the same', async () => {
    const child = serve(['http://127.0.0.1:9']);
    const address = await addressIn(child);
    await expect.poll(() => child.stderr).toContain('Nothing answers at http://127.0.0.1:9 yet. Start hr-graph');
    expect((await fetch(address)).status).toBe(200);
  }, 60_000);

  it('refuses what is no address', async () => {
    const child = serve(['localhost']);
    expect(await child.exit).toBe(1);
    expect(child.stderr).toBe(
      'hr-graph example:people: expected the address of hr-graph, such as http://localhost:4000, got localhost\n',
    );
  }, 60_000);
});
