import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { cleanUp, start } from '../process/child.ts';
import { ask } from '../process/server.ts';
import { entityRecipe } from './entity.ts';
import { fieldRecipe } from './field.ts';
import { type Payroll, startPayroll } from './payroll.ts';
import type { Edit } from './recipe.ts';
import { createScratchCopy, type ScratchCopy } from './scratch-copy.ts';
import { upstreamRecipe } from './upstream.ts';

// The recipes of CONTRIBUTING.md, followed in a copy of the project.

/** The type checker reads the whole program. */
const patienceMs = 180_000;

let copy: ScratchCopy;
beforeAll(async () => {
  copy = await createScratchCopy();
  await copy.follow(fieldRecipe);
  await copy.follow(entityRecipe);
  await copy.follow(upstreamRecipe);
  copy.run('codegen.ts');
}, patienceMs);
afterAll(() => copy.remove());

const filesOf = (edits: readonly Edit[]): string[] => [...new Set(edits.map(({ file }) => file))].sort();

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

  it('take edits of six files beside its folder for an upstream that bears people', () => {
    expect(filesOf(upstreamRecipe.edits)).toEqual([
      'src/config/upstream-settings.ts',
      'src/domain/employee.ts',
      'src/domain/upstream.ts',
      'src/loaders/list-names.ts',
      'src/loaders/people-sources.ts',
      'src/upstreams/upstreams.ts',
    ]);
  });

  it('name each of these files', async () => {
    const text = await readFile(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
    const written = (file: string) => {
      if (file.startsWith('src/upstreams/') && file !== 'src/upstreams/upstreams.ts') return basename(file);
      return file === 'src/domain/organisation.ts' ? 'src/domain/' : file.replace('organisation', '<entity>');
    };
    const files = filesOf([fieldRecipe, entityRecipe, upstreamRecipe].flatMap(({ edits }) => edits));
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
    expect(copy.run('codegen.ts', '--check')).toBe('');
  });
});

describe('a new field', () => {
  it('keeps lists of earlier releases, which lack it, from being used', async () => {
    const file = 'src/loaders/generated/stored-shapes.ts';
    const shapes = async (root: string) => {
      const { listShapes } = await import(join(root, file));
      return z.record(z.string(), z.string()).parse(listShapes);
    };
    const [before, after] = await Promise.all([shapes(join(import.meta.dirname, '../..')), shapes(copy.root)]);
    // The field of the recipe belongs to the organisations, which come with assignments.
    expect(after.assignments).not.toBe(before.assignments);
    expect(after).toMatchObject({ employees: before.employees, grades: before.grades });
  });
});

describe('a server after the recipes', () => {
  let payroll: Payroll;
  let url: string;
  beforeAll(async () => {
    payroll = await startPayroll([
      { payrollId: '9100001', email: SHOWCASE_EMAIL.toUpperCase(), name: 'Mina Han' },
      { payrollId: '9100002', email: null, name: 'Inês Duarte' },
    ]);
    const startHere = (file: string, env = {}) => start(process.execPath, [join(copy.root, file)], { env });
    const emulators = await startHere('test/process/emulators-main.ts').printed(/^\{.*\}$/m);
    const env = { ...variables.parse(JSON.parse(emulators)), PORT: '0', PAYROLL_BASE_URL: payroll.url };
    url = await startHere('src/server/main.js', env).printed(/http:\/\/\S+\/graphql/);
  });
  afterAll(async () => {
    await cleanUp();
    await payroll.close();
  });

  const variables = z.record(z.string(), z.string());
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

  it('links the people of the new upstream, and names those whom it alone knows', async () => {
    const known = await ask(
      url,
      'query ($email: EmailAddress!) { employee(by: { email: $email }) { identities { upstream upstreamId matchedBy } } }',
      { email: SHOWCASE_EMAIL },
    );
    expect(known.errors).toEqual([]);
    expect(known.data?.employee).toMatchObject({
      identities: expect.arrayContaining([{ upstream: 'PAYROLL', upstreamId: '9100001', matchedBy: 'EMAIL' }]),
    });
    const id = Buffer.from('Employee:P:9100002').toString('base64url');
    const { data, errors } = await ask(
      url,
      `query ($id: ID!) {
        node(id: $id) { ... on Employee { displayName identities { upstream } } }
        unlinkedPeople(missingFrom: CTRL_HUB, first: 100) { nodes { id } }
        upstreams { upstream isConfigured directory { people } }
      }`,
      { id },
    );
    expect(errors).toEqual([]);
    expect(data?.node).toEqual({ displayName: 'Inês Duarte', identities: [{ upstream: 'PAYROLL' }] });
    expect(data?.unlinkedPeople).toMatchObject({ nodes: expect.arrayContaining([{ id }]) });
    expect(data?.upstreams).toContainEqual({ upstream: 'PAYROLL', isConfigured: true, directory: { people: 2 } });
  });
});
