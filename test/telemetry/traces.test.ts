import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { costCases } from '../helpers/cost-cases.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { type Collector, startCollector } from './collector.ts';
import { type Span, spansIn } from './otlp-json.ts';
import { spansIn as spansInProtobuf } from './otlp-protobuf.ts';

let collector: Collector;
let graph: TestGraph | undefined;
/** `traceparent` of each request that an emulator got. */
let passedOn: string[];
beforeEach(async () => {
  collector = await startCollector();
  passedOn = [];
});
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  await collector.close();
});

const listen = ({ lucca, ctrlHub, naver }: Sandbox) => {
  for (const emulator of [lucca, ctrlHub, naver]) {
    const matches = ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => {
      if (headers.traceparent !== undefined) passedOn.push(String(headers.traceparent));
      return false;
    };
    emulator.inject({ matches, times: 1_000 });
  }
};

async function startTraced(env: Record<string, string> = {}, faults: (sandbox: Sandbox) => unknown = () => undefined) {
  graph = await startGraph({
    people: 20,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...env },
    prepare: (sandbox) => {
      faults(sandbox);
      listen(sandbox);
    },
  });
  passedOn = [];
  return graph;
}

/** All that was sent, when the process has ended. */
async function spansAtTheEnd(): Promise<Span[]> {
  await graph?.stop();
  graph = undefined;
  return collector.received.flatMap(({ body }) => spansIn(body.toString('utf8')));
}

const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const sampled = { traceparent: `00-${caller.traceId}-${caller.spanId}-01` };

const nameOf = ({ name }: Span) => name;
const childrenOf = (spans: readonly Span[], parent: Span | undefined) =>
  spans.filter((it) => parent !== undefined && it.parentSpanId === parent.spanId);

describe('a trace', () => {
  it('goes on with that of the caller, through the operation, to every request to an upstream', async () => {
    const { query } = await startTraced();
    await query('query Ladder { grades { nodes { name } } }', undefined, sampled);
    const spans = (await spansAtTheEnd()).filter(({ traceId }) => traceId === caller.traceId);
    const [server, ...otherServers] = spans.filter(({ kind }) => kind === 2);
    expect(otherServers).toEqual([]);
    expect(server).toMatchObject({
      name: 'POST /graphql',
      parentSpanId: caller.spanId,
      attributes: { 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200 },
      resource: expect.objectContaining({ 'service.name': 'hr-graph' }),
    });
    const [run] = childrenOf(spans, server);
    expect(run).toMatchObject({
      name: 'query',
      attributes: { 'graphql.operation.name': 'Ladder', 'graphql.operation.type': 'query' },
    });
    const shared = childrenOf(spans, run).find(({ name }) => name === 'execution');
    expect(childrenOf(spans, shared).map(nameOf)).toEqual(['read grades']);
    const reading = spans.find(({ name }) => name === 'read grades');
    const [request, ...others] = childrenOf(spans, reading);
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      name: 'GET /organization/apigw/v2/company/{companyId}/grade',
      kind: 3,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'server.address': '127.0.0.1',
        'url.template': '/organization/apigw/v2/company/{companyId}/grade',
        'url.full': expect.stringMatching(/\/company\/REDACTED\/grade$/),
        'hr_graph.rows': 12,
      },
    });
    expect(passedOn).toEqual([`00-${caller.traceId}-${request?.spanId}-01`]);
    expect(childrenOf(spans, run).map(nameOf)).toContain('resolve Query.grades');
    // Names of spans are few: those of operations are their callers'.
    expect(spans.map(nameOf).filter((it) => it.includes('Ladder'))).toEqual([]);
  });

  it('tells repeats as events, what held requests back, and what failed', async () => {
    const { sandbox, query } = await startTraced();
    sandbox.naver.inject({ reply: { status: 429, headers: { 'retry-after': '1' } } });
    await query('{ grades { totalCount } }', undefined, sampled);
    const spans = (await spansAtTheEnd()).filter(({ traceId }) => traceId === caller.traceId);
    const reading = spans.find(({ name }) => name === 'read grades');
    const requests = spans.filter(({ kind }) => kind === 3);
    expect(
      requests.map(({ status, attributes }) => [
        status.code,
        attributes['error.type'],
        attributes['http.request.resend_count'],
      ]),
    ).toEqual([
      [2, 'UPSTREAM_RATE_LIMITED', undefined],
      [0, undefined, 1],
    ]);
    expect(reading?.events).toMatchObject([{ name: 'retry', attributes: { 'http.request.resend_count': 1 } }]);
    expect(childrenOf(spans, reading).map(nameOf)).toContain('held back: pause before a repeat');
  });

  it('of somebody who waits for what others have begun leads to theirs by a link', async () => {
    const { sandbox, query } = await startTraced();
    const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
    sandbox.naver.inject({ gate: () => asked });
    const first = query('query First { grades { totalCount } }');
    await expect.poll(() => passedOn.length).toBe(1);
    const second = query('query Second { grades { nodes { name } } }', undefined, sampled);
    const waiting = async () => JSON.stringify((await query('{ upstreams { cache { shared } } }')).data);
    await expect.poll(waiting).toContain('"shared":1');
    answer();
    await Promise.all([first, second]);
    const spans = await spansAtTheEnd();
    const reading = spans.find(({ name, traceId }) => name === 'read grades' && traceId !== caller.traceId);
    const wait = spans.find(({ name, traceId }) => name === 'wait for grades' && traceId === caller.traceId);
    expect(wait?.links).toMatchObject([{ traceId: reading?.traceId, spanId: reading?.spanId }]);
  });

  it('is of nothing that a caller has not sampled, and is passed on all the same', async () => {
    const { query } = await startTraced();
    await query('{ grades { totalCount } }', undefined, { traceparent: sampled.traceparent.replace(/01$/, '00') });
    expect((await spansAtTheEnd()).filter(({ traceId }) => traceId === caller.traceId)).toEqual([]);
    expect(passedOn).toEqual([expect.stringMatching(new RegExp(`^00-${caller.traceId}-[\\da-f]{16}-00$`))]);
  });

  it.each(['garbage', '00-00000000000000000000000000000000-b7ad6b7169203331-01', `${sampled.traceparent}-more`])(
    'is not to be had by what is no traceparent: %s',
    async (traceparent) => {
      const { query } = await startTraced({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' });
      await query('{ grades { totalCount } }', undefined, { traceparent });
      expect(await spansAtTheEnd()).toEqual([]);
    },
  );

  it('is named by HTTP’s conventions, whatever the method', async () => {
    const { url } = await startTraced();
    await fetch(url, { method: 'PROPFIND', headers: sampled });
    const [server] = (await spansAtTheEnd()).filter(({ traceId }) => traceId === caller.traceId);
    expect(server).toMatchObject({ name: 'HTTP /graphql', attributes: { 'http.request.method': '_OTHER' } });
  });

  it('holds known attributes only, whatever is asked and goes wrong', async () => {
    const traced = await startTraced({}, ({ lucca }) => lucca.inject({ cut: 'before' }));
    for (const { name, variables } of costCases) await traced.query(operation(name), variables?.(traced.company));
    await traced.query(`{ employee(by: { email: "${traced.sandbox.showcaseEmail}" }) { displayName nonsense } }`);
    await fetch(`${traced.url}/somebody@somewhere.example?name=Mina`);
    const spans = await spansAtTheEnd();
    const keys = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].sort()).toEqual([
      ...['error.type', 'graphql.operation.name', 'graphql.operation.type'],
      ...['hr_graph.activity', 'hr_graph.error_codes', 'hr_graph.request_id'],
      ...['hr_graph.resolver.busy_ms', 'hr_graph.resolver.calls', 'hr_graph.rows', 'hr_graph.upstream'],
      ...['http.request.method', 'http.request.resend_count', 'http.response.body.size', 'http.response.status_code'],
      ...['http.route', 'network.protocol.version', 'server.address', 'server.port'],
      ...['url.full', 'url.path', 'url.scheme', 'url.template'],
    ]);
    expect(JSON.stringify(spans)).not.toMatch(/@|Mina|%40/);
  });
});

