import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder } from '../process/child.ts';

const project = join(import.meta.dirname, '../..');
const sdl = readFileSync(join(project, 'schema/schema.graphql'), 'utf8');
afterAll(cleanUp);

/** Each field that is a connection, such as `['Grade', 'employees']`. */
const built = buildSchema(sdl);
const connections = Object.values(built.getTypeMap()).flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
        .map((field) => [type.name, field.name, getNamedType(field.type).name.replace(/Connection$/, '')] as const)
    : [],
);

/** What is found by comparing people has none. */
function hasId(name: string): boolean {
  const type = built.getType(name);
  return isObjectType(type) && type.getFields().id !== undefined;
}

/** What a component of a page says of its list: Relay asks for its next page, and for all of it anew. */
const fragmentOn = ([type, field, row]: readonly [string, string, string]): string => {
  const name = `lists_${type}_${field}`;
  return `graphql\`
  fragment ${name} on ${type}
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "${name}_Query") {
    ${field}(first: $first, after: $after) @connection(key: "${name}_${field}") {
      edges { node { __typename${hasId(row) ? ' id' : ''} } }
      totalCount
    }
  }
\`;`;
};

/** Relay's compiler over a front end of one file. */
function compile(schema: string): { status: number | null; output: string; artifacts: string[] } {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'schema.graphql'), schema);
  writeFileSync(
    join(folder, 'src/lists.ts'),
    `import { graphql } from 'relay-runtime';\n${connections.map(fragmentOn).join('\n')}\n`,
  );
  const customScalarTypes = { Date: 'string', DateTime: 'string', EmailAddress: 'string', Locale: 'string' };
  const config = { src: './src', schema: './schema.graphql', language: 'typescript', customScalarTypes };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  const cli = join(project, 'node_modules/relay-compiler/cli.js');
  const run = spawnSync(process.execPath, [cli, 'relay.config.json'], { cwd: folder, encoding: 'utf8' });
  const artifacts = run.status === 0 ? readdirSync(join(folder, 'src/__generated__')) : [];
  return { status: run.status, output: run.stdout + run.stderr, artifacts };
}

describe('Relay’s compiler', () => {
  it('takes a refetchable fragment on every connection', () => {
    expect(connections.length).toBeGreaterThan(10);
    const { status, output, artifacts } = compile(sdl);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    const names = connections.map(([type, field]) => `lists_${type}_${field}`);
    const expected = names.flatMap((it) => [`${it}.graphql.ts`, `${it}_Query.graphql.ts`]);
    expect(artifacts.toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    [
      'a type with lists cannot be fetched by its id',
      'type Grade implements Node',
      'type Grade',
      'lists_Grade_employees',
    ],
    ['a list cannot be paged', '  endCursor: String', '  lastCursor: String', 'endCursor'],
  ])('would not where %s', (_, from, to, named) => {
    expect(sdl).toContain(from);
    const { status, output } = compile(sdl.replace(from, to));
    expect(status).not.toBe(0);
    expect(output).toContain(named);
  });
});
