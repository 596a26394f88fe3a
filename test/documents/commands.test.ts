import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Child, cleanUp, emptyFolder, start } from '../process/child.ts';
import { ask, type Server, startServer } from '../process/server.ts';
import { blocks, read, root } from './pages.ts';
import { blankSettings } from './settings.ts';

/** One a line: those that go on behind a backslash are joined, comments are left out. */
const commands = blocks('sh').flatMap((text) =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/ +#.*$/, '').trim())
    .filter((line) => line !== ''),
);

let server: Server;
let url: string;
beforeAll(async () => {
  server = startServer();
  url = await server.url();
});
afterAll(cleanUp);

/** In the project, with the emulators and a free port whatever the developer's .env says. */
const inProject = (line: string, env: Record<string, string> = {}): Child =>
  start('sh', ['-c', line], {
    cwd: root,
    env: { HOME: emptyFolder(), ...blankSettings, PORT: '0', SHUTDOWN_DELAY_SECONDS: '0', ...env },
  });

async function startsAServer(line: string, env: Record<string, string> = {}): Promise<void> {
  const child = inProject(`exec ${line}`, env);
  const { errors } = await ask(await child.printed(/http:\/\/\S+\/graphql/), '{ employees { totalCount } }');
  expect(errors).toEqual([]);
  child.kill();
  // npm itself ends by the signal, and what it has started ends as it should.
  expect(await child.exit).toBe(line.startsWith('npm ') ? null : 0);
  expect(child.stderr).toContain('"msg":"stopping');
}

/** How each command is known to work: by running it here, or by what is named. */
const proofs: Record<string, (() => Promise<void>) | string> = {
  'npm ci && npm start': () => startsAServer('npm start'),
  'npm ci && npm test': '.ci/run',
  'npm ci --omit=dev --omit=optional': 'test/architecture/rules.cjs',
  'node bin/hr-graph.js start': () => startsAServer('node bin/hr-graph.js start'),
  'npm run codegen': 'test/generated.test.ts',
  'npm run build:client && npm pack ./dist': 'test/client/package.test.ts',
  'npm run example': async () => {
    const child = inProject(`npm run example -- ${url}`);
    expect(await child.exit).toBe(0);
    expect(child.stdout).toMatch(/^10 of \d+ people$/m);
  },
  'npm run example:people': async () => {
    const child = inProject('exec npm run example:people', { HR_GRAPH_ORIGIN: new URL(url).origin });
    const page = await child.printed(/http:\/\/localhost:\d+\//);
    expect(await (await fetch(page)).text()).toContain('<title>People</title>');
    expect((await ask(new URL('/graphql', page).href, '{ grades { totalCount } }')).errors).toEqual([]);
    child.kill();
    await child.exit;
  },
  'npm run --silent sandbox': async () => {
    const child = inProject('exec npm run --silent sandbox');
    await child.printed(/^NAVER_SECRET_KEY=.+\n/m);
    const env = z.record(z.string(), z.string()).parse(parseEnv(child.stdout));
    await startsAServer('npm start', env);
    child.kill();
    await child.exit;
    await expect(fetch(env.NAVER_BASE_URL ?? '')).rejects.toThrow('fetch failed');
  },
  'npm start -- --fail=naver --slow=lucca=5s': 'test/process/trouble.test.ts',
  'export HR_GRAPH_URL=https://hr-graph.example/graphql': 'test/across/steward.test.ts',
  'export HR_GRAPH_TOKEN=hrg_…': 'test/across/steward.test.ts',
  'node bin/hr-graph.js report:unlinked > unlinked.csv': 'test/across/steward.test.ts',
  'node bin/hr-graph.js mapping:suggest > suggestions.csv': 'test/across/steward.test.ts',
  'node bin/hr-graph.js mapping:check mapping.csv': 'test/across/steward.test.ts',
  'npm run doctor': 'test/doctor/program.test.ts',
  'cp .env.example .env': async () => {
    const cwd = emptyFolder();
    expect(await start('sh', ['-c', `cp ${root}/.env.example .env`], { cwd }).exit).toBe(0);
    expect(await startServer({ cwd }).url()).toMatch(/^http/);
  },
};

describe('the documents’ commands', () => {
  it('are all proven, and nothing else is', () => {
    expect(commands.filter((it) => !it.startsWith('curl ')).sort()).toEqual(Object.keys(proofs).sort());
  });

  it.each(
    Object.entries(proofs).flatMap(([line, proof]) => (typeof proof === 'string' ? [] : [[line, proof] as const])),
  )('work: %s', async (_, proof) => proof(), 60_000);

  it('that are proven elsewhere name a place that exists', () => {
    for (const proof of Object.values(proofs))
      if (typeof proof === 'string') expect(existsSync(join(root, proof)), proof).toBe(true);
    // The first thing that it does is npm test.
    expect(read('.ci/run')).toMatch(/^npm ci && npm run test:all$/m);
    expect(JSON.parse(read('package.json')).scripts['test:all']).toMatch(/^npm test && /);
  });

  const requests = commands.filter((it) => it.startsWith('curl '));
  it.each(requests)('answer: %s', async (line) => {
    const child = inProject(line.replaceAll('http://localhost:4000/graphql', url));
    expect(await child.exit).toBe(0);
    const answer = z.looseObject({ data: z.looseObject({}) }).parse(JSON.parse(child.stdout));
    expect(answer).not.toHaveProperty('errors');
    expect(JSON.stringify(answer.data)).toContain('displayName');
  });
});
