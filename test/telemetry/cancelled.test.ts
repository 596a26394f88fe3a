import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { type Collector, startCollector } from './collector.ts';
import { linesOf } from './log-lines.ts';
import { spansIn } from './otlp-json.ts';
import { figure } from './samples.ts';

const path = '/organization/apigw/v2/company/{companyId}/grade';

let collector: Collector;
let graph: TestGraph | undefined;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  await collector.close();
});

const query = 'query Ladder { grades { nodes { name } } }';

/** Asks, and hangs up when the upstream has been asked, which answers after `gate`; resolves when the operation has ended. */
async function hangUp(
  document = query,
  gate: Promise<void> = new Promise(() => undefined),
  onHungUp: () => void = () => undefined,
): Promise<TestGraph> {
  const OTEL = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  const running = await startGraph({ people: 20, env: { ...OTEL, METRICS_PORT: '0', LOG_LEVEL: 'debug' } });
  graph = running;
  running.log.length = 0;
  running.forgetRequests();
  running.sandbox.naver.inject({ gate: () => gate });
  const caller = new AbortController();
  const answer = fetch(running.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'hung-up' },
    body: JSON.stringify({ query: document }),
    signal: caller.signal,
  });
  await expect.poll(() => running.requests().NAVER.length).toBe(1);
  caller.abort();
  await expect(answer).rejects.toThrow(/abort/);
  onHungUp();
  await expect.poll(() => linesOf(running.log, 'operation').length).toBe(1);
  return running;
}

describe('an operation whose caller hangs up', () => {
  it('is logged and counted as cancelled, and so is what it asked', async () => {
    const running = await hangUp();
    expect(linesOf(running.log, 'operation')).toEqual([
      expect.objectContaining({ operation: 'Ladder', requestId: 'hung-up', errors: { cancelled: 1 } }),
    ]);
    expect(linesOf(running.log, 'upstream request')).toEqual([
      expect.objectContaining({ path, requestId: 'hung-up', status: null, code: 'cancelled' }),
    ]);
    const text = await running.metrics();
    expect(figure(text, 'hr_graph_operations_total')).toBe(1);
    expect(figure(text, 'hr_graph_operation_errors_total', { code: 'cancelled' })).toBe(1);
    expect(figure(text, 'hr_graph_upstream_requests_total', { path, outcome: 'cancelled' })).toBe(1);
  });

  it('has a whole trace, in which no response was sent', async () => {
    await (await hangUp()).stop();
    graph = undefined;
    const spans = collector.received.flatMap(({ body }) => spansIn(body.toString('utf8')));
    const server = spans.find(({ kind }) => kind === 2);
    expect(server?.attributes).toMatchObject({ 'error.type': 'connection_closed' });
    expect(server?.attributes).not.toHaveProperty('http.response.status_code');
    const ours = spans.filter(({ traceId }) => traceId === server?.traceId);
    const ids = ours.map(({ spanId }) => spanId);
    expect(ours.filter((it) => it !== server && !ids.includes(it.parentSpanId ?? ''))).toEqual([]);
    expect(ours.find(({ name }) => name === 'query')?.attributes).toMatchObject({
      'graphql.operation.name': 'Ladder',
      'hr_graph.error_codes': ['cancelled'],
    });
    expect(ours.find(({ kind }) => kind === 3)?.attributes).toMatchObject({ 'error.type': 'cancelled' });
  });

  it('is logged as what became of it where it is a mutation, which is carried through', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const add =
      'mutation Add { createGrade(input: { externalKey: "G-77", name: "Rigger", sortOrder: 9 }) { __typename } }';
    const running = await hangUp(add, promise, resolve);
    expect(linesOf(running.log, 'operation')).toEqual([
      expect.objectContaining({ operation: 'Add', requestId: 'hung-up', errors: {} }),
    ]);
    expect(running.requests().NAVER.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});
