import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scalars } from '../../src/client/generated/scalars.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, start } from '../process/child.ts';
import { checkTypes, installClient, run } from './installed.ts';

const project = join(import.meta.dirname, '../..');
const modules = join(project, 'node_modules');
const readme = readFileSync(join(project, 'src/client/README.md'), 'utf8');

/** The README's block of this name. */
function recipe(name: string): string {
  const [, text] = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme) ?? [];
  return z.string().parse(text);
}

const codegen = ['@graphql-codegen/cli', '@graphql-codegen/client-preset'];

let folder: string;
let graph: TestGraph;
beforeAll(async () => {
  folder = installClient();
  for (const name of ['@apollo/client', '@urql/core', '@urql/exchange-graphcache', ...codegen]) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  }
  mkdirSync(join(folder, 'src'));
  graph = await startGraph();
}, 120_000);
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});

const write = (file: string, text: string) =>
  writeFileSync(join(folder, file), text.replaceAll('http://localhost:4000/graphql', graph.url));

async function printedBy(file: string, ...args: string[]): Promise<string> {
  const child = start(process.execPath, [join(folder, file), ...args]);
  expect(await child.exit, child.stderr).toBe(0);
  return child.stdout;
}

describe('the recipe for', () => {
  it('Apollo Client passes the compiler, and adds pages', async () => {
    write('apollo.ts', recipe('apollo'));
    const page = `
import { gql, type TypedDocumentNode } from '@apollo/client';
import { client } from './apollo.js';
type People = { employees: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } } | null };
const query: TypedDocumentNode<People, { after?: string | null }> = gql\`
  query ($after: String) { employees(first: 5, after: $after) { nodes { id } pageInfo { endCursor } } }\`;
const list = client.watchQuery({ query });
const { data } = await client.query({ query });
await list.fetchMore({ variables: { after: data?.employees?.pageInfo.endCursor ?? null } });
console.log(client.readQuery({ query })?.employees?.nodes.length);
`;
    write('page.ts', page);
    // Apollo's own declarations do not pass everywhere.
    checkTypes(folder, 'page.ts', { skipLibCheck: true });
    write('page.ts', page.replace('./apollo.js', './apollo.ts'));
    expect(await printedBy('page.ts')).toBe('10\n');
  }, 120_000);

  it('urql passes the compiler, and adds pages', async () => {
    write(
      'urql.ts',
      `${recipe('urql')}
import { gql } from '@urql/core';
type People = { employees: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } } | null };
const query = gql<People, { after?: string | null }>\`
  query ($after: String) { employees(first: 5, after: $after) { nodes { id } pageInfo { endCursor } } }\`;
const { data } = await client.query(query, {});
await client.query(query, { after: data?.employees?.pageInfo.endCursor ?? null });
console.log(client.readQuery(query, {})?.data?.employees?.nodes.length);
`,
    );
    checkTypes(folder, 'urql.ts');
    expect(await printedBy('urql.ts')).toBe('10\n');
  }, 120_000);

  it('Relay names the scalars as they are', () => {
    expect(JSON.parse(recipe('relay'))).toMatchObject({
      schema: './node_modules/hr-graph/schema.graphql',
      customScalarTypes: scalars,
    });
  });

  it('GraphQL Code Generator types documents down to their scalars, and gives them ids that the server takes', async () => {
    write('codegen.ts', recipe('codegen'));
    write(
      'src/hires.ts',
      `
import { createHrGraphClient } from 'hr-graph/client';
import { graphql } from './gql/gql';

declare const process: { argv: string[] };
const hires = graphql(\`
  query Hires($first: Int, $from: Date) {
    employees(first: $first, filter: { hiredFrom: $from }) { nodes { id hiredOn email status } }
  }\`);
const { request } = createHrGraphClient({ url: process.argv[2] ?? '' });
const { data } = await request(hires, { first: 3, from: '2001-01-01' });
const people = data.employees?.nodes ?? [];
const days: (string | null | undefined)[] = people.map((it) => it.hiredOn);
// @ts-expect-error A day is a text.
const wrong: (number | null | undefined)[] = people.map((it) => it.hiredOn);
// @ts-expect-error So is the variable.
void (() => request(hires, { from: 2001 }));
console.log(days.length, people.every((it) => it.status !== undefined), wrong.length);
`,
    );
    run(folder, process.execPath, join(modules, '@graphql-codegen/cli/cjs/bin.js'), '--config', 'codegen.ts');
    checkTypes(folder, 'src/hires.ts', { module: 'esnext', moduleResolution: 'bundler' });
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { ssr: join(folder, 'src/hires.ts'), outDir: 'built', target: 'esnext' },
    });
    await graph.restartGraph({
      PERSISTED_OPERATIONS: 'only',
      PERSISTED_OPERATIONS_FILE: join(folder, 'src/gql/persisted-documents.json'),
    });
    expect(await printedBy('built/hires.js', graph.url)).toBe('3 true 3\n');
  }, 120_000);
});
