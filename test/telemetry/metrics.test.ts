import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { costCases } from '../helpers/cost-cases.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';
import { hasProgram, programPath } from '../programs/programs.ts';
import { askedOf } from './explained.ts';
import { figure, samplesIn } from './samples.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  await cleanUp();
});

const env = { METRICS_PORT: '0' };

/** Everything that a server meets: all canonical operations, bad ones, and upstreams in trouble. */
async function busyGraph(): Promise<TestGraph> {
  const busy = await startGraph({ env });
  graph = busy;
  for (const { name, variables } of costCases) await busy.query(operation(name), variables?.(busy.company));
  await busy.query(operation('q01-directory-page'));
  await busy.query(
    `query ${'Mina'.repeat(5)} { employee(by: { email: "${busy.sandbox.showcaseEmail}" }) { displayName } }`,
  );
  await busy.query('{ nonsense }');
  busy.sandbox.naver.inject({ reply: { status: 503 } });
  await busy.query(
    'mutation Add { createGrade(input: { externalKey: "G-77", name: "Rigger", sortOrder: 9 }) { __typename } }',
  );
  return busy;
}

describe('the metrics', () => {
  it('count operations, errors, refused requests and cached responses', async () => {
    const busy = await busyGraph();
    const text = await busy.metrics();
    expect(figure(text, 'hr_graph_operations_total', { operation: 'other', source: 'execution' })).toBe(13);
    expect(figure(text, 'hr_graph_operations_total', { source: 'response_cache' })).toBe(1);
    expect(figure(text, 'hr_graph_operation_duration_seconds_count')).toBe(13);
    expect(figure(text, 'hr_graph_operation_errors_total', { code: 'CONFLICT' })).toBeGreaterThan(0);
    expect(figure(text, 'hr_graph_refused_requests_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
  });

  it('count every request to an upstream, as the emulators do', async () => {
    const busy = await busyGraph();
    const text = await busy.metrics();
    const asked = askedOf(busy.sandbox);
    expect(figure(text, 'hr_graph_upstream_requests_total')).toBe(asked.length);
    for (const { method, path } of asked) {
      const alike = asked.filter((it) => it.method === method && it.path === path).length;
      expect(figure(text, 'hr_graph_upstream_requests_total', { method, path }), path).toBe(alike);
    }
    expect(figure(text, 'hr_graph_upstream_requests_total', { outcome: 'UPSTREAM_UNAVAILABLE' })).toBe(1);
  });

  it('tell how upstreams and their lists are doing', async () => {
    graph = await startGraph({ people: 20, env: { ...env, LUCCA_RATE_LIMIT: '100/60' } });
    await graph.query('{ grades { totalCount } }');
    const text = await graph.metrics();
    expect(figure(text, 'hr_graph_upstream_up')).toBe(3);
    expect(figure(text, 'hr_graph_upstream_rate_limit', { upstream: 'LUCCA' })).toBe(100);
    expect(figure(text, 'hr_graph_upstream_rate_limit_remaining', { upstream: 'LUCCA' })).toBe(99);
    expect(figure(text, 'hr_graph_upstream_rate_limit', { upstream: 'NAVER' })).toBeNull();
    expect(figure(text, 'hr_graph_upstream_circuit_state', { state: 'CLOSED' })).toBe(3);
    expect(figure(text, 'hr_graph_directory_complete')).toBe(3);
    expect(figure(text, 'hr_graph_redis_up')).toBeNull();
    expect(figure(text, 'hr_graph_directory_people')).toBeGreaterThan(40);
    expect(figure(text, 'hr_graph_list_reads_total', { list: 'grades', result: 'miss' })).toBe(1);
    expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  it('have as many series for any names and arguments that callers make up', async () => {
    graph = await startGraph({ people: 20, env });
    const series = async (running: TestGraph) =>
      samplesIn(await running.metrics())
        .filter(({ name }) => name.startsWith('hr_graph_'))
        .map(({ name, labels }) => JSON.stringify([name, labels]))
        .sort();
    await graph.query('query First { grades { totalCount } }');
    await graph.query('query First { grades { nonsense } }');
    const before = await series(graph);
    for (let count = 0; count < 20; count += 1) {
      await graph.query(`query Q${count} { grades(first: ${count + 1}) { totalCount } }`);
      await graph.query(`query Q${count} { grades { nonsense${count} } }`);
    }
    expect(await series(graph)).toEqual(before);
  });

  it.skipIf(!hasProgram('promtool'))('are what Prometheus reads', async () => {
    const busy = await busyGraph();
    const { status, stdout, stderr } = spawnSync(programPath('promtool'), ['check', 'metrics'], {
      input: await busy.metrics(),
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('name persisted operations', async () => {
    graph = await startGraph({ people: 20, env });
    await graph.query(operation('q01-directory-page').replace(/query \w+/, 'query directoryPage'));
    expect(figure(await graph.metrics(), 'hr_graph_operations_total', { operation: 'directoryPage' })).toBe(1);
  });
});

describe('the port for metrics', () => {
  it('is there with METRICS_PORT alone, on loopback, and has nothing else', async () => {
    expect(readConfig({}).telemetry.metrics).toBeNull();
    expect(readConfig({ METRICS_PORT: '9464' }).telemetry.metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(() => readConfig({ METRICS_HOST: '0.0.0.0' })).toThrow(/METRICS_HOST: .*METRICS_PORT is not set/);
    const server = startServer({ env });
    await ask(await server.url(), '{ grades { totalCount } }');
    const port = /"port":(\d+),"msg":"metrics are at \/metrics"/.exec(server.stderr)?.[1];
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(figure(await metrics.text(), 'hr_graph_operations_total')).toBe(1);
    expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
    expect((await fetch(new URL('/metrics', await server.url()))).status).toBe(404);
    server.kill();
    expect(await server.exit).toBe(0);
  });

  it('stops the start where it is in use', async () => {
    const first = startServer();
    const { port } = new URL(await first.url());
    const second = startServer({ env: { METRICS_PORT: port } });
    expect(await second.exit).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`METRICS_PORT: ${port} of 127.0.0.1 is in use`));
  });
});