describe('traces', () => {
  it('are sent as Protocol Buffers unless JSON is asked for', async () => {
    const { query } = await startTraced({
      OTEL_EXPORTER_OTLP_PROTOCOL: '',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector=ours',
    });
    await query('{ grades { totalCount } }', undefined, sampled);
    await graph?.stop();
    graph = undefined;
    expect(new Set(collector.received.map(({ path, contentType }) => `${path} ${contentType}`))).toEqual(
      new Set(['/v1/traces application/x-protobuf']),
    );
    expect(collector.received.map(({ headers }) => headers['x-collector'])).toEqual(
      collector.received.map(() => 'ours'),
    );
    const spans = collector.received.flatMap(({ body }) => spansInProtobuf(body));
    for (const { traceId, spanId, tookNs } of spans) {
      expect(`${traceId} ${spanId}`).toMatch(/^[\da-f]{32} [\da-f]{16}$/);
      expect(tookNs).toBeGreaterThanOrEqual(0n);
    }
    const ofCaller = spans.filter(({ traceId }) => traceId === caller.traceId).map(({ name, kind }) => [kind, name]);
    expect(ofCaller).toContainEqual([2, 'POST /graphql']);
    expect(ofCaller).toContainEqual([3, 'GET /organization/apigw/v2/company/{companyId}/grade']);
  });

  it.each([
    ['OTEL_TRACES_EXPORTER=none', { OTEL_TRACES_EXPORTER: 'none' }],
    ['OTEL_SDK_DISABLED=true', { OTEL_SDK_DISABLED: 'true' }],
    ['a ratio of 0', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }],
  ])('are not made with %s', async (_, env) => {
    const { query } = await startTraced(env);
    await query('{ grades { totalCount } }');
    expect(await spansAtTheEnd()).toEqual([]);
  });
});
