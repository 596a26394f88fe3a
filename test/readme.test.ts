import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scopes, writeScopes } from '../src/domain/scopes.ts';
import { readMappingFile } from '../src/identity/mapping-file.ts';
import { type CostCase, costCases } from './helpers/cost-cases.ts';
import { startGraph } from './helpers/graph.ts';
import { operation } from './helpers/operation.ts';
import { type Child, cleanUp, emptyFolder, start } from './process/child.ts';
import { ask, type Server, startServer } from './process/server.ts';
import { types } from './security/rights-table.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');

/** The README's fenced blocks of one language, without the indentation of a list. */
function blocks(language: string): string[] {
  const fences = readme.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'));
  return [...fences].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

const section = (title: string): string => {
  const [, text] = readme.split(new RegExp(`^##+ ${title}$`, 'm'));
  return z.string().parse(text?.split(/^## /m)[0]);
};

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
const blank = Object.fromEntries(
  Object.keys(parseEnv(read('.env.example').replaceAll(/^# (?=[A-Z_]+=)/gm, ''))).map((it) => [it, '']),
);
const inProject = (line: string, env: Record<string, string> = {}): Child =>
  start('sh', ['-c', line], {
    cwd: root,
    env: { HOME: emptyFolder(), ...blank, PORT: '0', SHUTDOWN_DELAY_SECONDS: '0', ...env },
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
    expect(await (await fetch(page)).text()).toContain('<h1>People</h1>');
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
  'cp .env.example .env': async () => {
    const cwd = emptyFolder();
    expect(await start('sh', ['-c', `cp ${root}/.env.example .env`], { cwd }).exit).toBe(0);
    expect(await startServer({ cwd }).url()).toMatch(/^http/);
  },
};

describe('the README’s commands', () => {
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

describe('the README’s GraphQL', () => {
  it.each(blocks('graphql').map((text) => [text.split('{')[0]?.trim(), text]))(
    'answers without errors: %s',
    async (_, text) => {
      const { data, errors } = await ask(url, text);
      expect(errors).toEqual([]);
      expect(Object.values(data ?? {}).filter((it) => it === null || it === undefined)).toEqual([]);
      expect(JSON.stringify(data)).not.toContain('Error');
    },
  );
});

describe('the README’s mapping files', () => {
  it.each([...blocks('csv'), ...blocks('json')])('can be read: %s', (text) => {
    const file = join(emptyFolder(), 'mapping');
    writeFileSync(file, text);
    expect(readMappingFile(file)).toBeDefined();
  });
});

describe('the README’s tables', () => {
  const quoted = (text: string) => [...text.matchAll(/`([^`\s]+)`/g)].map(([, it = '']) => it);
  const firstCells = (text: string) => [...text.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => quoted(cell));

  it('name every variable of .env.example and no other', () => {
    expect(firstCells(section('Connecting your accounts')).sort()).toEqual(Object.keys(blank).sort());
  });

  it('name every error code', () => {
    const codes = [...read('src/errors.ts').matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(firstCells(section('Paging, languages, errors')).sort()).toEqual(codes.sort());
  });

  it('name every scope, and what it opens', () => {
    const rows = [...section('Callers').matchAll(/^\| `([\w.-]+)` \| (.+) \|$/gm)];
    const opened = Object.fromEntries(rows.map(([, scope = '', opens = '']) => [scope, quoted(opens)]));
    expect(Object.keys(opened).sort()).toEqual([...scopes].sort());
    const forGateways = /^(nodes?|_.*|.*ById|.*By(Email|Key))$/;
    const queries = Object.entries(types.Query?.fields ?? {}).filter(([name]) => !forGateways.test(name));
    for (const [name, takes] of queries) {
      const openers = Object.keys(opened).filter((scope) => opened[scope]?.includes(name));
      expect(openers, name).toEqual(takes);
    }
    const mutations = Object.keys(buildSchema(read('schema/schema.graphql')).getMutationType()?.getFields() ?? {});
    expect(writeScopes.flatMap((scope) => opened[scope] ?? []).sort()).toEqual(mutations.sort());
  });

  it('give a reason for every dependency', () => {
    const names = z.record(z.string(), z.string());
    const manifest = z
      .object({ dependencies: names, devDependencies: names, optionalDependencies: names })
      .parse(JSON.parse(read('package.json')));
    const reasons = firstCells(section('Dependencies'));
    const isMeant = (name: string) =>
      reasons.some((it) => it === name || (it.endsWith('*') && name.startsWith(it.slice(0, -1))));
    const all = Object.values(manifest).flatMap((it) => Object.keys(it));
    expect(all.filter((it) => !isMeant(it))).toEqual([]);
    expect(reasons.filter((it) => !it.endsWith('*') && !all.includes(it))).toEqual([]);
  });
});

describe('the README’s costs', () => {
  const rows = [...section('What queries cost').matchAll(/^\| `(q[\w-]+)`.*?\| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(
    ([, name = '', ...requests]) => ({ name, requests: requests.map(Number) }),
  );

  it('have a row for each operation', () => {
    const files = readdirSync(join(root, 'test/helpers/queries')).map((it) => it.replace('.graphql', ''));
    expect(rows.map((it) => it.name)).toEqual(files.sort());
    expect(costCases.map((it) => it.name)).toEqual(files.sort());
  });

  async function costOf(cases: readonly CostCase[]): Promise<number[]> {
    const graph = await startGraph();
    try {
      for (const { name, variables } of cases) {
        const { data, errors } = await graph.query(operation(name), variables?.(graph.company));
        expect(Object.values(z.record(z.string(), z.unknown()).parse(data))).not.toContain(null);
        // Two of the sandbox's people share an address, which a list of everybody tells.
        expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
      }
      const { LUCCA, CTRL_HUB, NAVER } = graph.requests();
      return [LUCCA.length, CTRL_HUB.length, NAVER.length];
    } finally {
      await graph.stop();
    }
  }

  it.each(rows)('are what is asked of the upstreams: $name', async ({ name, requests }) => {
    expect(await costOf(costCases.filter((it) => it.name === name))).toEqual(requests);
  });

  it('are the same 13 for all operations together', async () => {
    const [, ...together] = /^\| all of these .*?\| (\d+) \| (\d+) \| (\d+) \|$/m.exec(readme) ?? [];
    const cost = await costOf(costCases);
    expect(cost).toEqual(together.map(Number));
    expect(readme).toContain(`a company of 200 costs ${cost.reduce((sum, it) => sum + it)} requests`);
  });
});

describe('the README', () => {
  it('names files and folders that exist', () => {
    const paths = [...(readme + read('CONTRIBUTING.md')).matchAll(/`((?:src|schema|resolvers|test)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((it) => !existsSync(join(root, it)))).toEqual([]);
  });

  it('leads to its own headings', () => {
    const anchors = [...readme.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...readme.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((it) => !anchors.includes(it ?? ''))).toEqual([]);
  });
});
