import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

/** Three requests, one after another: it looks, writes, and reads the list anew for the count. */
const rename = `mutation {
  updateGrade(input: { externalKey: "G01", name: "Renamed" }) {
    ... on UpdateGradeSuccess { grade { name employees { totalCount } } }
  }
}`;

describe('a server that is stopped while a slow upstream writes', () => {
  it('answers the mutation, although that takes longer than a query may', async () => {
    const server = startServer({ env: sandbox.env });
    const url = await server.url();
    expect((await ask(url, '{ grades { totalCount } }')).errors).toEqual([]);
    sandbox.naver.requests.length = 0;
    sandbox.naver.inject({ delayMs: 4_500, times: 4 });
    const answer = ask(url, rename);
    await expect.poll(() => sandbox.naver.requests.length).toBeGreaterThan(0);
    server.kill();
    expect(await answer).toMatchObject({ errors: [], data: { updateGrade: { grade: { name: 'Renamed' } } } });
    expect(await server.exit).toBe(0);
  }, 60_000);
});
