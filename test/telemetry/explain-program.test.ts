import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createUpstreamData } from '../../src/loaders/upstream-data.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { dryRunText, planOperation } from '../../src/server/explain/dry-run.ts';
import { createUpstreams } from '../../src/upstreams/upstreams.ts';
import { costCases } from '../helpers/cost-cases.ts';
import { startGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp, emptyFolder, start } from '../process/child.ts';
import { startServer } from '../process/server.ts';
import { askedOf } from './explained.ts';

afterEach(cleanUp);

const program = fileURLToPath(new URL('../../bin/hr-graph.js', import.meta.url));

/** Ends with its output, and fails where it fails. */
async function run(args: string[], env: Record<string, string> = {}): Promise<string> {
  const child = start(process.execPath, [program, 'explain', ...args], { env });
  const code = await child.exit;
  expect({ code, stderr: child.stderr }).toEqual({ code: 0, stderr: '' });
  return child.stdout;
}

function fileOf(text: string): string {
  const path = join(emptyFolder(), 'file');
  writeFileSync(path, text);
  return path;
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const ladder = 'query Ladder { grades { nodes { name } } }';
const gradePath = 'GET /organization/apigw/v2/company/{companyId}/grade';

describe('npm run explain', () => {
  it('prints what an operation asks, with a waterfall, and what it asks once more', async () => {
    const [cold, warm] = (await run([fileOf(ladder)])).split('Once more:');
    expect(cold).toMatch(new RegExp(`${gradePath.replaceAll(/[{}/]/g, '\\$&')} .*grades .*200 .*█`));
    expect(cold).toMatch(/^grades +NAVER +read /m);
    expect(warm).toMatch(/no upstream request/);
    expect(warm).toMatch(/^grades +NAVER +fresh /m);
  });

  it('asks a running server, with the credential of the environment', async () => {
    const server = startServer();
    const url = await server.url();
    const text = await run([fileOf(ladder)], { HR_GRAPH_URL: url, HR_GRAPH_TOKEN: 'of-anybody' });
    expect(text).toContain(gradePath);
    expect(text).not.toContain('Once more');
  });

  it('takes variables, and with --dry asks nothing', async () => {
    const variables = fileOf(JSON.stringify({ email: 'mina.han@hanbit-marine.example' }));
    const text = await run([fileOf(operation('q03-person')), '--variables', variables, '--dry']);
    expect(text).toMatch(/^grades +NAVER .*when first needed +waited for$/m);
    expect(text).not.toContain('@');
  });

  it('carries a mutation through once, and with --dry not at all', async () => {
    const mutation = fileOf(
      'mutation Add { createGrade(input: { externalKey: "G-77", name: "Rigger", sortOrder: 9 }) { __typename } }',
    );
    const told = await run([mutation]);
    expect(told.match(/POST .*grade\/\{externalKey\} +operation +1 +201/g)).toHaveLength(1);
    expect(told).not.toContain('Once more');
    expect(/waiting for upstreams ([\d.]+)/.exec(told)?.[1]).not.toBe('0');
    expect(await run([mutation, '--dry'])).toContain(
      'the mutation itself, to check, write and read back: at most 3 requests',
    );
  });

  it('takes one of several operations by its name', async () => {
    const file = fileOf(`${ladder} query Places { positions { totalCount } }`);
    expect(await run([file, '--operation', 'Places', '--dry'])).toMatch(/^positions .*waited for$/m);
    expect(await run([file, '--operation', 'Places'])).toMatch(/^positions +NAVER +read /m);
  });

  it.each([
    [
      'several operations without a name',
      [],
      `${ladder} query Places { positions { totalCount } }`,
      /or the name of one/,
    ],
    ['a name that no operation has', ['--operation', 'Places'], ladder, /no operation Places/],
    ['no file', [], null, /expected one file/],
    ['a file that is not there', ['not-there.graphql'], null, /ENOENT/],
    ['a damaged document', ['--dry'], '{ grades {', /Syntax Error/],
    ['an unknown field', ['--dry'], '{ nonsense }', /Cannot query field/],
    ['an unknown field, asked for', [], '{ nonsense }', /Cannot query field/],
  ] as [string, string[], string | null, RegExp][])('ends with one line for %s', async (_, args, text, reason) => {
    const files = text === null ? [] : [fileOf(text)];
    const child = start(process.execPath, [program, 'explain', ...files, ...args]);
    expect(await child.exit).toBe(1);
    expect(child.stderr).toMatch(reason);
    expect(child.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('ends with one line for variables that are none, and where no server answers', async () => {
    const told = async (args: string[], env: Record<string, string> = {}) => {
      const child = start(process.execPath, [program, 'explain', fileOf(ladder), ...args], { env });
      expect(await child.exit).toBe(1);
      return child.stderr;
    };
    expect(await told(['--variables', fileOf('[1')])).toMatch(/: expected variables as one JSON object\n$/);
    const HR_GRAPH_URL = `http://127.0.0.1:${await unusedPort()}/graphql`;
    expect(await told([], { HR_GRAPH_URL })).toMatch(
      /explained: http:\/\/127\.0\.0\.1:\d+ does not answer: ECONNREFUSED\n$/,
    );
  });
});

describe('a dry run', () => {
  it.each(costCases)('names what a fresh process asks, and asks nothing: $name', async ({ name, variables }) => {
    const graph = await startGraph();
    const query = operation(name);
    const asked = { query, variables: variables?.(graph.company) ?? {} };
    await graph.query(query, asked.variables);
    const lines = new Set(askedOf(graph.sandbox).map(({ method, path }) => `${method} ${path}`));
    await graph.stop();

    const sandbox = await startSandbox();
    const { upstreams: settings, network, identity, subgraph } = readConfig(sandbox.env);
    const upstreams = createUpstreams(settings, network);
    const planned = planOperation(asked, createUpstreamData({ upstreams, identity, freshSeconds: 15 }), subgraph);
    await upstreams.close();
    const told = planned.reads.flatMap(({ asks }) =>
      asks === null ? [] : [`${asks.method} ${asks.path}`, asks.before ?? ''],
    );
    expect(new Set(told.filter((it) => it !== ''))).toEqual(lines);
    expect(dryRunText(planned)).toContain('before: LUCCA POST /connect/token');
    expect(askedOf(sandbox)).toEqual([]);
    await sandbox.close();
  });
});
