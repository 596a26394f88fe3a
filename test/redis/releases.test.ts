import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp, start } from '../process/child.ts';
import { ask } from '../process/server.ts';
import { hasProgram } from '../programs/programs.ts';
import { createScratchCopy, type ScratchCopy } from '../recipes/scratch-copy.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let redis: RedisServer;
let sandbox: Sandbox;
let copy: ScratchCopy;

beforeAll(async () => {
  if (!hasProgram('redis-server')) return;
  [redis, sandbox, copy] = await Promise.all([startRedis(), startSandbox(), createScratchCopy()]);
  const shapes = join(copy.root, 'src/loaders/generated/stored-shapes.ts');
  // As after a change of NAVER's grades.
  await writeFile(shapes, (await readFile(shapes, 'utf8')).replace(/grades: '.+'/, "grades: 'other'"));
}, 60_000);
afterAll(async () => {
  await cleanUp();
  await Promise.all([redis?.stop(), sandbox?.close(), copy?.remove()]);
});

async function serve(root: string): Promise<string> {
  const env = {
    ...sandbox.env,
    PORT: '0',
    REDIS_URL: redis.url,
    REDIS_TIMEOUT_MILLISECONDS: '3000',
    CACHE_FRESH_SECONDS: '3600',
  };
  const server = start(process.execPath, [join(root, 'src/server/main.js')], { env });
  return server.printed(/http:\/\/\S+\/graphql/);
}

const reads = (path: string) => sandbox.naver.requests.filter(({ target }) => target.includes(path)).length;
const query = '{ grades { totalCount } positions { totalCount } }';

describe.skipIf(!hasProgram('redis-server'))('two releases over one Redis', () => {
  it('share the lists that are the same for both, and read each for itself what is not', async () => {
    const project = join(import.meta.dirname, '../..');
    const [old, same] = [await serve(project), await serve(project)];
    for (const url of [old, same]) expect((await ask(url, query)).errors).toEqual([]);
    expect([reads('/grade?'), reads('/job?')]).toEqual([1, 1]);
    const newer = await serve(copy.root);
    expect((await ask(newer, query)).errors).toEqual([]);
    expect([reads('/grade?'), reads('/job?')]).toEqual([2, 1]);
  }, 120_000);
});
