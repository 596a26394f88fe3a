import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readMappingFile } from '../../src/identity/mapping-file.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';
import { blocks } from './pages.ts';

let url: string;
beforeAll(async () => {
  url = await startServer().url();
});
afterAll(cleanUp);

describe('the documents’ GraphQL', () => {
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

describe('the README’s first query', () => {
  it('is answered as it says', async () => {
    const [query = ''] = blocks('graphql', ['README.md']);
    const [answer = ''] = blocks('json', ['README.md']);
    const { data } = await ask(url, query);
    expect({ data }).toEqual(z.unknown().parse(JSON.parse(answer)));
  });
});

describe('the documents’ mapping files', () => {
  it.each(blocks('csv'))('can be read: %s', (text) => {
    const file = join(emptyFolder(), 'mapping');
    writeFileSync(file, text);
    expect(readMappingFile(file)).toBeDefined();
  });
});
