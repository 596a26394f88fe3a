import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cleanUp, start } from '../process/child.ts';
import { ask } from '../process/server.ts';
import { entityRecipe } from './entity.ts';
import { fieldRecipe } from './field.ts';
import type { Edit } from './recipe.ts';
import { createScratchCopy, type ScratchCopy } from './scratch-copy.ts';

// The recipes of CONTRIBUTING.md, followed in a copy of the project.

let copy: ScratchCopy;
beforeAll(async () => {
  copy = await createScratchCopy();
  await copy.follow(fieldRecipe);
  await copy.follow(entityRecipe);
});
afterAll(async () => {
  await cleanUp();
  await copy.remove();
});

const filesOf = (edits: readonly Edit[]): string[] => [...new Set(edits.map(({ file }) => file))].sort();

/** The type checker reads the whole program. */
const patienceMs = 180_000;

describe('the recipes', () => {
  it('take four files for a field', () => {
    expect(filesOf(fieldRecipe.edits)).toHaveLength(4);
    expect(fieldRecipe.edits).toHaveLength(4);
  });

  it('take at most eight edits outside its own files for an entity', () => {
    expect(entityRecipe.edits.length).toBeLessThanOrEqual(8);
    expect(filesOf(entityRecipe.edits)).toEqual([
      'resolvers/entity-types.ts',
      'schema/schema.ts',
      'src/domain/node-id.ts',
      'src/domain/scopes.ts',
      'src/loaders/list-names.ts',
      'src/upstreams/lucca/client.ts',
    ]);
  });

  it('name each of these files', async () => {
    const text = await readFile(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
    const written = (file: string) => {
      if (file.startsWith('src/upstreams/')) return basename(file);
      return file === 'src/domain/organisation.ts' ? 'src/domain/' : file.replace('organisation', '<entity>');
    };
    const files = filesOf([...fieldRecipe.edits, ...entityRecipe.edits]);
    expect(files.filter((file) => !text.includes(`\`${written(file)}\``))).toEqual([]);
  });

  it(
    'pass the type checker and the import rules',
    () => {
      copy.run('node_modules/typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.product.json');
      const rules = ['--config', 'test/architecture/rules.cjs', 'src', 'schema', 'resolvers', 'codegen.ts'];
      expect(copy.run('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...rules)).toContain(
        'no dependency',
      );
    },
    patienceMs,
  );

  it('leave nothing to be edited by hand that is generated', () => {
    copy.run('codegen.ts');
    expect(copy.run('codegen.ts', '--check')).toBe('');
  });
});

describe('a server after the recipes', () => {
  let url: string;
  beforeAll(async () => {
    const server = start(process.execPath, [join(copy.root, 'src/server/main.js')], { env: { PORT: '0' } });
    url = await server.printed(/http:\/\/\S+\/graphql/);
  });

  const department = z.object({ id: z.string(), name: z.string() });

  it('shows the new field', async () => {
    const answer = await ask(url, '{ jobRoles(first: 100) { nodes { organisation { description } } } }');
    expect(answer.errors).toEqual([]);
    expect(JSON.stringify(answer.data)).toMatch(/"description":"[^"]/);
  });

  it('lists the new entity, and finds it by its id in every way', async () => {
    const { data, errors } = await ask(url, '{ departments { nodes { id name parent { name } } totalCount } }');
    expect(errors).toEqual([]);
    const listed = z.object({ nodes: z.array(department), totalCount: z.int() }).parse(data?.departments);
    expect(listed.totalCount).toBeGreaterThan(1);
    const [first] = listed.nodes;
    const found = await ask(
      url,
      `query ($id: ID!) {
        node(id: $id) { id ... on Department { name } }
        departmentsById(ids: [$id]) { id name }
        _entities(representations: [{ __typename: "Department", id: $id }]) { ... on Department { id name } }
        _service { sdl }
      }`,
      { id: first?.id },
    );
    expect(found.errors).toEqual([]);
    expect(found.data).toMatchObject({ departmentsById: [first], node: first, _entities: [first] });
    expect(JSON.stringify(found.data?._service)).toContain('type Department implements Node @key(fields: \\"id\\")');
  });
});
