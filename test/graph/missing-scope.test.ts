import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { linesOf } from '../telemetry/log-lines.ts';

const scope = 'job-qualifications.readonly';

/** Lucca refuses every token that would have the scope. */
const notGranted: Fault = {
  times: 100_000,
  matches: ({ path, body }) =>
    path === '/connect/token' && (new URLSearchParams(body.toString()).get('scope') ?? '').split(' ').includes(scope),
  reply: { status: 400, body: { error: 'invalid_scope' } },
};

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 20, prepare: ({ lucca }) => lucca.inject(notGranted) });
});
afterEach(() => graph.stop());

const document = `{
  employees(first: 1) { nodes { displayName email grade { name } } totalCount }
  professions { totalCount }
}`;
const tokenRequests = () => graph.sandbox.lucca.requests.filter(({ target }) => target === '/connect/token').length;

describe('A scope that Lucca does not grant', () => {
  it('fails the fields that need it, with its name, and no others of Lucca; one warning names it', async () => {
    const before = tokenRequests();
    for (let index = 0; index < 5; index += 1) {
      const { data, errors } = await graph.query(document, {}, { 'cache-control': 'no-cache' });
      expect(data).toMatchObject({
        employees: { nodes: [{ displayName: expect.any(String) }], totalCount: expect.any(Number) },
      });
      expect(errors).toEqual([
        expect.objectContaining({
          message: `Lucca has not granted us ${scope}.`,
          path: ['professions'],
          extensions: expect.objectContaining({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'LUCCA' }),
        }),
      ]);
    }
    expect(tokenRequests()).toBe(before);
    const remarks = linesOf(graph.log).filter(({ kind }) => kind === 'scopes');
    expect(remarks).toEqual([expect.objectContaining({ level: 40, reason: expect.stringContaining(scope) })]);
    const { data } = await graph.query('{ upstreams { upstream lastError } }');
    expect(data).toMatchObject({
      upstreams: expect.arrayContaining([{ upstream: 'LUCCA', lastError: expect.stringContaining(scope) }]),
    });
  });

  it('fails all of Lucca where LUCCA_SCOPES asks for it by name', async () => {
    await graph.restartGraph({ LUCCA_SCOPES: `employees.readonly ${scope}` });
    const { errors } = await graph.query(document);
    expect(errors.map(({ path }) => path?.[0])).toEqual(expect.arrayContaining(['employees', 'professions']));
  });
});
