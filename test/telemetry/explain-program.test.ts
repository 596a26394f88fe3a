import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createUpstreamData } from '../../src/loaders/upstream-data.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { dryRunText, plannedReads } from '../../src/server/explain/dry-run.ts';
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
    expect(await run([fileOf(ladder), '--url', url], { EXPLAIN_AUTHORIZATION: 'Bearer of-anybody' })).toContain(
      gradePath,
    );
  });

  it('takes variables, and with --dry asks nothing', async () => {
    const variables = fileOf(JSON.stringify({ email: 'mina.han@hanbit-marine.example' }));
    const text = await run([fileOf(operation('q03-person')), '--variables', variables, '--dry']);
    expect(text).toMatch(/^grades +NAVER .*when first needed +waited for$/m);
    expect(text).not.toContain('@');
  });

  it.each([
    ['no file', [], null, /expected one file/],
    ['a file that is not there', ['not-there.graphql'], null, /ENOENT/],
    ['a damaged document', ['--dry'], '{ grades {', /Syntax Error/],
    ['an unknown field', ['--dry'], '{ nonsense }', /Cannot query field/],
    ['an unknown field, asked for', [], '{ nonsense }', /Cannot query field/],
  ])('ends with one line for %s', async (_, args, text, reason) => {
    const files = text === null ? [] : [fileOf(text)];
    const child = start(process.execPath, [program, 'explain', ...files, ...args]);
    expect(await child.exit).toBe(1);
    expect(child.stderr).toMatch(reason);
    expect(child.stderr.trim().split('\n')).toHaveLength(1);
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
    const reads = plannedReads(asked, createUpstreamData({ upstreams, identity, freshSeconds: 15 }), subgraph);
    await upstreams.close();
    const told = reads.flatMap(({ asks }) => (asks === null ? [] : [`${asks.method} ${asks.path}`, asks.before ?? '']));
    expect(new Set(told.filter((it) => it !== ''))).toEqual(lines);
    expect(dryRunText(reads)).toContain('before: LUCCA POST /connect/token');
    expect(askedOf(sandbox)).toEqual([]);
    await sandbox.close();
  });
});
