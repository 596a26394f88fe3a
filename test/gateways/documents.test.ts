import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cleanUp, start } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/gateways.md'), 'utf8');

const section = (title: string): string => z.string().parse(page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0]);
const blockOf = (language: string, title: string): string =>
  z.string().parse(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section(title))?.[1]);

let url: string;
beforeAll(async () => {
  url = await startServer().url();
});
afterAll(cleanUp);

describe.each(['Federation', 'Schema stitching'])('the section %s', (title) => {
  it('is short', () => {
    expect(section(title).trim().split('\n').length).toBeLessThanOrEqual(30);
  });
});

describe('the subgraph of the documents', () => {
  it('composes with what the server tells of itself', async () => {
    const { data } = await ask(url, '{ _service { sdl } }');
    const { _service } = z.object({ _service: z.object({ sdl: z.string() }) }).parse(data);
    const parts = { hr: _service.sdl, desks: blockOf('graphqls', 'Federation') };
    const services = Object.entries(parts).map(([name, sdl]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(sdl),
    }));
    const { errors, schema } = composeServices(services);
    expect(errors).toBeUndefined();
    const types = schema?.toAPISchema().toGraphQLJSSchema().getTypeMap() ?? {};
    expect(Object.keys(types)).toEqual(expect.arrayContaining(['Desk', 'Employee', 'Grade']));
  });
});

describe('the stitched schema of the documents', () => {
  it('answers', async () => {
    const program = blockOf('js', 'Schema stitching').replace('http://localhost:4000/graphql', url);
    const child = start(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
    expect(await child.exit).toBe(0);
    const person = { displayName: expect.any(String) };
    expect(JSON.parse(child.stdout)).toEqual({ data: { employees: { nodes: [person, person, person] } } });
  });
});
