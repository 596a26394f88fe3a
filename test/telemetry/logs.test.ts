import { afterEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { linesOf } from './log-lines.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

const grades = 'query Ladder { grades { nodes { name } } }';

describe('the log', () => {
  it('says of each operation who asked, how long it took, and which errors it met', async () => {
    graph = await startGraph({ people: 20 });
    await graph.query(grades);
    expect(linesOf(graph.log, 'operation')).toEqual([
      expect.objectContaining({ operation: 'Ladder', type: 'query', caller: 'anonymous', errors: {} }),
    ]);
    expect(linesOf(graph.log, 'upstream request')).toEqual([]);
  });

  it('tells at the level of debug every attempt, and what held it back', async () => {
    graph = await startGraph({ people: 20, env: { LOG_LEVEL: 'debug' } });
    graph.log.length = 0;
    graph.sandbox.naver.inject({ reply: { status: 503 } });
    expect((await graph.query(grades)).errors).toEqual([]);
    const path = '/organization/apigw/v2/company/{companyId}/grade';
    expect(linesOf(graph.log, 'upstream request')).toEqual([
      expect.objectContaining({
        ...{ upstream: 'NAVER', method: 'GET', path, why: 'grades' },
        ...{ attempt: 1, status: 503, code: 'UPSTREAM_UNAVAILABLE', rows: null },
      }),
      expect.objectContaining({ path, attempt: 2, status: 200, code: null, rows: 12, bytes: expect.any(Number) }),
    ]);
  });
});

describe('an operation that takes longer than SLOW_OPERATION_MS', () => {
  it('has a line that tells where the time went and what was asked', async () => {
    graph = await startGraph({ people: 20, env: { SLOW_OPERATION_MS: '40' }, latencyMs: 60 });
    await graph.query(operation('q02-full-join'), undefined, { 'x-request-id': 'slow-one' });
    const [line] = linesOf(graph.log, 'slow operation');
    expect(line).toMatchObject({ level: 40, operation: 'FullJoin', requestId: 'slow-one', requests: 4 });
    expect(line?.upstreamRequests).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: '/lucca-api/professions', status: 200, why: 'professions', attempt: 1 }),
      ]),
    );
    expect(line?.lists).toEqual(
      expect.arrayContaining([expect.objectContaining({ list: 'employees', rows: expect.any(Number) })]),
    );
  });

  it('has none where it is served from what was read before, and quickly', async () => {
    graph = await startGraph({ people: 20, env: { SLOW_OPERATION_MS: '600000' }, latencyMs: 60 });
    await graph.query(grades);
    expect(linesOf(graph.log, 'slow operation')).toEqual([]);
  });
});

it('tells of every operation where its time went at the level of trace', async () => {
  graph = await startGraph({ people: 20, env: { LOG_LEVEL: 'trace', SLOW_OPERATION_MS: '600000' } });
  await graph.query(grades);
  expect(linesOf(graph.log, 'where the time went')).toEqual([
    expect.objectContaining({ operation: 'Ladder', lists: [expect.objectContaining({ list: 'grades' })] }),
  ]);
});
