import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, start } from '../process/child.ts';
import { checkTypes, installClient } from './installed.ts';

const project = join(import.meta.dirname, '../..');
const page = readFileSync(join(project, 'docs/front-end.md'), 'utf8');
const snippets = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

let folder: string;
let graph: TestGraph;
beforeAll(async () => {
  folder = installClient();
  graph = await startGraph();
}, 60_000);
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const installed = () => join(folder, 'node_modules/hr-graph');

/** The members of the unions are told apart, and none is forgotten. */
const consumer = `
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { createHrGraphClient, type EmployeeStatus, type GraphError, graphErrorsOf } from 'hr-graph/client';

const hrGraph = createHrGraphClient({ url: process.argv[2] ?? '' });
declare const process: { argv: string[] };

const page = await hrGraph.directoryPage({ first: 2 });
const statuses: (EmployeeStatus | null)[] = page.data.employees?.nodes.map((it) => it.status) ?? [];
// @ts-expect-error The operation does not ask for it.
page.data.employees?.nodes[0]?.hiredOn;
// @ts-expect-error There is no such variable.
void (() => hrGraph.directoryPage({ frist: 2 }));

const { data } = await hrGraph.createGrade({ input: { externalKey: 'PACKED', name: 'Packed', sortOrder: 3 } });
console.log(statuses.length, outcomeOf(data.createGrade), graphErrorsOf(page).map(adviceOn).join());

const GradeNames: TypedDocumentNode<{ grades: { nodes: { name: string }[] } | null }, { first?: number | null }> = parse(
  'query GradeNames($first: Int) { grades(first: $first) { nodes { name } } }',
);
const own = await hrGraph.request(GradeNames, { first: 3 }, { timeoutMs: 30_000 });
const names: string[] = own.data.grades?.nodes.map((it) => it.name) ?? [];
console.log(names.length, (await hrGraph.request(GradeNames)).status);
// @ts-expect-error There is no such variable.
void (() => hrGraph.request(GradeNames, { last: 3 }));
// @ts-expect-error The document does not ask for it.
own.data.positions;

type Result = typeof data.createGrade;
function outcomeOf(result: Result): string {
  switch (result.__typename) {
    case 'CreateGradeSuccess': return result.grade.name;
    case 'AlreadyExistsError': return result.field;
    case 'InvalidInputError': return result.fields.map((it) => it.path.join('.')).join();
    case 'UpstreamUnavailableError': return String(result.retryAfterSeconds);
    case 'ForbiddenError':
    case 'UpstreamRejectedError': return result.message;
    default: return result satisfies never;
  }
}

function adviceOn(error: GraphError): string {
  switch (error.code) {
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE': return error.upstream + ' does not answer';
    case 'RATE_LIMITED': return 'wait ' + error.retryAfterSeconds;
    default: return error.message;
  }
}
`;

describe('the package that front ends install', () => {
  it('brings the client and its two dependencies, and nothing of the server', () => {
    expect(
      readdirSync(join(folder, 'node_modules'))
        .filter((it) => !it.startsWith('.'))
        .sort(),
    ).toEqual(['@graphql-typed-document-node', 'graphql', 'graphql-request', 'hr-graph']);
    expect(readdirSync(installed()).sort()).toEqual([
      'LICENSE',
      'README.md',
      'client',
      'package.json',
      'schema.graphql',
    ]);
  });

  it('has this project’s version, and the versions of its dependencies', () => {
    const shape = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });
    const [ours, theirs] = [project, installed()].map((it) =>
      shape.parse(JSON.parse(readFileSync(join(it, 'package.json'), 'utf8'))),
    );
    expect(theirs?.version).toBe(ours?.version);
    expect(ours?.dependencies).toMatchObject(theirs?.dependencies ?? {});
  });

  it('is typed down to the members of unions, and works', async () => {
    write('consumer.ts', consumer);
    checkTypes(folder, 'consumer.ts');
    const child = start(process.execPath, [join(folder, 'consumer.ts'), graph.url]);
    expect(await child.exit, child.stderr).toBe(0);
    expect(child.stdout).toBe('2 Packed \n3 200\n');
  }, 60_000);

  it('goes into a bundle for browsers, without anything of Node', async () => {
    write(
      'page.ts',
      "import { createHrGraphClient } from 'hr-graph/client';\ndocument.title = typeof createHrGraphClient;\n",
    );
    const warnings: string[] = [];
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        rollupOptions: { input: join(folder, 'page.ts'), onwarn: ({ message }) => void warnings.push(message) },
      },
    });
    const { output } = z
      .object({ output: z.array(z.object({ code: z.string(), imports: z.array(z.string()) })) })
      .parse(result);
    // graphql-request's own.
    expect(warnings.filter((it) => !it.startsWith('Circular dependency'))).toEqual([]);
    expect(output.flatMap((it) => it.imports)).toEqual([]);
    expect(output.map((it) => it.code).join()).not.toMatch(/node:|require\(|process\.(?!env)/);
  }, 60_000);

  it.each(snippets)('runs what the documents show: %s', async (text) => {
    write('snippet.ts', text.replace('http://localhost:4000/graphql', graph.url));
    const child = start(process.execPath, [join(folder, 'snippet.ts')]);
    expect(await child.exit, child.stderr).toBe(0);
    expect(child.stdout).not.toBe('');
  });

  it('is in the documents', () => {
    expect(snippets.length).toBeGreaterThan(0);
  });
});
