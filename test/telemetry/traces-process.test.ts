import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder, start } from '../process/child.ts';
import { startServer } from '../process/server.ts';
import { type Collector, startCollector } from './collector.ts';
import { spansIn } from './otlp-json.ts';

let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(async () => {
  await cleanUp();
  await collector.close();
});

describe('the traces of a process', () => {
  it.each([
    ['its own name', {}, 'hr-graph'],
    ['that of the attributes', { OTEL_RESOURCE_ATTRIBUTES: 'service.name=people,service.namespace=hr' }, 'people'],
    [
      'OTEL_SERVICE_NAME first of all',
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=people', OTEL_SERVICE_NAME: 'staff' },
      'staff',
    ],
  ])('name the service, by %s', async (_, env, name) => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint;
    const server = startServer({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...env },
    });
    await server.url();
    server.kill();
    expect(await server.exit).toBe(0);
    const [span] = collector.received.flatMap(({ body }) => spansIn(body.toString('utf8')));
    expect(span?.resource).toMatchObject({ 'service.name': name, 'telemetry.sdk.language': 'nodejs' });
  });

  it('are off by default, and what makes them is not even loaded', async () => {
    const loaded = async (env: Record<string, string>): Promise<string> => {
      const LOADED_MODULES_FILE = join(emptyFolder(), 'modules');
      const main = fileURLToPath(new URL('../../src/server/main.js', import.meta.url));
      const preload = fileURLToPath(new URL('loaded-modules.cjs', import.meta.url));
      const server = start(process.execPath, ['--require', preload, main], {
        env: { PORT: '0', LOADED_MODULES_FILE, ...env },
      });
      await server.printed(/http:\/\/\S+\/graphql/);
      server.kill();
      expect(await server.exit).toBe(0);
      return readFileSync(LOADED_MODULES_FILE, 'utf8');
    };
    const all = await loaded({ OTEL_TRACES_EXPORTER: 'otlp', METRICS_PORT: '0' });
    for (const name of ['@opentelemetry', 'prom-client']) expect(all).toContain(`node_modules/${name}/`);
    const usual = await loaded({});
    expect(usual).toMatch(/node_modules\/graphql\//);
    expect(usual).not.toMatch(/opentelemetry|prom-client/);
  });
});
