import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp } from './child.ts';
import { ask, startServer } from './server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 40 }), latencyMs: 0, luccaRateLimit: null });
});
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

const variables = {
  ids: [
    toNodeId('Grade', 'G01'),
    toNodeId('Position', 'J01'),
    toNodeId('JobQualification', '50001'),
    toNodeId('Profession', '60001'),
  ],
};

/** Single items and lists, of which none has been read before; and people, by whom they are reached. */
const document = `query ($ids: [ID!]!) {
  grade(externalKey: "G01") { name employees { totalCount } }
  position(externalKey: "J01") { name }
  nodes(ids: $ids) { id }
  grades { totalCount }
  positions { totalCount }
  jobQualifications { totalCount }
  byGrade: employees(first: 5, orderBy: GRADE_ASC) { nodes { id } }
  byRank: employees(first: 5, filter: { minRank: 2 }) { nodes { id } }
  employees(first: 5) { nodes { grade { name } position { name } jobQualification { title } profession { title } } }
}`;

describe('a server whose upstreams break down', () => {
  it('fails the fields that they own, and lives to answer when they are back', async () => {
    const server = startServer({ env: { ...sandbox.env, CACHE_FRESH_SECONDS: '60' } });
    const url = await server.url();
    expect((await ask(url, '{ unlinkedPeople { totalCount } }')).errors).toEqual([]);
    for (const { inject } of [sandbox.naver, sandbox.lucca]) inject({ times: 999, reply: { status: 503 } });
    for (let round = 0; round < 4; round += 1) {
      const { errors } = await ask(url, document, variables);
      expect(new Set(errors.map((it) => it.extensions.code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    }
    for (const { recover } of [sandbox.naver, sandbox.lucca]) recover();
    const answered = async () => {
      const { data, errors } = await ask(url, document, variables);
      expect(errors.filter((it) => it.extensions.code !== 'CONFLICT')).toEqual([]);
      expect(data).toMatchObject({ grade: { name: expect.any(String) } });
    };
    await vi.waitFor(answered, { timeout: 15_000, interval: 200 });
    server.kill();
    expect(await server.exit).toBe(0);
  });
});
