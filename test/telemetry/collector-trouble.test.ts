import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { linesOf } from './log-lines.ts';

let graph: TestGraph | undefined;
let close: () => void = () => undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  close();
});

/** Answers as it is told. Returns its address. */
async function startPoorCollector(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startTraced(endpoint: string): Promise<TestGraph> {
  // A collector that does not answer is waited for, at the end as well.
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '500';
  try {
    graph = await startGraph({
      people: 20,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '20' },
    });
    return graph;
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
  }
}

let asked = 0;
const ask = async ({ query }: TestGraph) => {
  asked += 1;
  expect(await query(`query Asked${asked} { grades { totalCount } }`)).toMatchObject({ status: 200, errors: [] });
};
const lost = 'the collector takes no traces: they are lost';

describe('a collector in trouble disturbs nobody, and is told of once', () => {
  it.each<[string, RequestListener]>([
    ['400 Bad Request', (_, response) => response.writeHead(400).end('no')],
    ['Request timed out', () => undefined],
  ])('where it comes to this: %s', async (reason, listener) => {
    let batches = 0;
    const endpoint = await startPoorCollector((...exchange) => {
      batches += 1;
      listener(...exchange);
    });
    const running = await startTraced(endpoint);
    await ask(running);
    await expect.poll(() => linesOf(running.log, lost).length, { timeout: 30_000 }).toBe(1);
    // A batch is sent when the one before it has failed.
    for (const sent of [batches, batches + 1]) {
      await ask(running);
      await expect.poll(() => batches, { timeout: 30_000 }).toBeGreaterThan(sent);
    }
    const lines = linesOf(running.log, lost);
    expect(lines).toEqual([expect.objectContaining({ level: 40, reason: expect.stringContaining(reason) })]);
    expect(lines[0]).not.toHaveProperty('requestId');
  });

  it('and again when it is well', async () => {
    let status = 500;
    const endpoint = await startPoorCollector((_, response) => response.writeHead(status).end());
    const running = await startTraced(endpoint);
    await ask(running);
    await expect.poll(() => linesOf(running.log, lost).length, { timeout: 30_000 }).toBe(1);
    status = 200;
    await ask(running);
    await expect.poll(() => linesOf(running.log, 'the collector takes traces again').length).toBe(1);
  });
});
